import { type DestinationStream, type Logger, pino } from 'pino'
import { tracing } from '../kernel/tracing.ts'

/** What no log may hold, wherever in a logged object it stands (two levels deep). */
const secrets = [
  'authorization',
  'cookie',
  '["set-cookie"]',
  'password',
  'currentPassword',
  'newPassword',
  'token',
  'secret',
  'key',
]

function pathsTo(name: string): string[] {
  const inner = name.startsWith('[') ? name : `.${name}`
  return [name, `*${inner}`, `*.*${inner}`]
}

/** Of a database error what helps to find it, not the connection that it hangs on nor the rows it names. */
const errorFields = ['code', 'severity', 'table', 'column', 'constraint', 'routine', 'statusCode', 'syscall']

function errorForLog(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const told: Record<string, unknown> = { type: error.name, message: error.message, stack: error.stack }
  for (const field of errorFields) {
    const value = (error as unknown as Record<string, unknown>)[field]
    if (value !== undefined) told[field] = value
  }
  if (error.cause !== undefined) told.cause = errorForLog(error.cause)
  return told
}

/** What is logged within a request or job says which trace it belongs to. */
function traceOfLine(): object {
  const traceId = tracing()?.traceId() ?? null
  return traceId === null ? {} : { traceId }
}

/**
 * The log of the server: one JSON object a line, without secrets.
 * @param level 'info' tells every request, 'warn' only what is not as it should be.
 */
export function createLogger(
  level: 'debug' | 'info' | 'warn' | 'error' | 'silent' = 'info',
  destination?: DestinationStream,
): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: secrets.flatMap(pathsTo), censor: '(hidden)' },
    serializers: { err: errorForLog },
    mixin: traceOfLine,
  }
  return destination ? pino(options, destination) : pino(options)
}
