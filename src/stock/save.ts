import type { Context } from '../kernel/context.ts'
import { type Decimal, max, zero } from '../kernel/decimal.ts'
import { newId } from '../kernel/ids.ts'
import { insertInto, rowsParameter, sql, statement } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { noteAllocated } from './note-allocated.ts'
import { levelKey } from './promises.ts'
import type { StockState } from './state.ts'

/**
 * Writes what changed in the model: the only writer of the stock tables. Set-based, one statement per
 * table, all sent without waiting. Levels and balances are changed by difference, so the database adds
 * and its constraints judge the sum.
 */

const insertMoves = insertInto('stock_moves', [
  'companyId',
  'id',
  'productId',
  'lotId',
  'fromLocationId',
  'toLocationId',
  'fromWarehouseId',
  'toWarehouseId',
  'quantity',
  'value',
  'fromSeq',
  'toSeq',
  'date',
  'postedAt',
  'shipmentId',
  'shipmentLineId',
  'reversesId',
  'returnsId',
])

export const insertCorrections = insertInto('stock_value_corrections', [
  'companyId',
  'id',
  'moveId',
  'productId',
  'warehouseId',
  'direction',
  'valueChange',
  'cause',
  'invoiceLineId',
  'coveredById',
  'date',
  'postedAt',
])

const insertLots = insertInto('lots', [
  'companyId',
  'id',
  'productId',
  'number',
  'serial',
  'expiresOn',
  'received',
  'createdAt',
])

interface Rows {
  companyId: string
  rows: readonly object[]
}

const changeLots = statement(
  'change_lots_received',
  {},
  (p: Rows) => sql`
    update lots t set received = t.received + d.received
    from json_to_recordset(${rowsParameter(p.rows)}::json) as d(id uuid, received numeric)
    where t.company_id = ${p.companyId} and t.id = d.id`,
)

const changeLevels = statement(
  'change_levels',
  {},
  (p: Rows) => sql`
    update stock_levels l set
      on_hand = l.on_hand + d.on_hand, quarantined = l.quarantined + d.quarantined, reserved = l.reserved + d.reserved,
      incoming = l.incoming + d.incoming, outgoing = l.outgoing + d.outgoing, value = l.value + d.value,
      last_seq = l.last_seq + d.last_seq
    from json_to_recordset(${rowsParameter(p.rows)}::json) as d(product_id uuid, warehouse_id uuid, on_hand numeric,
      quarantined numeric, reserved numeric, incoming numeric, outgoing numeric, value numeric, last_seq bigint)
    where l.company_id = ${p.companyId} and l.product_id = d.product_id and l.warehouse_id = d.warehouse_id`,
)

const changeBalances = statement(
  'change_balances',
  {},
  (p: Rows) => sql`
    update stock_balances b set quantity = b.quantity + d.quantity
    from json_to_recordset(${rowsParameter(p.rows)}::json) as d(product_id uuid, location_id uuid, lot_id uuid, quantity numeric)
    where b.company_id = ${p.companyId} and b.product_id = d.product_id and b.location_id = d.location_id
      and b.lot_id is not distinct from d.lot_id`,
)

// A constraint judges a proposed row before the conflict is seen, so only what is not there yet comes here.
const addBalances = statement(
  'add_balances',
  {},
  (p: Rows) => sql`
    insert into stock_balances as b (company_id, product_id, warehouse_id, location_id, lot_id, quantity, serial, allow_negative)
    select ${p.companyId}::uuid, d.product_id, d.warehouse_id, d.location_id, d.lot_id, d.quantity, coalesce(t.serial, false), w.allow_negative
    from json_to_recordset(${rowsParameter(p.rows)}::json) as d(product_id uuid, warehouse_id uuid, location_id uuid, lot_id uuid, quantity numeric)
    join warehouses w on w.company_id = ${p.companyId} and w.id = d.warehouse_id
    left join lots t on t.company_id = ${p.companyId} and t.id = d.lot_id
    on conflict (company_id, product_id, location_id, lot_id) do update set quantity = b.quantity + excluded.quantity`,
)

const saveDemands = statement(
  'save_demands',
  {},
  (p: Rows) => sql`
    insert into stock_demands as s (company_id, source_line_id, warehouse_id, product_id, type, wanted, reserved, priority, due_on, expires_at, created_at)
    select ${p.companyId}::uuid, d.* from json_to_recordset(${rowsParameter(p.rows)}::json) as d(source_line_id uuid, warehouse_id uuid,
      product_id uuid, type text, wanted numeric, reserved numeric, priority integer, due_on date, expires_at timestamptz, created_at timestamptz)
    on conflict (company_id, source_line_id, warehouse_id) do update set
      wanted = excluded.wanted, reserved = excluded.reserved, priority = excluded.priority, due_on = excluded.due_on, expires_at = excluded.expires_at`,
)

const deleteDemands = statement(
  'delete_demands',
  {},
  (p: Rows) => sql`
    delete from stock_demands s using json_to_recordset(${rowsParameter(p.rows)}::json) as d(source_line_id uuid, warehouse_id uuid)
    where s.company_id = ${p.companyId} and s.source_line_id = d.source_line_id and s.warehouse_id = d.warehouse_id`,
)

