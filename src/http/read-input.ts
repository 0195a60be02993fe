import type { FastifyRequest } from 'fastify'
import { type FieldProblem, Problem } from '../kernel/problem.ts'
import type { Endpoint } from './endpoint.ts'
import { unreadableText } from './readable-text.ts'
import { invalidRequest } from './validation.ts'

/** The parts of a request, checked against the schemas of its endpoint. */
export interface ReadInput {
  readonly params: unknown
  readonly query: unknown
  readonly body: unknown
  readonly preview: boolean
}

/**
 * Reads a request: every text can be kept, every field is known and of its type.
 * @throws 400 that names each field at fault and what it must be.
 */
export function readInput(each: Endpoint, request: FastifyRequest): ReadInput {
  const params = { ...(request.params as object) }
  const { ...query } = request.query as Record<string, unknown>
  const faults: FieldProblem[] = []
  const unreadable = unreadableText(params) ?? unreadableText(query)
  if (unreadable) {
    throw invalidRequest([{ ...unreadable, pointer: unreadable.pointer.replace(/^\//, '') }])
  }
  faults.push(...each.checks.params.faults(params), ...each.checks.query.faults(query))
  const body = readBody(each, request, faults)
  if (faults.length > 0) throw invalidRequest(faults)
  const { preview, ...asked } = query
  return { params, query: asked, body, preview: preview === true }
}

function readBody(each: Endpoint, request: FastifyRequest, faults: FieldProblem[]): unknown {
  const body: unknown = request.body ?? undefined
  if (each.route.upload !== undefined) {
    if (Buffer.isBuffer(body) && body.length > 0) return body
    throw new Problem(
      400,
      'no-file',
      'The body of this request is the file itself, with Content-Type application/octet-stream.',
    )
  }
  const unreadable = unreadableText(body)
  if (unreadable) throw invalidRequest([unreadable])
  if (each.route.rawBody) return undefined
  const check = each.checks.body
  if (check === null) {
    if (body !== undefined && !isEmptyObject(body)) {
      throw new Problem(400, 'unexpected-body', 'This request takes no body. Send it without one.')
    }
    return undefined
  }
  if (body === undefined) {
    if (!each.route.bodyOptional) {
      faults.push({
        pointer: '',
        message: 'is missing: send a JSON object with Content-Type application/json',
      })
    }
    return undefined
  }
  faults.push(...check.faults(body, request.bodyText.length))
  return body
}

function isEmptyObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0
}
