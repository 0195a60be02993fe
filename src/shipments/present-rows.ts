import type { Context } from '../kernel/context.ts'
import { type Decimal, zero } from '../kernel/decimal.ts'
import { sql, statement } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { type AnyKind, type ShipmentKind, countedAs, permissionFor } from '../kinds.ts'
import { findInvoicedThroughOrder } from './invoiced-through-order.ts'
import { isInTransit, isToCredit, isToInvoice, presentShipmentHead } from './present-shipment.ts'
import { type ShipmentRow, selectOrderLinesOfShipments, selectValuesOfAdjustments } from './records.ts'
import type { ShipmentListItem } from './schemas.ts'

interface Page {
  readonly companyId: string
  readonly ids: readonly string[]
}

const selectSources = statement(
  'select_sources_of_shipments',
  { id: 'uuid', kind: 'text', number: 'text?' },
  (p: Page) => sql`
    select s.id, coalesce(f.kind, o.kind) as kind, coalesce(f.number, o.number) as number
    from shipments s left join shipments f on f.company_id = s.company_id and f.id = s.source_shipment_id
    left join orders o on o.company_id = s.company_id and o.id = s.order_id
    where s.company_id = ${p.companyId} and s.id = any(${p.ids}::uuid[]) and coalesce(f.kind, o.kind) is not null`,
)

const selectLines = statement(
  'select_lines_of_shipments',
  {
    id: 'uuid',
    shipmentId: 'uuid',
    orderLineId: 'uuid?',
    reason: 'text?',
    disposition: 'text?',
    baseQuantity: 'numeric',
    rejectedBaseQuantity: 'numeric',
    returned: 'numeric',
    invoiced: 'numeric',
    received: 'numeric',
  },
  (p: Page) => sql`
    select l.id, l.shipment_id, l.order_line_id, l.reason, l.disposition, l.base_quantity, l.rejected_base_quantity,
      l.returned, l.invoiced, l.received
    from shipment_lines l where l.company_id = ${p.companyId} and l.shipment_id = any(${p.ids}::uuid[])
    order by l.shipment_id, l.position`,
)

const nothing: ReadonlyMap<string, Decimal> = new Map()

/** Shipments as a list answers them, with what their lines tell: asked for the whole page at once. */
export async function presentRows(
  tx: Transaction,
  ctx: Context,
  kind: ShipmentKind,
  rows: readonly ShipmentRow[],
): Promise<ShipmentListItem[]> {
  if (rows.length === 0) return []
  const p = { companyId: ctx.company.id, ids: rows.map(({ id }) => id) }
  const counted = countedAs(kind)
  const [lines, sources, throughOrder, orderLines, values] = await Promise.all([
    tx.all(selectLines, p),
    counted === null ? [] : tx.all(selectSources, p),
    kind === 'delivery-note' ? findInvoicedThroughOrder(tx, p.companyId, p.ids) : nothing,
    counted === 'returned' ? tx.all(selectOrderLinesOfShipments, p) : [],
    // What goods cost is not the customer's business.
    kind === 'stock-adjustment' && ctx.partyId === null ? tx.all(selectValuesOfAdjustments, p) : [],
  ])
  const linesOf = Map.groupBy(lines, ({ shipmentId }) => shipmentId)
  const sourceOf = new Map(sources.map((source) => [source.id, source]))
  const valueOf = new Map(values.map(({ shipmentId, value }) => [shipmentId, value]))
  return rows.map((row) => {
    const own = linesOf.get(row.id) ?? []
    const posted = row.state === 'posted'
    const source = sourceOf.get(row.id)
    const readable =
      source !== undefined && ctx.permissions.has(permissionFor(source.kind as AnyKind, 'read'))
    const steps = own.map((line) => {
      if (counted === 'returned') return { done: line.invoiced.gt(zero), open: isToCredit(line, orderLines) }
      const invoiced = line.invoiced.plus(throughOrder.get(line.id) ?? zero)
      return { done: invoiced.gt(zero), open: isToInvoice(line, invoiced) }
    })
    return {
      ...presentShipmentHead({ ...row, inTransit: isInTransit(row, own) }),
      sourceNumber: readable ? source.number : null,
      lineCount: own.length,
      reasons: distinct([row.reason, ...own.map((line) => line.reason)]),
      dispositions: distinct(own.map((line) => line.disposition)) as ShipmentListItem['dispositions'],
      invoicing: posted && counted !== null ? inAll(steps) : null,
      acceptedLines: own.filter((line) => !line.baseQuantity.eq(zero)).length,
      rejectedLines: own.filter((line) => line.rejectedBaseQuantity.gt(zero)).length,
      ...arrivals(posted && kind === 'stock-transfer' ? own : null, row.viaTransit),
      value: posted && kind === 'stock-adjustment' ? (valueOf.get(row.id) ?? zero) : null,
    }
  })
}

/** Of what lines are to be invoiced or credited for: whether nothing is, a part, or all; null: they are for nothing. */
function inAll(lines: readonly { readonly done: boolean; readonly open: boolean }[]) {
  const some = lines.some(({ done }) => done)
  if (lines.some(({ open }) => open)) return some ? 'partial' : 'none'
  return some ? 'full' : null
}

/** @param lines of a posted transfer; null: there is none */
function arrivals(
  lines: readonly { readonly baseQuantity: Decimal; readonly received: Decimal }[] | null,
  viaTransit: boolean,
): Pick<ShipmentListItem, 'arrivedLines' | 'differingLines'> {
  if (lines === null) return { arrivedLines: null, differingLines: null }
  // In one step all goods arrive as they are sent.
  const short = viaTransit ? lines.filter((line) => line.received.lt(line.baseQuantity)).length : 0
  const begun = !viaTransit || lines.some((line) => line.received.gt(zero))
  return { arrivedLines: lines.length - short, differingLines: begun ? short : null }
}

function distinct(texts: readonly (string | null)[]): string[] {
  return [...new Set(texts.filter((text) => text !== null && text !== ''))] as string[]
}
