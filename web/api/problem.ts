/** One thing that is wrong with what was sent. */
export interface FieldFault {
  /** JSON pointer into the body: `/lines/2/quantity`. */
  readonly pointer: string
  readonly message: string
}

/** A refusal of the server (RFC 9457). `message` is the sentence for people, which states the limit. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem'
  readonly status: number
  /** Stable word for programs, shown under 'Details' only. */
  readonly code: string
  readonly errors: readonly FieldFault[]
  /** Further members of the problem: the facts behind the sentence. */
  readonly facts: Readonly<Record<string, unknown>>
  readonly requestId: string | null

  constructor(status: number, body: unknown, requestId: string | null) {
    const fields = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>
    const text = fields['detail'] ?? fields['message'] ?? fields['title']
    super(typeof text === 'string' ? text : `The server answered ${status}.`)
    this.status = status
    this.code = typeof fields['code'] === 'string' ? fields['code'] : `http-${status}`
    this.errors = Array.isArray(fields['errors']) ? (fields['errors'] as FieldFault[]) : []
    this.facts = fields
    this.requestId = requestId
  }
}

/** No answer at all: the network or the server is down. Whether a write was done is not known; its key tells. */
export class NetworkFailure extends Error {
  override readonly name = 'NetworkFailure'
}

export function isProblem(error: unknown, status?: number): error is ApiProblem {
  return error instanceof ApiProblem && (status === undefined || error.status === status)
}
