import { DatabaseError } from 'pg'
import { Problem } from '../kernel/problem.ts'
import { ChangedMeanwhile } from '../kernel/transaction.ts'
import { refusalOf } from './constraints.ts'

/** SQLSTATE to what it means for a caller. */
const foreignKeyMissing = '23503'
const restrictViolation = '23001'
const uniqueViolation = '23505'
const checkViolation = '23514'
const exclusionViolation = '23P01'
const notNullViolation = '23502'

/** Two requests in each other's way, or the server at its limit: the same request may pass in a moment. */
const busy = new Set(['55P03', '57014', '40001', '40P01', '53300', '53200'])
const diskFull = '53100'
/** The server goes down, comes up, or cannot be reached. */
const away = new Set(['57P01', '57P02', '57P03', '57P05'])
const network = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENOENT',
])

/**
 * What an error of the database means for the caller; null when it means a fault of ours. `unexpected`
 * problems are answered sensibly but should have been caught earlier, so they are logged as well.
 */
export function databaseProblem(error: unknown): { problem: Problem; unexpected: boolean } | null {
  if (error instanceof DatabaseError) return ofServer(error)
  if (error instanceof ChangedMeanwhile) return { problem: inTheWay(), unexpected: true }
  if (!(error instanceof Error)) return null
  const code = (error as { code?: unknown }).code
  const lost =
    (typeof code === 'string' && network.has(code) && isFromDatabase(error)) ||
    /^(Connection terminated|Cannot use a pool after calling end|timeout exceeded when trying to connect|Client has encountered a connection error)/.test(
      error.message,
    )
  return lost ? { problem: unavailable(), unexpected: true } : null
}

function ofServer(error: DatabaseError): { problem: Problem; unexpected: boolean } | null {
  const code = error.code ?? ''
  const refusal = error.constraint === undefined ? undefined : refusalOf(error.constraint)
  if (refusal && code.startsWith('23')) {
    const errors = refusal.pointer ? [{ pointer: refusal.pointer, message: refusal.message }] : []
    return {
      problem: new Problem(refusal.status, refusal.code, refusal.message, { errors }),
      unexpected: false,
    }
  }
  switch (code) {
    case uniqueViolation:
    case exclusionViolation:
      return { problem: alreadyExists(error), unexpected: false }
    case foreignKeyMissing:
      return { problem: refersToMissing(error) ? missing(error) : stillUsed(error), unexpected: false }
    case restrictViolation:
      return { problem: stillUsed(error), unexpected: false }
    case checkViolation:
    case notNullViolation:
      return { problem: ruleOfTable(error), unexpected: true }
    default:
  }
  // Retried already, or waited for long: whoever runs the server should know.
  if (busy.has(code)) return { problem: inTheWay(), unexpected: true }
  if (code === diskFull) return { problem: noSpace(), unexpected: true }
  if (away.has(code) || code.startsWith('08')) return { problem: unavailable(), unexpected: true }
  // Data exceptions and exceeded limits: a value that no column can hold.
  if (code.startsWith('22') || code.startsWith('54')) {
    return {
      problem: new Problem(
        422,
        'value-out-of-range',
        'A value of the request is too big, too long or not of the right form. Nothing was changed.',
      ),
      unexpected: true,
    }
  }
  return null
}

function inTheWay(): Problem {
  return new Problem(
    503,
    'busy',
    'Others are changing the same thing right now. Nothing was changed; try again in a moment.',
    { facts: { retryAfter: 1 } },
  )
}

function noSpace(): Problem {
  return new Problem(
    503,
    'database-full',
    'The database has no space left on its disk, so nothing new can be kept. Nothing was changed; what is there can be read. Whoever runs this server must make space; then send it again with the same Idempotency-Key.',
    { facts: { retryAfter: 60 } },
  )
}

function unavailable(): Problem {
  return new Problem(
    503,
    'database-unavailable',
    'The database does not answer at the moment. Try again shortly; send the same Idempotency-Key, so that nothing is done twice.',
    { facts: { retryAfter: 5 } },
  )
}

/** `Key (company_id, sku)=(…) already exists.`: the columns, whatever the language of the server. */
function keyOf(error: DatabaseError): string[] {
  const columns = /\(([^()]*(?:\([^()]*\)[^()]*)*)\)=\(/.exec(error.detail ?? '')?.[1] ?? ''
  return columns
    .split(',')
    .map((column) => column.trim().replace(/^\w+\((\w+)(::\w+)?\)$/, '$1'))
    .filter((column) => column !== '' && column !== 'company_id')
}

function alreadyExists(error: DatabaseError): Problem {
  const fields = keyOf(error).map(camel)
  const names = fields.filter((field) => field !== 'id')
  const message = names.length
    ? `There is one with the same ${names.join(' and ')} already.`
    : 'There is one like this already.'
  return new Problem(409, 'already-exists', message, {
    errors: names.slice(-1).map((field) => ({ pointer: `/${field}`, message })),
  })
}

/**
 * A foreign key breaks from two sides with one SQLSTATE: the row that refers, or the row referred to. The
 * detail names the columns of the referring row in the first case, those of the key in the second. Of tables with
 * row-level security it names no columns, but still the table at the other end.
 */
function refersToMissing(error: DatabaseError): boolean {
  const own = ownColumns(error)
  if (own === undefined) return true
  const key = keyOf(error)
  if (key.length > 0) return key.join('_') === own
  return !new RegExp(`\\b${error.table}\\b`).test(error.detail ?? '')
}

/** Of the constraint's name: 'party_id' of memberships_company_id_party_id_fkey. */
function ownColumns(error: DatabaseError): string | undefined {
  return /_company_id_(.+)_fkey\d*$/.exec(error.constraint ?? '')?.[1]
}

function missing(error: DatabaseError): Problem {
  const field = camel(keyOf(error).at(-1) ?? ownColumns(error)?.split('_id_').at(-1) ?? 'id')
  const what = field
    .replace(/Id$/, '')
    .replace(/[A-Z]/g, (c) => ` ${c.toLowerCase()}`)
    .trim()
  const pointer = error.table?.endsWith('_lines') ? '/lines' : `/${field}`
  const message = `This ${what} does not exist or you may not see it.`
  return new Problem(422, 'unknown-reference', message, { errors: [{ pointer, message }], facts: { field } })
}

function stillUsed(error: DatabaseError): Problem {
  const users = (error.table ?? 'other rows').replace(/_(lines|entries)$/, ' $1').replaceAll('_', ' ')
  return new Problem(
    409,
    'in-use',
    `This is used by ${users}, so it cannot be deleted. Archive it instead, where that is offered, to stop its use.`,
    { facts: { usedBy: users } },
  )
}

function ruleOfTable(error: DatabaseError): Problem {
  const rule = error.constraint ?? `${error.table ?? ''}.${error.column ?? ''}`
  return new Problem(
    422,
    'rule-broken',
    `This breaks a rule of the data (${rule}). Nothing was changed. Check the values of the request.`,
    { facts: { rule } },
  )
}

function isFromDatabase(error: Error): boolean {
  // Handlers reach nothing but the database, so a refused or broken connection is one to it; a missing
  // file is not, unless it is the database's socket.
  const { code, syscall } = error as { code?: string; syscall?: string }
  return code !== 'ENOENT' || syscall === 'connect'
}

function camel(column: string): string {
  return column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
}
