import type { Static } from 'typebox'
import type {
  BankOut,
  PayOut,
  PaymentStateOut,
  PortalDocument as PortalDocumentSchema,
  PortalOut,
} from '../../src/portal/schemas.ts'
import type { Json } from '../api/json.ts'

export type Portal = Json<Static<typeof PortalOut>>
export type PortalDocument = Json<Static<typeof PortalDocumentSchema>>
export type Bank = NonNullable<Json<Static<typeof BankOut>>['transfer']>
export type PaymentState = Json<Static<typeof PaymentStateOut>>
export type Opened = Json<Static<typeof PayOut>>

/** A refusal, in the words of the server; 404: the link does not work (any more). */
export class Refusal extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/** Calls the part of the API that a link opens. It carries no cookie: whoever is signed in here is not meant. */
export class Link {
  readonly #base: string

  constructor(token: string) {
    this.#base = `/api/v1/portal/${encodeURIComponent(token)}`
  }

  address(path: string): string {
    return this.#base + path
  }

  get<T>(path = ''): Promise<T> {
    return this.#call<T>('GET', path)
  }

  /** @param key of the action: the same one again is done once. */
  post<T>(path: string, body: unknown, key: string): Promise<T> {
    return this.#call<T>('POST', path, body, key)
  }

  async #call<T>(method: string, path: string, body?: unknown, key?: string): Promise<T> {
    const answer = await fetch(this.#base + path, {
      method,
      credentials: 'omit',
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(key !== undefined && { 'idempotency-key': key }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const said = (await answer.json().catch(() => null)) as { detail?: string } | null
    if (!answer.ok) throw new Refusal(answer.status, said?.detail ?? `${answer.status}`)
    return said as T
  }
}

export function newKey(): string {
  return crypto.randomUUID()
}
