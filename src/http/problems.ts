import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { Problem } from '../kernel/problem.ts'
import { databaseProblem } from './database-problems.ts'

/** RFC 9457 problem details as they are sent. */
export interface ProblemBody {
  readonly type: string
  readonly title: string
  readonly status: number
  /** Stable, for programs. */
  readonly code: string
  /** For people: what happened, the limit, the way out. */
  readonly detail: string
  readonly errors: readonly { pointer: string; message: string }[]
  readonly requestId: string
  readonly [fact: string]: unknown
}

const titles: Readonly<Record<number, string>> = {
  400: 'The request is malformed',
  401: 'Sign in first',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Conflict with the present state',
  412: 'Changed meanwhile',
  413: 'Too large',
  414: 'Address too long',
  415: 'Unsupported content type',
  422: 'A rule is broken',
  429: 'Too many requests',
  500: 'Internal error',
  503: 'Temporarily unavailable',
}

const mebibyte = 1024 * 1024

/** The problem that an error stands for, and whether it should be looked at by whoever runs the server. */
function problemOf(error: unknown, request: FastifyRequest): { problem: Problem; log: boolean } {
  if (error instanceof Problem) return { problem: error, log: error.status >= 500 }
  const known = databaseProblem(error)
  if (known) return { problem: known.problem, log: known.unexpected }
  const framework = frameworkProblem(error as Partial<FastifyError>, request)
  if (framework) return { problem: framework, log: false }
  return {
    problem: new Problem(
      500,
      'internal-error',
      `Something went wrong on the server. It is logged; give this request id to whoever runs it: ${request.id}`,
    ),
    log: true,
  }
}

/** What the HTTP framework refuses before a route sees it. */
function frameworkProblem(error: Partial<FastifyError>, request: FastifyRequest): Problem | null {
  const { code, statusCode } = error
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') {
    const sent = request.headers['content-type']
    return new Problem(
      415,
      'unsupported-content-type',
      `Send the body as application/json${sent ? `, not ${sent.slice(0, 100)}` : ' (the Content-Type header is missing)'}.`,
    )
  }
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    const limit = request.routeOptions.bodyLimit ?? mebibyte
    return new Problem(
      413,
      'body-too-large',
      `The body is larger than ${limit / mebibyte} MiB, the limit here. Send it in parts.`,
      { facts: { limitBytes: limit } },
    )
  }
  if (code === 'FST_ERR_BAD_URL') {
    return new Problem(
      400,
      'malformed-address',
      'The address has a % that is not followed by two hexadecimal digits of UTF-8.',
    )
  }
  if (code === 'FST_ERR_MAX_PARAM_LENGTH') {
    return new Problem(414, 'address-too-long', 'A part of the address is longer than 200 characters.')
  }
  if (code === 'FST_ERR_CTP_INVALID_CONTENT_LENGTH') {
    return new Problem(400, 'malformed-body', 'The body is not as long as Content-Length says.')
  }
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return new Problem(statusCode, 'malformed-request', error.message ?? 'The request is malformed.')
  }
  return null
}

/** Answers an error as problem details. Nothing of an unknown error leaves the server but the request id. */
export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const { problem, log } = problemOf(error, request)
  if (log) request.log.error({ err: error }, problem.code)
  else request.log.debug({ code: problem.code }, problem.message)
  const body: ProblemBody = {
    ...problem.facts,
    type: `urn:zapas:problem:${problem.code}`,
    title: titles[problem.status] ?? 'Refused',
    status: problem.status,
    code: problem.code,
    detail: problem.message,
    errors: problem.errors,
    requestId: request.id,
  }
  const retryAfter = problem.facts.retryAfter
  if (typeof retryAfter === 'number') void reply.header('retry-after', String(retryAfter))
  if (problem.status === 401) void reply.header('www-authenticate', 'Bearer realm="zapas"')
  if (typeof problem.facts.allow === 'string') void reply.header('allow', problem.facts.allow)
  // Some refusals (404, 405, 414) a cache may otherwise keep on its own account.
  void reply.header('cache-control', 'no-store')
  void reply.code(problem.status).type('application/problem+json').send(JSON.stringify(body))
}
