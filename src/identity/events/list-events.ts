import { messages } from '../../event-types.ts'
import { Keyset, type ListQuery, type Sort } from '../../kernel/keyset.ts'
import { escapeLike } from '../../kernel/fold.ts'
import { notFound } from '../../kernel/problem.ts'
import { type Row, type Sql, dynamic, empty, json, sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'

const eventColumns = {
  id: 'uuid',
  at: 'timestamptz',
  actorType: 'text',
  actorId: 'text',
  actorName: 'text',
  type: 'text',
  objectKind: 'text',
  objectId: 'uuid',
  before: json<object | null>(),
  after: json<object | null>(),
  reason: 'text?',
  requestId: 'text?',
} as const
type EventRow = Row<typeof eventColumns> & { objectNumber: string | null }

/** In the order of `eventColumns`. */
const selectEvent: Sql = sql`
  select e.id, e.at, e.actor_type, e.actor_id, e.actor_name, e.type, e.object_kind, e.object_id, e.before, e.after,
    e.reason, e.request_id`

/** The number that a document has now: an event of the draft was written before it had one. */
function numberOf(companyId: string): Sql {
  return sql`(select d.number from documents d where d.company_id = ${companyId}::uuid and d.id = e.object_id limit 1)`
}

export interface EventFilters {
  readonly objectKind?: string | undefined
  readonly objectId?: string | undefined
  readonly type?: string | undefined
  readonly about?: 'changes' | 'messages' | undefined
  readonly actorId?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
}

/** Ids are given in the order of time, so the list needs no other order. */
const sorts: Record<string, Sort> = { id: { column: sql`e.id`, type: 'uuid' } }

/** Who did what. Cuts the page first and looks up numbers for its rows only. */
export async function listEvents(
  tx: Transaction,
  companyId: string,
  query: ListQuery & EventFilters,
  fallback: 'id' | '-id',
) {
  const keyset = new Keyset(query, sorts, sql`e.id`, fallback)
  const rows = await tx.all(
    dynamic(
      { ...eventColumns, objectNumber: 'text?', cursorKey: 'text?' },
      sql`${selectEvent}, ${numberOf(companyId)} as object_number, e.cursor_key
        from (select e.*, ${keyset.key} from events e
          where e.company_id = ${companyId} ${filtered(query)} ${keyset.after} ${keyset.order} ${keyset.limit}) e
        ${keyset.order}`,
    ),
    undefined,
  )
  const { items, nextCursor } = keyset.page(rows)
  return { items: items.map(shown), nextCursor }
}

const loadRow = statement(
  'load_event',
  { ...eventColumns, objectNumber: 'text?' },
  (p: { companyId: string; id: string }) => sql`
    ${selectEvent}, ${numberOf(p.companyId)} as object_number from events e
    where e.company_id = ${p.companyId} and e.id = ${p.id}`,
)

/** @throws 404 */
export async function loadEvent(tx: Transaction, companyId: string, id: string) {
  const event = await tx.maybe(loadRow, { companyId, id })
  if (event === null) throw notFound('event')
  return shown(event)
}

function filtered(f: EventFilters): Sql {
  return sql`
    ${f.objectKind === undefined ? empty : sql`and e.object_kind = ${f.objectKind}`}
    ${f.objectId === undefined ? empty : sql`and e.object_id = ${f.objectId}::uuid`}
    ${f.type === undefined ? empty : typeIs(f.type)}
    ${f.about === undefined ? empty : isAbout(f.about)}
    ${f.actorId === undefined ? empty : sql`and e.actor_id = ${f.actorId}`}
    ${f.from === undefined ? empty : sql`and e.at >= ${f.from}::timestamptz`}
    ${f.to === undefined ? empty : sql`and e.at < ${f.to}::timestamptz`}`
}

function isAbout(about: 'changes' | 'messages'): Sql {
  const is = sql`split_part(e.type, '.', 2) = any(${messages}::text[])`
  return about === 'messages' ? sql`and ${is}` : sql`and not ${is}`
}

function typeIs(type: string): Sql {
  return type.endsWith('.') ? sql`and e.type like ${`${escapeLike(type)}%`}` : sql`and e.type = ${type}`
}

function shown({ actorType, actorId, actorName, ...event }: EventRow) {
  return { ...event, actor: { type: actorType, id: actorId, name: actorName } }
}
