import { inUnit } from '../catalogue/index.ts'
import type { Context } from '../kernel/context.ts'
import { type Decimal, decimal, hundred, one, round, sum, zero } from '../kernel/decimal.ts'
import { smallestUnit } from '../kernel/money.ts'
import { type Row, sql, statement } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { whatStayed } from '../orders/index.ts'
import type { MatchDifference } from './schemas.ts'

interface Bills {
  readonly companyId: string
  readonly ids: readonly string[]
}

const threeWays = {
  billId: 'uuid',
  lineId: 'uuid',
  orderLineId: 'uuid',
  sku: 'text?',
  description: 'text',
  numerator: 'bigint',
  denominator: 'bigint',
  unit: 'text',
  stocked: 'bool',
  baseQuantity: 'numeric',
  net: 'numeric',
  minorDigits: 'int',
  ordered: 'numeric',
  orderedNet: 'numeric',
  cancelled: 'numeric',
  shipped: 'numeric',
  rejected: 'numeric',
  back: 'numeric',
  billed: 'numeric',
  posted: 'bool',
} as const

const selectThreeWays = statement(
  'select_three_ways',
  threeWays,
  (p: Bills) => sql`
    select i.id as bill_id, l.id as line_id, ol.id as order_line_id, l.sku, l.description, ol.numerator, ol.denominator, ol.unit, ol.stocked, l.base_quantity, l.net,
      i.minor_digits::int, ol.base_quantity as ordered, ol.net as ordered_net, ol.cancelled, ol.shipped, ol.rejected, ol.returned + ol.returned_replace as back,
      ol.invoiced - ol.credited as billed, i.state = 'posted' as posted
    from invoices i join invoice_lines l on l.company_id = i.company_id and l.invoice_id = i.id and l.type = 'item'
    join order_lines ol on ol.company_id = l.company_id and ol.id = l.order_line_id
    where i.company_id = ${p.companyId} and i.id = any(${p.ids}::uuid[])
    order by l.position`,
)

const received = {
  billId: 'uuid',
  lineId: 'uuid',
  goodsId: 'uuid',
  sku: 'text',
  numerator: 'bigint',
  denominator: 'bigint',
  baseQuantity: 'numeric',
  shipped: 'numeric',
  rejected: 'numeric',
  back: 'numeric',
  billed: 'numeric',
  posted: 'bool',
} as const

/** Goods that were received without an order: matched two ways, there is no order to compare with. */
const selectReceived = statement(
  'select_received_without_order',
  received,
  (p: Bills) => sql`
    select i.id as bill_id, l.id as line_id, g.id as goods_id, g.sku, g.numerator, g.denominator, l.base_quantity,
      g.base_quantity + g.rejected_base_quantity as shipped, g.rejected_base_quantity as rejected, g.returned as back,
      coalesce((select sum(x.base_quantity - x.credited) from invoice_lines x join invoices j on j.company_id = x.company_id and j.id = x.invoice_id
        where x.company_id = l.company_id and x.shipment_line_id = g.id and j.kind = 'bill' and j.state = 'posted'), 0) as billed,
      i.state = 'posted' as posted
    from invoices i join invoice_lines l on l.company_id = i.company_id and l.invoice_id = i.id and l.type = 'item' and l.order_line_id is null
    join shipment_lines g on g.company_id = l.company_id and g.id = l.shipment_line_id
    where i.company_id = ${p.companyId} and i.id = any(${p.ids}::uuid[]) and i.kind = 'bill'
    order by l.position`,
)

const twins = { billId: 'uuid', number: 'text?', reference: 'text?' } as const

// The same vendor's document entered twice would be paid twice.
const selectTwins = statement(
  'select_bill_twins',
  twins,
  (p: Bills) => sql`
    select i.id as bill_id, t.number, t.reference from invoices i cross join lateral (
      select t.number, t.reference from invoices t
      where t.company_id = i.company_id and t.kind = 'bill' and t.party_id = i.party_id and t.reference = i.reference
        and t.id <> i.id and t.state = 'posted' limit 1) t
    where i.company_id = ${p.companyId} and i.id = any(${p.ids}::uuid[]) and i.kind = 'bill'`,
)

/**
 * Three-way match of a bill: what was ordered, what was received and stayed, what is billed. Differences
 * beyond the company's tolerance are listed and need a decision; none is accepted silently.
 * A posted bill is matched as it stood: the counters contain it already.
 */
export async function findDifferences(tx: Transaction, ctx: Context, id: string): Promise<MatchDifference[]> {
  return (await findDifferencesOfBills(tx, ctx, [id])).get(id)!
}

