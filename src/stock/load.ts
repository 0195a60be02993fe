import type { Context } from '../kernel/context.ts'
import { type Sql, empty, raw, rowsParameter, sql, statement } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'
import type { Demand, Location, LotHold } from './records.ts'
import { shortagesOf } from './pool-history.ts'
import { levelKey } from './promises.ts'
import { StockState } from './state.ts'

/** What a reader's SQL may use. */
export interface ReaderParams {
  readonly companyId: string
  /** The document, order or reservation whose lines are meant. */
  readonly id: string
  readonly now: Date
  /** Levels that are named one by one, as json [{product_id, warehouse_id}]; empty unless asked for so. */
  readonly levels: string
}

/**
 * What of the stock one kind of operation locks and reads. The room above says in SQL which levels and
 * lines it touches (it knows its tables, stock does not), and everything is sent in one burst, before a
 * single row has come back.
 */
export interface StockReaderOptions {
  /** Selects (product_id, warehouse_id) of the levels to lock. */
  readonly pairs: (p: ReaderParams) => Sql
  /** Selects the ids of the order or reservation lines whose demands are needed. */
  readonly lines: (p: ReaderParams) => Sql
  /**
   * Where goods come in or come free: also the demands that wait for them. A condition on the demand `d`
   * where this happens on some of the levels only.
   */
  readonly waiting: boolean | ((p: ReaderParams) => Sql)
  /** Where goods may vanish under a hold (losses, counts): all demands on the levels. */
  readonly holders?: boolean
  /** Where goods move: locations, and what lies in them. Off where only promises are made. */
  readonly goods: boolean
  /** Where goods come in: what went out below zero before them, which they cover. */
  readonly comeIn?: boolean
}

// What `collect` found, for the statements that travel behind it: they are sent before it is answered, and to
// find the pairs anew in each of them costs several times what they do with them.
const pairs = sql`select c.product_id, c.warehouse_id
  from json_to_recordset(current_setting('zapas.levels')::json) as c(product_id uuid, warehouse_id uuid)`
// Handed on as an array, so that every plan walks along the key, whatever it was planned on.
const products = sql`array(select pair.product_id from (${pairs}) pair)`
// Joined and not looked for by `in`: however many levels there are, each is found by its key.
const at = (alias: string) =>
  raw(`${alias}.product_id = pair.product_id and ${alias}.warehouse_id = pair.warehouse_id`)

