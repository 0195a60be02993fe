import type { EventType } from '../event-types.ts'
import type { Context } from '../kernel/context.ts'
import { newId } from '../kernel/ids.ts'
import { insertInto } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'

const insertEvents = insertInto('events', [
  'companyId',
  'id',
  'at',
  'actorType',
  'actorId',
  'actorName',
  'type',
  'objectKind',
  'objectId',
  'before',
  'after',
  'reason',
  'requestId',
])

export interface Change {
  readonly type: EventType
  readonly objectKind: string
  readonly objectId: string
  /** The fields that changed, as they were and as they are. Null: made or deleted. */
  readonly before?: object | null
  readonly after?: object | null
  readonly reason?: string | null
}

/** Entries that wait for the next ones of their transaction, or for its end. */
const waiting = new WeakMap<Transaction, Entry[]>()

/**
 * Writes who did what to which object, in the transaction of the change: the audit trail and the outbox
 * of automation at once.
 */
export function recordEvents(tx: Transaction, ctx: Context, changes: readonly Change[]): void {
  const rows = [...(waiting.get(tx)?.splice(0) ?? []), ...changes.map((change) => entryOf(ctx, change))]
  if (rows.length > 0) tx.write(insertEvents, { rows })
}

/**
 * The same for what often is only the first of several changes in one transaction, as of a document that is
 * made and posted at once: it is written together with the next entry, at the latest before the commit.
 */
export function recordEventsLater(tx: Transaction, ctx: Context, changes: readonly Change[]): void {
  let rows = waiting.get(tx)
  if (rows === undefined) {
    waiting.set(tx, (rows = []))
    tx.beforeCommit(() => recordEvents(tx, ctx, []))
  }
  rows.push(...changes.map((change) => entryOf(ctx, change)))
}

type Entry = ReturnType<typeof entryOf>

function entryOf(ctx: Context, change: Change) {
  return {
    companyId: ctx.company.id,
    id: newId(),
    at: ctx.now,
    actorType: ctx.actor.type,
    actorId: ctx.actor.id,
    actorName: ctx.actor.name,
    type: change.type,
    objectKind: change.objectKind,
    objectId: change.objectId,
    before: change.before ?? null,
    after: change.after ?? null,
    reason: change.reason ?? null,
    requestId: ctx.requestId,
  }
}

/** The fields of `after` that differ from `before`, both ways, for the audit trail. */
export function difference(before: object, after: object): { before: object; after: object } {
  const was: Record<string, unknown> = {}
  const is: Record<string, unknown> = {}
  const old = before as Record<string, unknown>
  for (const [key, value] of Object.entries(after)) {
    if (JSON.stringify(old[key]) !== JSON.stringify(value)) {
      was[key] = old[key] ?? null
      is[key] = value
    }
  }
  return { before: was, after: is }
}
