import {
  choosePrices,
  findAllTaxes,
  findProducts,
  inMode,
  modeOfNewDocument,
  taxPercentOf,
} from '../../catalogue/index.ts'
import type { Context } from '../../kernel/context.ts'
import { addDays } from '../../kernel/dates.ts'
import { decimal, zero } from '../../kernel/decimal.ts'
import { Problem, ruleBroken } from '../../kernel/problem.ts'
import { dynamic, rowsParameter, sql, statement } from '../../kernel/sql.ts'
import { type ReadBack, type Transaction, readBack } from '../../kernel/transaction.ts'
import { type OrderOut, createOrder } from '../../orders/index.ts'
import { findParty } from '../../parties/index.ts'
import { selectLastPrices } from '../../stock/index.ts'
import { outlookOf } from './list-proposals.ts'
import {
  type Projected,
  projectedColumns,
  projectedFields,
  projection,
  readProjection,
} from './projection.ts'
import type { ProposalsToOrder } from './schema.ts'

type Line = ProposalsToOrder['lines'][number]

/** Whoever orders a proposal holds its level until the order is there: two never see the same one open. */
const lockLevels = statement(
  'lock_reorder_levels_to_order',
  { productId: 'uuid', warehouseId: 'uuid' },
  (p: { companyId: string; rows: readonly object[] }) => sql`
    select r.product_id, r.warehouse_id
    from json_to_recordset(${rowsParameter(p.rows)}::json) as asked(product_id uuid, warehouse_id uuid)
    join reorder_levels r on r.company_id = ${p.companyId} and r.product_id = asked.product_id and r.warehouse_id = asked.warehouse_id
    order by r.product_id, r.warehouse_id for no key update of r`,
)

/**
 * Makes draft purchase orders from proposals, one for each vendor and warehouse. The proposals are computed once
 * more under the lock of their levels, where the draft of whoever was faster counts already.
 * @throws 409 when less is needed by now than the proposal said.
 */
export async function orderProposals(
  tx: Transaction,
  ctx: Context,
  input: ProposalsToOrder,
): Promise<ReadBack<{ orders: OrderOut[] }>> {
  refuseTwice(input.lines)
  const asked = input.lines.map(({ productId, warehouseId }) => ({ productId, warehouseId }))
  await tx.all(lockLevels, { companyId: ctx.company.id, rows: asked })
  const only = sql`and (r.product_id, r.warehouse_id) in (select a.product_id, a.warehouse_id
    from json_to_recordset(${rowsParameter(asked)}::json) as a(product_id uuid, warehouse_id uuid))`
  const rows = await readProjection(
    tx,
    dynamic(projectedColumns, sql`select ${projectedFields} from ${projection(ctx, outlookOf(input), only)}`),
  )
  const now = new Map(rows.map((row) => [keyOf(row), row]))
  refuseChanged(input.lines, now)
  const groups = new Map<string, { line: Line; index: number; proposal: Projected }[]>()
  for (const [index, line] of input.lines.entries()) {
    const key = `${line.vendorId} ${line.warehouseId}`
    groups.set(key, [...(groups.get(key) ?? []), { line, index, proposal: now.get(keyOf(line))! }])
  }
  const made: ReadBack<OrderOut>[] = []
  // One after the other: all of them speak to the database by this transaction.
  for (const group of groups.values()) {
    const { vendorId, warehouseId } = group[0]!.line
    const prices = await pricesOf(tx, ctx, vendorId, group)
    const dates = group.map(({ proposal }) => addDays(ctx.today, proposal.leadTimeDays))
    try {
      made.push(
        await createOrder(tx, ctx, 'purchase-order', {
          partyId: vendorId,
          warehouseId,
          expectedDate: dates.toSorted().at(-1)!,
          lines: group.map(({ line }, i) => ({
            productId: line.productId,
            quantity: line.quantity,
            expectedDate: dates[i]!,
            ...prices[i],
          })),
        }),
      )
    } catch (error) {
      throw pointedAt(
        error,
        group.map(({ index }) => index),
      )
    }
  }
  return readBack(async () => ({ orders: await Promise.all(made.map((each) => each.run())) }))
}

const keyOf = (of: { readonly productId: string; readonly warehouseId: string }): string =>
  `${of.productId} ${of.warehouseId}`