export function stockReader(name: string, options: StockReaderOptions) {
  const { lines } = options
  const collect = statement(
    `collect_levels_${name}`,
    { done: 'bool?' },
    (p: ReaderParams) => sql`
      select set_config('zapas.levels', coalesce((
        select json_agg(distinct jsonb_build_object('product_id', pair.product_id, 'warehouse_id', pair.warehouse_id))
        from (${options.pairs(p)}) pair), '[]')::text, true) is null as done`,
  )
  // A missing level is made before: a zero row can be locked, an absent one cannot. The warehouse is locked
  // with it, so that its rule on negative stock does not change while it is copied.
  const ensure = statement(
    `ensure_levels_${name}`,
    {},
    (p: ReaderParams) => sql`
      insert into stock_levels (company_id, product_id, warehouse_id, allow_negative)
      select w.company_id, pair.product_id, w.id, w.allow_negative
      from (${pairs}) pair join warehouses w on w.company_id = ${p.companyId} and w.id = pair.warehouse_id
      where not exists (
        select from stock_levels l
        where l.company_id = w.company_id and l.product_id = pair.product_id and l.warehouse_id = w.id)
      for share of w
      on conflict do nothing`,
  )
  // The lock of everything on a level. Always in the order of product and warehouse, so that two
  // operations that touch the same levels wait for each other instead of deadlocking.
  const lock = statement(
    `lock_levels_${name}`,
    {
      productId: 'uuid',
      warehouseId: 'uuid',
      onHand: 'numeric',
      quarantined: 'numeric',
      reserved: 'numeric',
      incoming: 'numeric',
      outgoing: 'numeric',
      value: 'numeric',
      lastSeq: 'bigint',
      allowNegative: 'bool',
    },
    (p: ReaderParams) => sql`
      select l.product_id, l.warehouse_id, l.on_hand, l.quarantined, l.reserved, l.incoming, l.outgoing,
        l.value, l.last_seq, l.allow_negative
      from (${pairs}) pair join stock_levels l on ${at('l')}
      where l.company_id = ${p.companyId}
      order by l.product_id, l.warehouse_id for update of l`,
  )
  const productRows = statement(
    `stock_products_${name}`,
    { id: 'uuid', sku: 'text', unit: 'text', tracking: 'text', valuation: 'text', purchasePrice: 'numeric?' },
    (p: ReaderParams) => sql`
      select p.id, p.sku, p.unit, p.tracking, p.valuation, p.purchase_price from products p
      where p.company_id = ${p.companyId} and p.id = any(${products})`,
  )
  const demandColumns = {
    sourceLineId: 'uuid',
    warehouseId: 'uuid',
    productId: 'uuid',
    type: 'text',
    wanted: 'numeric',
    reserved: 'numeric',
    priority: 'int',
    dueOn: 'date',
    expiresAt: 'timestamptz?',
    createdAt: 'timestamptz',
  } as const
  const select = sql`select d.source_line_id, d.warehouse_id, d.product_id, d.type, d.wanted, d.reserved, d.priority,
    d.due_on, d.expires_at, d.created_at`
  const ownDemands = (p: ReaderParams) => sql`
    ${select} from stock_demands d where d.company_id = ${p.companyId} and d.source_line_id = any(array(${lines(p)}))`
  const onLevels = (p: ReaderParams) =>
    sql`${select} from (${pairs}) pair join stock_demands d on ${at('d')} where d.company_id = ${p.companyId}`
  const ended = (p: ReaderParams) => sql`${onLevels(p)} and d.expires_at <= ${p.now}`
  // What an ended hold sets free belongs to whoever waits for it, before anybody else asks.
  const freed = (p: ReaderParams) =>
    typeof options.waiting === 'function' ? sql`or ${options.waiting(p)}` : empty
  const waiting = (p: ReaderParams) =>
    options.waiting === true
      ? sql`${onLevels(p)} and d.reserved < d.wanted`
      : sql`${onLevels(p)} and d.reserved < d.wanted and (exists (
          select from stock_demands e where e.company_id = d.company_id and e.product_id = d.product_id
            and e.warehouse_id = d.warehouse_id and e.expires_at <= ${p.now}) ${freed(p)})`
  const demands = statement(`demands_${name}`, demandColumns, (p: ReaderParams) =>
    options.holders ? onLevels(p) : sql`${ownDemands(p)} union ${ended(p)} union ${waiting(p)}`,
  )
  const tracked = (p: ReaderParams) => sql`
    select pair.product_id, pair.warehouse_id from (${pairs}) pair
    join products p on p.company_id = ${p.companyId} and p.id = pair.product_id and p.tracking <> 'none'`
  const holds = statement(
    `lot_holds_${name}`,
    { sourceLineId: 'uuid', warehouseId: 'uuid', lotId: 'uuid', productId: 'uuid', quantity: 'numeric' },
    (p: ReaderParams) => sql`
      select h.source_line_id, h.warehouse_id, h.lot_id, h.product_id, h.quantity from stock_lot_holds h
      where h.company_id = ${p.companyId} and h.lot_id = any(array(
        select b.lot_id from (${tracked(p)}) pair join stock_balances b on ${at('b')}
        where b.company_id = ${p.companyId}))`,
  )
  const balances = statement(
    `balances_${name}`,
    { productId: 'uuid', warehouseId: 'uuid', locationId: 'uuid', lotId: 'uuid?', quantity: 'numeric' },
    (p: ReaderParams) => sql`
      select b.product_id, b.warehouse_id, b.location_id, b.lot_id, b.quantity
      from (${options.goods ? pairs : tracked(p)}) pair join stock_balances b on ${at('b')}
      where b.company_id = ${p.companyId} and b.quantity <> 0`,
  )
  const lots = statement(
    `lots_${name}`,
    {
      id: 'uuid',
      productId: 'uuid',
      number: 'text',
      serial: 'bool',
      expiresOn: 'date?',
      received: 'numeric',
    },
    (p: ReaderParams) => sql`
      select t.id, t.product_id, t.number, t.serial, t.expires_on, t.received from lots t
      where t.company_id = ${p.companyId} and t.product_id = any(array(select pair.product_id from (${tracked(p)}) pair))`,
  )
  const places = statement(
    `places_${name}`,
    { id: 'uuid', warehouseId: 'uuid?', code: 'text', type: 'text', isDefault: 'bool' },
    (p: ReaderParams) => sql`
      select c.id, c.warehouse_id, c.code, c.type, c.is_default from locations c
      where c.company_id = ${p.companyId}
        and (c.warehouse_id is null or c.warehouse_id = any(array(select pair.warehouse_id from (${pairs}) pair)))`,
  )
  const layers = statement(
    `layers_${name}`,
    { productId: 'uuid', warehouseId: 'uuid', seq: 'bigint', quantity: 'numeric', value: 'numeric' },
    (p: ReaderParams) => sql`
      select y.product_id, y.warehouse_id, y.seq, y.quantity_left as quantity, y.value_left as value from (${pairs}) pair join stock_layers y on ${at('y')}
      where y.company_id = ${p.companyId} and y.quantity_left > 0
      order by y.seq`,
  )
  return {
    collect,
    ensure,
    lock,
    products: productRows,
    demands,
    holds,
    balances,
    lots,
    places,
    layers,
    goods: options.goods,
    comeIn: options.comeIn ?? false,
  }
}

