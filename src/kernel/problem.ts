/** A field at fault: `pointer` is the JSON pointer into the request body or the name of the query field. */
export interface FieldProblem {
  pointer: string
  message: string
}

/**
 * A refusal in the user's words, answered as RFC 9457 problem details. `code` is stable and made for
 * programs, `message` states the limit and the way out. Nothing was changed (R18).
 */
export class Problem extends Error {
  readonly status: number
  readonly code: string
  readonly errors: readonly FieldProblem[]
  /** Facts a program may use, such as `{available: '3'}`. Decimals as strings. */
  readonly facts: Readonly<Record<string, unknown>>

  constructor(
    status: number,
    code: string,
    message: string,
    more: { errors?: readonly FieldProblem[]; facts?: Record<string, unknown> } = {},
  ) {
    super(message)
    this.name = 'Problem'
    this.status = status
    this.code = code
    this.errors = more.errors ?? []
    this.facts = more.facts ?? {}
  }
}

/** 404, also for another company's row (R17): the answer gives nothing away. */
export function notFound(what: string): Problem {
  return new Problem(404, 'not-found', `This ${what} does not exist or you may not see it.`)
}

/** 409: the state of things does not allow it. */
export function conflict(code: string, message: string, facts?: Record<string, unknown>): Problem {
  return new Problem(409, code, message, { facts })
}

/** 409 that names the field at fault. */
export function conflictAt(
  pointer: string,
  code: string,
  message: string,
  facts?: Record<string, unknown>,
): Problem {
  return new Problem(409, code, message, { errors: [{ pointer, message }], facts })
}

/** 422: the request is well-formed but breaks a rule; names the field. */
export function ruleBroken(
  code: string,
  pointer: string,
  message: string,
  facts?: Record<string, unknown>,
): Problem {
  return new Problem(422, code, message, { errors: [{ pointer, message }], facts })
}

/** 403: the caller's role does not reach this far. */
export function forbidden(message: string): Problem {
  return new Problem(403, 'forbidden', message)
}

/** 412: somebody changed the row after the caller read it. */
export function versionMismatch(current: number): Problem {
  return new Problem(
    412,
    'version-mismatch',
    `This was changed meanwhile (now version ${current}). Compare before you save.`,
    {
      facts: { version: current },
    },
  )
}
