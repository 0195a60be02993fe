import {
  type Product,
  choosePrices,
  findAllTaxes,
  findDefaultWarehouse,
  findProducts,
  findWarehouse,
  taxPercentOf,
  modeOfNewDocument,
  toBase,
  unitOf,
} from '../../catalogue/index.ts'
import type { Context } from '../../kernel/context.ts'
import { type Decimal, decimal, max, one, zero } from '../../kernel/decimal.ts'
import { newId } from '../../kernel/ids.ts'
import { ruleBroken } from '../../kernel/problem.ts'
import { rowsParameter, sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { findParty } from '../../parties/index.ts'
import { type AsOf, type LiveLevel, joinLive, liveColumns, liveFigures } from '../levels/live-levels.ts'
import { type PromiseParams, promised } from '../promise-dates/promised.ts'
import { type LastPrice, selectLastPrices } from './last-prices.ts'
import type { AvailabilityQuestion } from './schema.ts'

const selectLevels = statement(
  'live_levels_of_products',
  { productId: 'uuid', ...liveColumns },
  (p: AsOf & { companyId: string; warehouseId: string | null; productIds: readonly string[] }) => sql`
    select l.product_id, ${liveFigures}
    from stock_levels l join products p on p.company_id = l.company_id and p.id = l.product_id
    ${joinLive(p)}
    where l.company_id = ${p.companyId} and l.product_id = any(${p.productIds}::uuid[])
      and l.warehouse_id = coalesce(${p.warehouseId}::uuid, (
        select w.id from warehouses w where w.company_id = ${p.companyId} and not w.archived order by w.id limit 1))`,
)

const selectPromiseDates = statement(
  'select_promise_dates_of_lines',
  { lineId: 'uuid', availableOn: 'date?' },
  (p: PromiseParams & { warehouseId: string; dueOn: string; rows: readonly object[] }) =>
    promised(
      p,
      sql`select a.line_id, a.product_id, ${p.warehouseId}::uuid as warehouse_id, 0 as priority, ${p.dueOn}::date as due_on,
        ${p.now}::timestamptz as created_at, a.lacking, 0 as position, true as fresh
        from json_to_recordset(${rowsParameter(p.rows)}::json) as a(line_id uuid, product_id uuid, lacking numeric)`,
      sql`q.line_id`,
    ),
)

/** The live figures of products in one warehouse (null: the default one); products that never moved are missing. */
export async function findLevels(
  tx: Transaction,
  ctx: Context,
  warehouseId: string | null,
  productIds: readonly string[],
): Promise<Map<string, LiveLevel>> {
  const { now, today } = ctx
  const rows = await tx.all(selectLevels, { companyId: ctx.company.id, warehouseId, productIds, now, today })
  return new Map(rows.map(({ productId, ...level }) => [productId, level]))
}

/** Price and availability of many lines at once, as the line grid of a document asks for them: two round trips. */
export async function findAvailability(tx: Transaction, ctx: Context, question: AvailabilityQuestion) {
  const companyId = ctx.company.id
  const { warehouseId, partyId } = question
  const ids = [...new Set(question.lines.map((line) => line.productId))]
  const [products, warehouse, party, levels, taxes] = await Promise.all([
    findProducts(tx, companyId, ids),
    warehouseId === undefined
      ? findDefaultWarehouse(tx, companyId)
      : findWarehouse(tx, companyId, warehouseId),
    partyId === undefined ? null : findParty(tx, companyId, partyId),
    findLevels(tx, ctx, warehouseId ?? null, ids),
    findAllTaxes(tx, companyId),
  ])
  if (!warehouse) throw ruleBroken('unknown-warehouse', '/warehouseId', 'This warehouse does not exist.')
  if (partyId !== undefined && !party)
    throw ruleBroken('unknown-party', '/partyId', 'This party does not exist.')
  const lines = question.lines.map((line, i) => measured(line, products.get(line.productId), `/lines/${i}`))
  const currency = question.currency ?? party?.currency ?? ctx.company.currency
  const side = question.side ?? 'sales'
  const date = question.date ?? ctx.today
  const priceBookId = question.priceBookId ?? null
  const books = [priceBookId, party?.priceBookId ?? null]
  const pricesIncludeTax =
    question.pricesIncludeTax ?? (await modeOfNewDocument(tx, ctx, { side, currency, date, books }))
  const lastPrices =
    partyId === undefined
      ? Promise.resolve([])
      : tx.all(selectLastPrices, { companyId, partyId, side, productIds: ids })
  const choosing = choosePrices(tx, ctx, {
    side,
    partyId: partyId ?? null,
    currency,
    date,
    priceBookId,
    pricesIncludeTax,
    lines: lines.map(({ product, unit, quantity }, i) => {
      const own = side === 'sales' ? product.taxIds : product.purchaseTaxIds
      const taxIds = question.lines[i]!.taxIds ?? own
      return { productId: product.id, unit, quantity, taxPercent: taxPercentOf(taxIds, taxes) }
    }),
  })
  const asked = lines.map(({ product, baseQuantity }) => ({
    lineId: newId(),
    productId: product.id,
    lacking: product.type === 'service' ? zero : baseQuantity,
  }))
  const { now, today } = ctx
  const promising = tx.all(selectPromiseDates, {
    companyId,
    warehouseId: warehouse.id,
    dueOn: date,
    now,
    today,
    rows: asked,
  })
  const [prices, paid, days] = await Promise.all([choosing, lastPrices, promising])
  const availableOn = new Map(days.map((day) => [day.lineId, day.availableOn]))
  const last = new Map(paid.map((each) => [each.productId, each]))
  return {
    warehouseId: warehouse.id,
    currency,
    pricesIncludeTax,
    lines: lines.map(({ product, unit, quantity, baseQuantity }, i) => ({
      productId: product.id,
      sku: product.sku,
      unit,
      quantity,
      baseUnit: product.unit,
      baseQuantity,
      ...figures(product, levels.get(product.id), baseQuantity),
      availableOn: product.type === 'service' ? null : (availableOn.get(asked[i]!.lineId) ?? null),
      price: prices[i]!,
      lastPrice: lastPrice(last.get(product.id)),
    })),
  }
}

function measured(
  line: AvailabilityQuestion['lines'][number],
  product: Product | undefined,
  pointer: string,
): { product: Product; unit: string; quantity: Decimal; baseQuantity: Decimal } {
  if (!product) throw ruleBroken('unknown-product', `${pointer}/productId`, 'This product does not exist.')
  const unit = unitOf(product, line.unit ?? null, `${pointer}/unit`)
  const quantity = line.quantity === undefined ? one : decimal(line.quantity)
  return { product, unit: unit.unit, quantity, baseQuantity: toBase(quantity, unit, `${pointer}/quantity`) }
}

function lastPrice(found: LastPrice | undefined) {
  if (found === undefined) return null
  const { productId: _, ...price } = found
  return price
}

/** A service is always there and never in stock. */
function figures(product: Product, level: LiveLevel | undefined, wanted: Decimal) {
  if (product.type === 'service') {
    return { onHand: null, available: null, incoming: null, forecast: null, short: zero }
  }
  const available = level?.available ?? zero
  return {
    onHand: level?.onHand ?? zero,
    available,
    incoming: level?.incoming ?? zero,
    forecast: level?.forecast ?? zero,
    short: max(wanted.minus(max(available, zero)), zero),
  }
}