export type StockReader = ReturnType<typeof stockReader>

/**
 * Locks the levels of a document and reads what stands on them, in one burst. Send the locks of the
 * documents themselves before: the order is documents, then levels, then the number series.
 */
export function loadStock(
  tx: Transaction,
  ctx: Context,
  reader: StockReader,
  id: string,
): Promise<StockState> {
  return load(tx, ctx, reader, { companyId: ctx.company.id, id, now: ctx.now, levels: '[]' })
}

const levelsReader = stockReader('levels', {
  pairs: (p) =>
    sql`select d.product_id, d.warehouse_id from json_to_recordset(${p.levels}::json) as d(product_id uuid, warehouse_id uuid)`,
  lines: () => sql`select null::uuid where false`,
  waiting: true,
  goods: false,
})

/** Locks these levels and reads what is promised on them, for work that no single document is the cause of. */
export function loadLevels(
  tx: Transaction,
  ctx: Context,
  levels: readonly { readonly productId: string; readonly warehouseId: string }[],
): Promise<StockState> {
  return load(tx, ctx, levelsReader, {
    companyId: ctx.company.id,
    id: ctx.company.id,
    now: ctx.now,
    levels: rowsParameter(levels),
  })
}

/**
 * While we waited for the levels, a transfer took a hold along to a warehouse whose level we did not lock.
 * The transaction is tried again, as after any serialisation failure.
 */
class MovedMeanwhile extends Error {
  readonly code = '40001'
  constructor() {
    super('what is held was moved to another warehouse meanwhile')
  }
}

async function load(
  tx: Transaction,
  ctx: Context,
  reader: StockReader,
  p: ReaderParams,
): Promise<StockState> {
  tx.write(reader.collect, p)
  // Almost always all levels are there. Where one turns out to be missing, the operation is tried again.
  if (tx.attempt > 1) tx.write(reader.ensure, p)
  const [levels, products, demands, goods, places] = await Promise.all([
    tx.all(reader.lock, p),
    tx.all(reader.products, p),
    tx.all(reader.demands, p),
    reader.goods ? tx.all(reader.balances, p) : [],
    reader.goods ? tx.all(reader.places, p) : [],
  ])
  const locked = new Set(levels.map((level) => levelKey(level.productId, level.warehouseId)))
  if (demands.some((demand) => !locked.has(levelKey(demand.productId, demand.warehouseId)))) {
    throw new MovedMeanwhile()
  }
  const stocked = products.map((product) => ({
    ...product,
    tracking: product.tracking as 'none' | 'lot' | 'serial',
    valuation: product.valuation as 'average' | 'fifo',
  }))
  // Most goods are neither tracked nor FIFO; only for those that are, a second burst, under the same locks.
  const tracked = products.some((product) => product.tracking !== 'none')
  const fifo = reader.goods && products.some((product) => product.valuation === 'fifo')
  const [lotHolds, lots, balances, locations, layers, shortages] = await Promise.all([
    tracked ? tx.all(reader.holds, p) : [],
    tracked ? tx.all(reader.lots, p) : [],
    tracked && !reader.goods ? tx.all(reader.balances, p) : goods,
    tracked && !reader.goods ? tx.all(reader.places, p) : places,
    fifo ? tx.all(reader.layers, p) : [],
    reader.comeIn ? shortagesOf(tx, ctx, levels, stocked) : [],
  ])
  return new StockState(ctx, {
    levels,
    products: stocked,
    demands: demands as Demand[],
    lotHolds: lotHolds as LotHold[],
    locations: locations as Location[],
    balances,
    lots,
    layers,
    shortages,
  })
}