/** The same of many bills at once, by their ids. */
export async function findDifferencesOfBills(
  tx: Transaction,
  ctx: Context,
  ids: readonly string[],
): Promise<ReadonlyMap<string, MatchDifference[]>> {
  const p = { companyId: ctx.company.id, ids }
  const [lines, alone, alike] = await Promise.all([
    tx.all(selectThreeWays, p),
    tx.all(selectReceived, p),
    tx.all(selectTwins, p),
  ])
  const linesOf = Map.groupBy(lines, ({ billId }) => billId)
  const aloneOf = Map.groupBy(alone, ({ billId }) => billId)
  const twinOf = new Map(alike.map((twin) => [twin.billId, twin]))
  return new Map(
    ids.map((id) => [id, differencesOf(ctx, linesOf.get(id) ?? [], aloneOf.get(id) ?? [], twinOf.get(id))]),
  )
}

/** How a bill stands: what differs needs a decision. */
export function matchStatus(
  differences: readonly MatchDifference[],
  decision: unknown,
): 'matches' | 'differs' | 'accepted' {
  if (differences.length === 0) return 'matches'
  return decision === null ? 'differs' : 'accepted'
}

function differencesOf(
  ctx: Context,
  lines: readonly Row<typeof threeWays>[],
  alone: readonly Row<typeof received>[],
  twin: Row<typeof twins> | undefined,
): MatchDifference[] {
  const differences: MatchDifference[] = []
  const { matchPriceTolerancePercent, matchQuantityTolerancePercent } = ctx.company
  const seen = new Set<string>()
  for (const line of lines) {
    const what = line.sku ?? line.description
    const own = sum(lines.filter((l) => l.orderLineId === line.orderLineId).map((l) => l.baseQuantity))
    const billed = line.posted ? line.billed : line.billed.plus(own)
    const received = line.stocked ? whatStayed(line) : line.ordered.minus(line.cancelled)
    if (
      !seen.has(line.orderLineId) &&
      billed.gt(received.times(one.plus(matchQuantityTolerancePercent.div(hundred))))
    ) {
      const unit = (base: Decimal): Decimal => inUnit(base, line)
      differences.push({
        lineId: line.lineId,
        field: 'quantity',
        ordered: unit(line.ordered),
        received: unit(received),
        billed: unit(billed),
        message: `${what}: ${unit(billed).toFixed()} billed, ${unit(received).toFixed()} received and kept (${unit(line.ordered).toFixed()} ordered).`,
      })
    }
    seen.add(line.orderLineId)
    const price = difference(line, matchPriceTolerancePercent)
    if (price)
      differences.push({
        lineId: line.lineId,
        ...price,
        message: `${what}: billed at ${price.billed.toFixed()}, ordered at ${price.ordered.toFixed()}.`,
      })
  }
  const most = one.plus(matchQuantityTolerancePercent.div(hundred))
  for (const [i, line] of alone.entries()) {
    if (alone.findIndex((l) => l.goodsId === line.goodsId) < i) continue
    const own = sum(alone.filter((l) => l.goodsId === line.goodsId).map((l) => l.baseQuantity))
    const billed = line.posted ? line.billed : line.billed.plus(own)
    const received = whatStayed(line)
    if (billed.lte(received.times(most))) continue
    const unit = (base: Decimal): Decimal => inUnit(base, line)
    differences.push({
      lineId: line.lineId,
      field: 'quantity',
      ordered: null,
      received: unit(received),
      billed: unit(billed),
      message: `${line.sku}: ${unit(billed).toFixed()} billed, ${unit(received).toFixed()} received and kept.`,
    })
  }
  if (twin) {
    differences.push({
      lineId: null,
      field: 'reference',
      ordered: null,
      received: null,
      billed: null,
      message: `${twin.number} of this vendor has the same document number ${twin.reference}.`,
    })
  }
  return differences
}

/** Net price of one unit on the order and on the bill, where they differ by more than the tolerance. */
function difference(
  line: {
    baseQuantity: Decimal
    net: Decimal
    minorDigits: number
    ordered: Decimal
    orderedNet: Decimal
    numerator: number
    denominator: number
  },
  tolerance: Decimal,
) {
  if (line.baseQuantity.eq(zero)) return null
  const factor = decimal(line.numerator).div(decimal(line.denominator))
  // What rounding of the line's amount alone can explain is no difference.
  const expected = line.orderedNet.times(line.baseQuantity).div(line.ordered)
  const off = line.net.minus(expected).abs()
  if (off.lte(smallestUnit(line.minorDigits)) || off.lte(expected.abs().times(tolerance).div(hundred)))
    return null
  return {
    field: 'price' as const,
    ordered: round(line.orderedNet.times(factor).div(line.ordered), 6),
    received: null,
    billed: round(line.net.times(factor).div(line.baseQuantity), 6),
  }
}
