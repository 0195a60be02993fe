import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { Problem } from '../kernel/problem.ts'
import { sql, statement } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'

/** How long an answer is kept for a repeat. */
export const keptDays = 7

const longestKey = 200

interface KeyRow {
  readonly companyId: string
  readonly actorId: string
  readonly key: string
}

/**
 * Claims a key, or reads what it was used for, in one statement: a concurrent request with the same key
 * waits here for the first transaction and, when that has committed, gets its row. A row of our own is
 * the one without a status, for a status is stored before every commit.
 */
const claimKey = statement(
  'claim_idempotency_key',
  { request: 'text', status: 'int?', response: 'text?', etag: 'text?' },
  (p: KeyRow & { request: string; now: Date }) => sql`
    insert into idempotency_keys as k (company_id, actor_id, key, request, created_at)
    values (${p.companyId}::uuid, ${p.actorId}::text, ${p.key}::text, ${p.request}::text, ${p.now}::timestamptz)
    on conflict (company_id, actor_id, key) do update set request = k.request
    returning k.request, k.status, k.response, k.etag`,
)

const storeAnswer = statement(
  'store_idempotent_answer',
  {},
  (p: KeyRow & { status: number; response: string; etag: string | null }) => sql`
    update idempotency_keys
    set status = ${p.status}::int, response = ${p.response}::text, etag = ${p.etag}::text
    where company_id = ${p.companyId}::uuid and actor_id = ${p.actorId}::text and key = ${p.key}::text`,
)

const deleteOlder = statement(
  'purge_idempotency_keys',
  {},
  (p: { before: Date }) => sql`delete from idempotency_keys where created_at < ${p.before}::timestamptz`,
)

/** The first answer to a key. */
export interface StoredAnswer {
  readonly status: number
  readonly body: string
  readonly etag: string | null
}

/** A repeatable write: its key, who sent it, and what it asks for. */
export interface KeyedRequest extends KeyRow {
  /** Stands for method, address and body: the same key must come with the same one. */
  readonly request: string
  readonly now: Date
}

/**
 * Claims the key for this transaction. Send it first and do not wait for it before the reads of the
 * operation: they then travel together.
 * @returns the first answer when the key was used before, null when this is the first.
 * @throws 422 when the key was used for another request.
 */
export async function claim(tx: Transaction, keyed: KeyedRequest): Promise<StoredAnswer | null> {
  const row = await tx.one(claimKey, keyed)
  if (row.status === null) return null
  if (row.request !== keyed.request) {
    throw new Problem(
      422,
      'idempotency-key-reused',
      'This Idempotency-Key was sent before with another request. Use a new key for a new request; repeat a request unchanged with its old key.',
      { errors: [{ pointer: 'Idempotency-Key', message: 'was used for another request' }] },
    )
  }
  return { status: row.status, body: row.response ?? '', etag: row.etag }
}

/** Stores the answer under the claimed key, to be committed with the change that it tells of. */
export function store(tx: Transaction, keyed: KeyedRequest, answer: StoredAnswer): void {
  tx.write(storeAnswer, {
    companyId: keyed.companyId,
    actorId: keyed.actorId,
    key: keyed.key,
    status: answer.status,
    response: answer.body,
    etag: answer.etag,
  })
}

/** Deletes the keys stored before `keptDays`: of the transaction's company, or (as the owner) of all. */
export function purgeIdempotencyKeys(tx: Transaction, now: Date): void {
  tx.write(deleteOlder, { before: new Date(now.getTime() - keptDays * 24 * 60 * 60 * 1000) })
}

/**
 * The key of a request, null when it has none.
 * @throws 400 when the header is not a key.
 */
export function readKey(header: string | string[] | undefined): string | null {
  if (header === undefined) return null
  // Printable ASCII; a header sent twice arrives joined by a comma and is a key like any other.
  if (
    typeof header === 'string' &&
    header.length <= longestKey &&
    /^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/.test(header)
  ) {
    return header
  }
  throw new Problem(
    400,
    'bad-idempotency-key',
    `An Idempotency-Key has 1 to ${longestKey} printable ASCII characters, such as a UUID.`,
    {
      errors: [{ pointer: 'Idempotency-Key', message: `must have 1 to ${longestKey} printable characters` }],
    },
  )
}

/** What the key must come with again: method, address with query, and body. */
export function requestHash(request: FastifyRequest): string {
  return createHash('sha256')
    .update(`${request.method}\n${request.url}\n${request.bodyText}`)
    .digest('base64url')
}
