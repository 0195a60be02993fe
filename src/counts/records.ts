import type { Context } from '../kernel/context.ts'
import type { Decimal } from '../kernel/decimal.ts'
import { refuseStale } from '../kernel/guards.ts'
import { conflict, notFound } from '../kernel/problem.ts'
import { type Row, insertInto, rowsParameter, sql, statement } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { stockCount } from '../kinds.ts'
import { type CountState, countActions } from './description.ts'

export interface Key {
  companyId: string
  id: string
}

export const countColumns = {
  id: 'uuid',
  number: 'text',
  state: 'text',
  date: 'date',
  warehouseId: 'uuid',
  warehouseName: 'text',
  locationId: 'uuid?',
  location: 'text?',
  category: 'text?',
  abc: 'text?',
  blind: 'bool',
  counter: 'text?',
  notes: 'text?',
  adjustmentId: 'uuid?',
  adjustment: 'text?',
  version: 'int',
  createdAt: 'timestamptz',
  createdBy: 'text',
  lineCount: 'int',
  countedCount: 'int',
  differenceCount: 'int',
} as const
export type CountRow = Row<typeof countColumns>

/** Booked is what its adjustment makes of it while that is posted; whoever reverses that has it to approve again. */
export const stateOfCount = sql`case when a.state = 'posted' then 'booked' else c.state end`

/** In the order of `countColumns`. */
export const countFields = sql`c.id, c.number, ${stateOfCount} as state, c.date, c.warehouse_id, w.name as warehouse_name, c.location_id,
  l.code as location, c.category, c.abc, c.blind, c.counter, c.notes, a.id as adjustment_id, a.number as adjustment, c.version, c.created_at,
  c.created_by, k.line_count, k.counted_count, k.difference_count`
export const countFrom = sql`from counts c
  join warehouses w on w.company_id = c.company_id and w.id = c.warehouse_id
  left join locations l on l.company_id = c.company_id and l.id = c.location_id
  left join shipments a on a.company_id = c.company_id and a.id = c.adjustment_id and a.state <> 'reversed'`

/** How far it is, beside `countFrom`; what only filters or counts does without. */
export const countTally = sql`cross join lateral (
    select count(*)::int as line_count, count(n.counted)::int as counted_count,
      (count(*) filter (where n.counted <> n.book))::int as difference_count
    from count_lines n where n.company_id = c.company_id and n.count_id = c.id
  ) k`

export const selectCount = statement(
  'select_count',
  countColumns,
  (p: Key) => sql`
    select ${countFields} ${countFrom} ${countTally} where c.company_id = ${p.companyId} and c.id = ${p.id}`,
)

const lockCount = statement(
  'lock_count',
  {},
  (p: Key) =>
    sql`select from counts c where c.company_id = ${p.companyId} and c.id = ${p.id} for no key update`,
)

/**
 * Locks a count for something that is done with it. It is read behind the lock, by a statement of its own: its state
 * follows from an adjustment that whoever held the lock may just have made.
 * @throws 404; 412 when it was changed meanwhile; 409 when its state does not allow the action.
 */
export async function takeCount(
  tx: Transaction,
  ctx: Context,
  id: string,
  action: keyof typeof countActions,
  ifMatch: number | null,
): Promise<CountRow> {
  const key = { companyId: ctx.company.id, id }
  const [, row] = await Promise.all([tx.maybe(lockCount, key), tx.maybe(selectCount, key)])
  if (row === null) throw notFound(stockCount.title)
  refuseStale(row.version, ifMatch)
  const from: readonly string[] = countActions[action].from
  if (!from.includes(row.state)) throw conflict('wrong-state', whyNot(row.state as CountState, from))
  return row
}

/** Why an action that needs other states is refused. */
export function whyNot(state: CountState, from: readonly string[]): string {
  const words = (name: string): string => (name === 'to-approve' ? 'to be approved' : name)
  return `This ${stockCount.title} is ${words(state)}; this needs it to be ${from.map(words).join(' or ')}.`
}

const countLineColumns = {
  id: 'uuid',
  position: 'int',
  productId: 'uuid',
  sku: 'text',
  name: 'text',
  unit: 'text',
  tracking: 'text',
  locationId: 'uuid',
  location: 'text',
  lotId: 'uuid?',
  lot: 'text?',
  expiresOn: 'date?',
  onHand: 'numeric',
  book: 'numeric?',
  counted: 'numeric?',
  countedAt: 'timestamptz?',
  countedBy: 'text?',
  firstCounted: 'numeric?',
  firstBook: 'numeric?',
  note: 'text?',
  cost: 'numeric?',
} as const
export type CountLineRow = Row<typeof countLineColumns>