function refuseTwice(lines: readonly Line[]): void {
  const seen = new Set<string>()
  for (const [i, line] of lines.entries()) {
    if (seen.has(keyOf(line)))
      throw ruleBroken(
        'named-twice',
        `/lines/${i}/productId`,
        'This product is named twice for this warehouse. Order it in one line.',
      )
    seen.add(keyOf(line))
    if (!decimal(line.quantity).gt(zero))
      throw ruleBroken('no-quantity', `/lines/${i}/quantity`, 'Enter a quantity above zero.')
  }
}

/** @throws 422 where there is no level, 409 where less is needed than the proposal said and than is to be ordered. */
function refuseChanged(lines: readonly Line[], now: ReadonlyMap<string, Projected>): void {
  const changed: { pointer: string; message: string }[] = []
  for (const [i, line] of lines.entries()) {
    const found = now.get(keyOf(line))
    if (found === undefined)
      throw ruleBroken(
        'no-reorder-level',
        `/lines/${i}/productId`,
        'This product has no reorder level in this warehouse, or is archived. Set one, or make a purchase order by hand.',
      )
    const less = found.quantity.lt(line.proposed) && found.quantity.lt(line.quantity)
    if (!less) continue
    const message = found.quantity.gt(zero)
      ? `Of ${found.sku} only ${found.quantity.toFixed()} are needed by now, not ${line.proposed}: somebody ordered it meanwhile, or goods have come.`
      : `${found.sku} is not needed any more: somebody ordered it meanwhile, or goods have come.`
    changed.push({ pointer: `/lines/${i}/quantity`, message })
  }
  const [first] = changed
  if (!first) return
  const more = changed.length > 1 ? ` (and ${changed.length - 1} more)` : ''
  throw new Problem(
    409,
    'proposal-changed',
    `${first.message}${more} Nothing was ordered. Look at the proposals again.`,
    { errors: changed },
  )
}

interface Price {
  readonly unitPrice: string
  readonly discountPercent?: string
}

/**
 * The price of each line where the order would find none: as entered, or what the vendor was paid last in the
 * order's currency, less the discount given then, with or without tax as the new order's prices are. Undefined: the
 * order chooses it as always.
 */
async function pricesOf(
  tx: Transaction,
  ctx: Context,
  partyId: string,
  group: readonly { line: Line; proposal: Projected }[],
): Promise<(Price | undefined)[]> {
  const companyId = ctx.company.id
  const productIds = group.map(({ line }) => line.productId)
  const party = await findParty(tx, companyId, partyId)
  const order = {
    side: 'purchase',
    currency: party?.currency ?? ctx.company.currency,
    date: ctx.today,
  } as const
  const lines = group.map(({ line, proposal }) => ({
    productId: line.productId,
    unit: proposal.unit,
    quantity: decimal(line.quantity),
  }))
  const [choices, paid, withTax, products, taxes] = await Promise.all([
    choosePrices(tx, ctx, { ...order, partyId, lines }),
    tx.all(selectLastPrices, { companyId, partyId, side: order.side, productIds }),
    modeOfNewDocument(tx, ctx, { ...order, books: [party?.priceBookId ?? null] }),
    findProducts(tx, companyId, productIds),
    findAllTaxes(tx, companyId),
  ])
  return group.map(({ line, proposal }, i) => {
    if (line.unitPrice !== undefined) return { unitPrice: line.unitPrice }
    if (choices[i]!.price !== null) return undefined
    const last = paid.find(
      (each) =>
        each.productId === line.productId && each.currency === order.currency && each.unit === proposal.unit,
    )
    if (last === undefined) return undefined
    const percent = taxPercentOf(products.get(line.productId)!.purchaseTaxIds, taxes)
    return {
      unitPrice: inMode(last.price, last.pricesIncludeTax, withTax, percent).toFixed(),
      discountPercent: last.discountPercent.toFixed(),
    }
  })
}

/** What an order refuses, at the line of the request that it is about. */
function pointedAt(error: unknown, indices: readonly number[]): unknown {
  if (!(error instanceof Problem)) return error
  const errors = error.errors.map(({ pointer, message }) => ({
    message,
    pointer:
      pointer === '/partyId'
        ? `/lines/${indices[0]}/vendorId`
        : pointer.replace(/^\/lines\/(\d+)/, (_, i: string) => `/lines/${indices[Number(i)]}`),
  }))
  return new Problem(error.status, error.code, error.message, { errors, facts: error.facts })
}
