import type { Answered } from '../support/api.ts'

/** A request as a client keeps it until it is answered for good: unanswered, it is sent again with its key. */
export interface Entry {
  readonly key: string
  readonly path: string
  readonly body: unknown
  /** How often it was sent. */
  tries: number
  /** How often nobody could tell what had become of it: no answer, or 503. */
  unknown: number
  /** Of the answer for good; 0 until there is one. */
  status: number
  text: string
}

/** What the clients of a load know, to be compared with what the server has. */
export class Journal {
  readonly entries: Entry[] = []
  /** What each document was like when it was answered last, by id. */
  readonly documents = new Map<string, { kind: string; state: string; number: string | null }>()
  /** Pieces that came in and went out, by product. */
  readonly pieces = new Map<string, number>()
  /** What is to be paid of an invoice and what was, in cents. */
  readonly invoices = new Map<string, { gross: number; paid: number }>()
  /** Answers that nothing may lead to: 500 and the like. */
  readonly faults: string[] = []
  /** Codes of the 503 that came, and how often. */
  readonly unavailable = new Map<string, number>()

  get acknowledged(): Entry[] {
    return this.entries.filter(({ status }) => status >= 200 && status < 300)
  }

  get refused(): Entry[] {
    return this.entries.filter(({ status }) => status >= 400)
  }

  /** A document was made, or an action answered how it is now. */
  saw(kind: string, { id, state, number }: Answered): void {
    this.documents.set(id, { kind, state, number })
  }

  moved(productId: string, quantity: number): void {
    this.pieces.set(productId, (this.pieces.get(productId) ?? 0) + quantity)
  }
}

/** `sales-orders` of `/sales-orders/{id}/confirm` is `sales-order`; a follow-up is of what it makes. */
export function kindOf(path: string): string {
  const parts = path.split('/')
  const name = parts.length === 4 && parts[3]!.endsWith('s') ? parts[3]! : parts[1]!
  return name.replace(/s$/, '')
}