// `cost`: of one base unit now, the average of the pool, else what the product is bought for.
export const selectCountLines = statement(
  'select_count_lines',
  countLineColumns,
  (p: Key) => sql`
    select k.id, k.position, k.product_id, p.sku, p.name, p.unit, p.tracking, k.location_id, l.code as location, k.lot_id,
      coalesce(t.number, k.lot_number) as lot, coalesce(t.expires_on, k.expires_on) as expires_on,
      coalesce(b.quantity, 0) as on_hand, k.book, k.counted, k.counted_at, k.counted_by, k.first_counted, k.first_book, k.note,
      coalesce(case when v.on_hand + v.quarantined > 0 then v.value / (v.on_hand + v.quarantined) end, p.purchase_price) as cost
    from count_lines k
    join counts c on c.company_id = k.company_id and c.id = k.count_id
    join products p on p.company_id = k.company_id and p.id = k.product_id
    join locations l on l.company_id = k.company_id and l.id = k.location_id
    left join lots t on t.company_id = k.company_id and t.id = k.lot_id
    left join stock_balances b on b.company_id = k.company_id and b.product_id = k.product_id and b.location_id = k.location_id
      and b.lot_id is not distinct from k.lot_id and k.lot_number is null
    left join stock_levels v on v.company_id = k.company_id and v.product_id = k.product_id and v.warehouse_id = c.warehouse_id
    where k.company_id = ${p.companyId} and k.count_id = ${p.id} order by k.position`,
)

export const insertCountLines = insertInto('count_lines', [
  'companyId',
  'id',
  'countId',
  'position',
  'productId',
  'locationId',
  'lotId',
  'lotNumber',
  'expiresOn',
])

/** What was counted of a line that is on the sheet; null: not counted after all. Base units. */
export interface CountedLine {
  readonly id: string
  readonly counted: Decimal | null
  /** When it was counted; null: now. */
  readonly at: Date | null
  /** Left out: stays as it is. */
  readonly note?: string | null
}

/**
 * Writes what was counted, beside what the books had at that moment: what they have now without what moved since. It is
 * read by this very statement, so that no move falls between.
 */
export const enterCounted = statement(
  'enter_counted',
  {},
  (p: { companyId: string; countId: string; by: string; now: Date; rows: readonly CountedLine[] }) => sql`
    update count_lines k set counted = d.counted, note = case when d.noted then d.note else k.note end,
      counted_at = case when d.counted is not null then coalesce(d.at, ${p.now}::timestamptz) end,
      counted_by = case when d.counted is not null then ${p.by}::text end,
      book = case when d.counted is not null then
        coalesce((select b.quantity from stock_balances b where b.company_id = k.company_id and b.product_id = k.product_id
          and b.location_id = k.location_id and b.lot_id is not distinct from k.lot_id and k.lot_number is null), 0)
        - case when d.at is null then 0 else
            coalesce((select sum(m.quantity) from stock_moves m where m.company_id = k.company_id and m.product_id = k.product_id
              and m.to_location_id = k.location_id and m.lot_id is not distinct from k.lot_id and m.posted_at > d.at), 0)
            - coalesce((select sum(m.quantity) from stock_moves m where m.company_id = k.company_id and m.product_id = k.product_id
              and m.from_location_id = k.location_id and m.lot_id is not distinct from k.lot_id and m.posted_at > d.at), 0)
          end
      end
    from json_to_recordset(${rowsParameter(p.rows.map(asRow))}::json) as d(id uuid, counted numeric, at timestamptz, note text, noted boolean)
    where k.company_id = ${p.companyId} and k.count_id = ${p.countId} and k.id = d.id`,
)

function asRow({ id, counted, at, note }: CountedLine) {
  return { id, counted: counted?.toFixed() ?? null, at, note: note ?? null, noted: note !== undefined }
}

/** Lines to be counted again: what was counted goes beside. */
export const countAgain = statement(
  'count_lines_again',
  {},
  (p: { companyId: string; ids: readonly string[] }) => sql`
    update count_lines k set first_counted = coalesce(k.first_counted, k.counted), first_book = coalesce(k.first_book, k.book),
      counted = null, book = null, counted_at = null, counted_by = null
    where k.company_id = ${p.companyId} and k.id = any(${p.ids}::uuid[])`,
)

/** Sets the stored state; the version goes up. */
export const setCountState = statement(
  'set_count_state',
  {},
  (p: Key & { state: Exclude<CountState, 'booked'> }) => sql`
    update counts c set state = ${p.state}, version = c.version + 1 where c.company_id = ${p.companyId} and c.id = ${p.id}`,
)

export const setAdjustmentOfCount = statement(
  'set_adjustment_of_count',
  {},
  (p: Key & { adjustmentId: string }) => sql`
    update counts c set adjustment_id = ${p.adjustmentId}, version = c.version + 1
    where c.company_id = ${p.companyId} and c.id = ${p.id}`,
)
