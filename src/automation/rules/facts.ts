import type { Context } from '../../kernel/context.ts'
import { type Decimal, sum } from '../../kernel/decimal.ts'
import { Problem } from '../../kernel/problem.ts'
import { json, sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { asFacts } from '../../conditions/index.ts'
import { call, pathOf } from './operations.ts'

/** What a rule is about: an event, or what was found at a look. */
export interface Occasion {
  readonly eventId: string | null
  readonly objectKind: string
  readonly objectId: string
}

/** A document as far as a rule looks at it itself; what it has besides is for conditions. */
export interface Document {
  readonly number?: string | null
  readonly partyId?: string | null
  readonly version?: number
  readonly actions?: readonly { name: string; allowed: boolean; reason: { message: string } | null }[]
  readonly links?: readonly { kind: string; id: string; direction: string }[]
  readonly [field: string]: unknown
}

/** What conditions and texts speak of. */
export interface Facts {
  readonly event: unknown
  readonly document: unknown
  readonly party: unknown
  readonly source: unknown
  readonly today: string
  readonly now: Date
}

const loadEvent = statement(
  'load_event_of_rule',
  {
    id: 'uuid',
    at: 'timestamptz',
    type: 'text',
    actorType: 'text',
    actorId: 'text',
    actorName: 'text',
    objectKind: 'text',
    objectId: 'uuid',
    before: json<object | null>(),
    after: json<object | null>(),
    reason: 'text?',
  },
  (p: { companyId: string; id: string }) => sql`
    select id, at, type, actor_type, actor_id, actor_name, object_kind, object_id, before, after, reason
    from events where company_id = ${p.companyId} and id = ${p.id}`,
)

/** The document as it is now; null: there is none (any more), or the object is none. */
export async function readDocument(
  tx: Transaction,
  ctx: Context,
  kind: string,
  id: string,
): Promise<Document | null> {
  const path = pathOf(kind)
  if (path === null) return null
  try {
    const document = (await call(tx, ctx, 'GET', `/${path}/${id}`)) as Document
    return kind === 'product' ? { ...document, stock: await readStock(tx, ctx, id) } : document
  } catch (error) {
    if (error instanceof Problem && error.status === 404) return null
    throw error
  }
}

const figures = ['onHand', 'reserved', 'available', 'incoming', 'outgoing', 'forecast'] as const

/** Over all warehouses. */
async function readStock(tx: Transaction, ctx: Context, productId: string): Promise<object> {
  const { items } = (await call(tx, ctx, 'GET', `/stock/levels?productId=${productId}&limit=200`)) as {
    items: Record<(typeof figures)[number], Decimal>[]
  }
  return Object.fromEntries(figures.map((name) => [name, sum(items.map((level) => level[name]))]))
}

/** Reads what a rule is about. @param wants the names that its condition and texts speak of */
export async function readFacts(
  tx: Transaction,
  ctx: Context,
  { eventId, objectKind, objectId }: Occasion,
  wants: (name: 'party' | 'source') => boolean,
): Promise<{ facts: Facts; document: Document | null; event: { type: string; actor: string } | null }> {
  const companyId = ctx.company.id
  const [row, document] = await Promise.all([
    eventId === null ? null : tx.one(loadEvent, { companyId, id: eventId }),
    readDocument(tx, ctx, objectKind, objectId),
  ])
  const partyId = document?.partyId ?? null
  const before = document?.links?.find((link) => link.direction === 'source')
  const party = wants('party') && partyId !== null ? await readDocument(tx, ctx, 'party', partyId) : null
  const source =
    wants('source') && before !== undefined ? await readDocument(tx, ctx, before.kind, before.id) : null
  const event = row && {
    id: row.id,
    at: row.at,
    type: row.type,
    actor: { type: row.actorType, id: row.actorId, name: row.actorName },
    object: { kind: row.objectKind, id: row.objectId },
    before: row.before,
    after: row.after,
    reason: row.reason,
  }
  const facts = asFacts({ event, document, party, source, today: ctx.today, now: ctx.now }) as Facts
  return { facts, document, event: row && { type: row.type, actor: row.actorName } }
}