const clearLotHolds = statement(
  'clear_lot_holds',
  {},
  (p: Rows) => sql`
    delete from stock_lot_holds h using json_to_recordset(${rowsParameter(p.rows)}::json) as d(source_line_id uuid, warehouse_id uuid)
    where h.company_id = ${p.companyId} and h.source_line_id = d.source_line_id and h.warehouse_id = d.warehouse_id`,
)

const insertLotHolds = insertInto('stock_lot_holds', [
  'companyId',
  'sourceLineId',
  'warehouseId',
  'lotId',
  'productId',
  'quantity',
])

const saveLayers = statement(
  'save_layers',
  {},
  (p: Rows) => sql`
    insert into stock_layers as y (company_id, product_id, warehouse_id, seq, move_id, quantity_left, value_left)
    select ${p.companyId}::uuid, d.product_id, d.warehouse_id, d.seq, m.id, d.quantity_left, d.value_left
    from json_to_recordset(${rowsParameter(p.rows)}::json) as d(product_id uuid, warehouse_id uuid, seq bigint, quantity_left numeric, value_left numeric)
    join stock_moves m on m.company_id = ${p.companyId} and m.product_id = d.product_id and m.to_warehouse_id = d.warehouse_id and m.to_seq = d.seq
    on conflict (company_id, product_id, warehouse_id, seq) do update set quantity_left = excluded.quantity_left, value_left = excluded.value_left`,
)

export function saveStock(tx: Transaction, ctx: Context, state: StockState, date = ctx.today): void {
  const companyId = ctx.company.id
  const send = (statement: typeof changeLevels, rows: readonly object[]): void => {
    if (rows.length > 0) tx.write(statement, { companyId, rows })
  }
  if (state.newLots.length > 0) {
    tx.write(insertLots, {
      rows: state.newLots.map((lot) => ({ companyId, ...lot, createdAt: ctx.now })),
    })
  }
  send(
    changeLots,
    [...state.lotReceived]
      .filter(([, received]) => !received.eq(zero))
      .map(([id, received]) => ({ id, received })),
  )
  if (state.moves.length > 0) {
    tx.write(insertMoves, {
      rows: state.moves.map((move) => ({
        companyId,
        ...move,
        value: move.value.minus(move.corrected),
        postedAt: ctx.now,
      })),
    })
  }
  if (state.corrections.length > 0) {
    tx.write(insertCorrections, {
      rows: state.corrections.map((c) => ({ companyId, id: newId(), date, ...c, postedAt: ctx.now })),
    })
  }
  send(changeLevels, levelChanges(state))
  saveBalances(state, send)
  const demands = [...state.dirtyDemands].map((key) => state.demands.get(key)!)
  const kept = demands.filter((d) => d.wanted.gt(zero))
  const lotHolds = demands.flatMap((d) => {
    const holds = state.lotHolds.get(`${d.sourceLineId} ${d.warehouseId}`) ?? new Map<string, Decimal>()
    return [...holds].map(([lotId, quantity]) => ({
      companyId,
      sourceLineId: d.sourceLineId,
      warehouseId: d.warehouseId,
      lotId,
      productId: d.productId,
      quantity,
    }))
  })
  const tracked = demands.filter((d) => state.product(d.productId).tracking !== 'none')
  send(clearLotHolds, tracked)
  send(
    deleteDemands,
    demands.filter((d) => !d.wanted.gt(zero)),
  )
  send(saveDemands, kept)
  if (lotHolds.length > 0) tx.write(insertLotHolds, { rows: lotHolds })
  send(
    saveLayers,
    [...state.dirtyLayers].flatMap((key) => {
      const [productId, warehouseId] = key.split(' ')
      return state.layers.get(key)!.map((layer) => ({
        productId,
        warehouseId,
        seq: layer.seq,
        quantityLeft: layer.quantity,
        valueLeft: layer.value,
      }))
    }),
  )
  noteAllocated(tx, ctx, state.allocated)
}

function levelChanges(state: StockState): object[] {
  const changes: object[] = []
  for (const level of state.levels.values()) {
    const was = state.before.get(levelKey(level.productId, level.warehouseId))!
    const change = {
      onHand: level.onHand.minus(was.onHand),
      quarantined: level.quarantined.minus(was.quarantined),
      reserved: level.reserved.minus(was.reserved),
      incoming: level.incoming.minus(was.incoming),
      outgoing: level.outgoing.minus(was.outgoing),
      value: level.value.minus(was.value),
    }
    const lastSeq = level.lastSeq - was.lastSeq
    if (lastSeq === 0 && Object.values(change).every((d) => d.eq(zero))) continue
    changes.push({ productId: level.productId, warehouseId: level.warehouseId, ...change, lastSeq })
  }
  return changes
}

function saveBalances(
  state: StockState,
  send: (statement: typeof changeLevels, rows: readonly object[]) => void,
): void {
  const known: object[] = []
  const fresh: object[] = []
  for (const [key, balance] of state.balances) {
    const was = state.balancesBefore.get(key)
    const change = balance.quantity.minus(was ?? zero)
    if (change.eq(zero)) continue
    // Less than was there is an update; a row that was empty or absent takes the insert.
    if (was === undefined) fresh.push({ ...balance, quantity: change })
    else known.push({ ...balance, quantity: change })
  }
  // What goes first frees a serial number's only place before it appears at the other.
  known.sort((a, b) =>
    max((a as { quantity: Decimal }).quantity, zero).cmp(max((b as { quantity: Decimal }).quantity, zero)),
  )
  send(changeBalances, known)
  send(addBalances, fresh)
}
