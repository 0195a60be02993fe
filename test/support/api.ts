import { randomUUID } from 'node:crypto'
import type { Caller } from './companies.ts'

/** What the API answers, with the fields that tests read most; see the OpenAPI document for the rest. */
export interface Answered {
  readonly id: string
  readonly name: string
  readonly number: string | null
  readonly state: string
  readonly version: number
  readonly fulfilment: string
  readonly invoicing: string
  readonly paymentStatus: string
  readonly openAmount: string
  readonly lines: readonly AnsweredLine[]
  readonly totals: {
    readonly net: string
    readonly tax: string
    readonly gross: string
    readonly currency: string
  }
  readonly actions: readonly {
    readonly name: string
    readonly allowed: boolean
    readonly reason: string | null
  }[]
  readonly links: readonly {
    readonly kind: string
    readonly id: string
    readonly number: string | null
    readonly relation: string
  }[]
  readonly items: readonly Answered[]
  readonly nextCursor: string | null
  /** Of a problem. */
  readonly code: string
  readonly detail: string
  readonly errors: readonly { readonly pointer: string; readonly message: string }[]
  readonly [field: string]: unknown
}

export interface AnsweredLine {
  readonly id: string
  readonly quantity: string
  readonly [field: string]: unknown
}

export interface CallOptions {
  /** Idempotency-Key of a write; a fresh one unless given, none when null. */
  readonly key?: string | null
  /** Who calls; the owner unless given, nobody when null. */
  readonly as?: Caller | null
  /** The status that must come back; any success unless given. */
  readonly expect?: number
  readonly ifMatch?: number
  /** Slug or id for the header Zapas-Company. */
  readonly company?: string
  readonly headers?: Readonly<Record<string, string>>
}

export interface Response<T> {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly json: T
}

/**
 * With a key an answer is read before the commit, without one in its burst. `ZAPAS_TEST_KEYS=none npx vitest run test`
 * goes the other way through every operation that can.
 */
const usualKey = (): string | null => (process.env['ZAPAS_TEST_KEYS'] === 'none' ? null : randomUUID())

/** Calls the API of a server. */
export class Api {
  readonly base: string
  readonly #owner: Caller

  constructor(base: string, owner: Caller) {
    this.base = base
    this.#owner = owner
  }

  /** The answer of a call that must succeed, or answer the status that it is expected to. */
  async call<T = Answered>(
    method: string,
    path: string,
    body?: unknown,
    options: CallOptions = {},
  ): Promise<T> {
    const response = await this.send<T>(method, path, body, options)
    const { status, text } = response
    const right = options.expect === undefined ? status >= 200 && status < 300 : status === options.expect
    if (!right) {
      const wanted = options.expect ?? 'a success'
      throw new Error(`${method} ${path} answered ${status}, not ${wanted}: ${text.slice(0, 1000)}`)
    }
    return response.json
  }

  /** Whatever comes back. A text is sent as it is, bytes as a file, anything else as JSON. */
  async send<T = Answered>(
    method: string,
    path: string,
    body?: unknown,
    options: CallOptions = {},
  ): Promise<Response<T>> {
    const caller = options.as === undefined ? this.#owner : options.as
    const key = options.key === undefined ? usualKey() : options.key
    const headers: Record<string, string> = { ...caller?.headers }
    const file = Buffer.isBuffer(body)
    if (body !== undefined) headers['content-type'] = `application/${file ? 'octet-stream' : 'json'}`
    if (key !== null && method !== 'GET') headers['idempotency-key'] = key
    if (options.ifMatch !== undefined) headers['if-match'] = `"${options.ifMatch}"`
    if (options.company !== undefined) headers['zapas-company'] = options.company
    const url = path.startsWith('/api/') ? this.base + path : `${this.base}/api/v1${path}`
    const answer = await fetch(url, {
      method,
      headers: { ...headers, ...options.headers },
      redirect: 'manual',
      ...(body !== undefined && {
        body: file ? new Uint8Array(body) : typeof body === 'string' ? body : JSON.stringify(body),
      }),
    })
    const text = await answer.text()
    return { status: answer.status, headers: answer.headers, text, json: parsed(text) as T }
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
