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
  /** `<kind>.<what happened>`, such as 'sales-order.confirmed'. */
  readonly type: string
  readonly objectKind: string
  readonly objectId: string
  /** The fields that changed, as they were and as they are. Null: made or deleted. */
  readonly before?: object | null
  readonly after?: object | null
  readonly reason?: string | null
}

/**
 * Writes who did what to which object, in the transaction of the change: the audit trail and the outbox
 * of automation at once.
 */
export function recordEvents(tx: Transaction, ctx: Context, changes: readonly Change[]): void {
  if (changes.length === 0) return
  tx.write(insertEvents, {
    rows: changes.map((change) => ({
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
    })),
  })
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
