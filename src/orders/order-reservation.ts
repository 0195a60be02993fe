import { Type } from 'typebox'
import { fromBase, inUnit, toBase } from '../catalogue/index.ts'
import { type AnyRoute, route } from '../http/route.ts'
import { Id, IdParams, PositiveDecimalText, type Static, object, optional } from '../http/schemas.ts'
import type { Context } from '../kernel/context.ts'
import { type Decimal, decimal, zero } from '../kernel/decimal.ts'
import { conflict, ruleBroken } from '../kernel/problem.ts'
import { sql, statement } from '../kernel/sql.ts'
import type { ReadBack, Transaction } from '../kernel/transaction.ts'
import { permissionFor } from '../kinds.ts'
import { type ReservationLineRow, openOf, requireActiveReservation, reservation } from '../stock/index.ts'
import { createOrder } from './create-order.ts'
import { LineInput, OrderChange, type OrderInput, OrderOut } from './schemas.ts'

const { partyId: _party, warehouseId: _warehouse, lines: _lines, ...headFields } = OrderChange.properties
const { productId: _product, unit: _unit, quantity: _quantity, ...lineFields } = LineInput.properties

/** An empty body orders all that is reserved; prices are those that apply, unless a line says otherwise. */
const OrderOfReservation = object({
  ...headFields,
  lines: optional(
    Type.Array(
      object({
        sourceLineId: Id,
        quantity: optional(
          Type.Unsafe<string>({
            ...PositiveDecimalText,
            description: 'In the unit of the reservation line. Left out: all that is left of it.',
          }),
        ),
        ...lineFields,
      }),
      { minItems: 1, maxItems: 2000 },
    ),
  ),
})
type OrderOfReservation = Static<typeof OrderOfReservation>

const selectDrafted = statement(
  'reservation_lines_on_drafts',
  { lineId: 'uuid?', quantity: 'numeric' },
  (p: { companyId: string; id: string }) => sql`
    select l.reservation_line_id as line_id, sum(l.base_quantity) as quantity
    from orders o join order_lines l on l.company_id = o.company_id and l.order_id = o.id
    where o.company_id = ${p.companyId} and o.reservation_id = ${p.id} and o.state = 'draft'
      and l.reservation_line_id is not null
    group by l.reservation_line_id`,
)

interface Taken {
  readonly line: ReservationLineRow
  readonly quantity: Decimal
  readonly more: Omit<NonNullable<OrderOfReservation['lines']>[number], 'sourceLineId' | 'quantity'>
}

/**
 * Makes a draft sales order from a reservation. The reservation keeps holding the goods; the order takes
 * the hold over when it is confirmed.
 */
async function orderReservation(
  tx: Transaction,
  ctx: Context,
  id: string,
  input: OrderOfReservation,
): Promise<ReadBack<OrderOut>> {
  const { row, lines } = await requireActiveReservation(tx, ctx, id)
  const drafted = await tx.all(selectDrafted, { companyId: ctx.company.id, id })
  const left = new Map(
    lines.map((line) => {
      const onDrafts = drafted.find((d) => d.lineId === line.id)?.quantity ?? zero
      return [line.id, openOf(line).minus(onDrafts)]
    }),
  )
  const taken = input.lines ? partsOf(input.lines, lines, left) : allOf(lines, left)
  if (taken.length === 0) {
    throw conflict(
      'nothing-left',
      'All of this reservation stands on a draft order already. Confirm that one, or delete it first.',
    )
  }
  const { lines: _, reference = row.reference, ...head } = input
  const order: OrderInput = {
    ...head,
    reference,
    partyId: row.partyId,
    warehouseId: row.warehouseId,
    lines: taken.map(lineOf),
  }
  return createOrder(tx, ctx, 'sales-order', order, {
    reservationId: id,
    lineIds: taken.map(({ line }) => line.id),
  })
}

function allOf(lines: readonly ReservationLineRow[], left: ReadonlyMap<string, Decimal>): Taken[] {
  return lines
    .map((line) => ({ line, quantity: left.get(line.id)!, more: {} }))
    .filter(({ quantity }) => quantity.gt(zero))
}

function partsOf(
  entries: NonNullable<OrderOfReservation['lines']>,
  lines: readonly ReservationLineRow[],
  left: Map<string, Decimal>,
): Taken[] {
  return entries.map(({ sourceLineId, quantity: asked, ...more }, i) => {
    const line = lines.find((candidate) => candidate.id === sourceLineId)
    if (!line) {
      throw ruleBroken('unknown-line', `/lines/${i}/sourceLineId`, 'This reservation has no such line.')
    }
    const most = left.get(line.id)!
    const quantity = asked === undefined ? most : toBase(decimal(asked), line, `/lines/${i}/quantity`)
    if (quantity.gt(most)) {
      throw conflict(
        'over-quantity',
        `At most ${inUnit(most, line).toFixed()} ${line.unit} of ${line.sku} are left of this reservation. Order more on a line of its own.`,
        { limit: most.toFixed() },
      )
    }
    left.set(line.id, most.minus(quantity))
    return { line, quantity, more }
  })
}

/** In the unit of the reservation where it divides evenly, in base units otherwise. */
function lineOf({ line, quantity, more }: Taken): OrderInput['lines'][number] {
  const inLineUnit = fromBase(quantity, line)
  const { productId } = line
  const amount =
    inLineUnit === null
      ? { quantity: quantity.toFixed() }
      : { quantity: inLineUnit.toFixed(), unit: line.unit }
  return { description: line.description, ...more, ...amount, productId }
}

export const reservationOrderRoutes: AnyRoute[] = [
  route({
    method: 'POST',
    path: `/${reservation.path}/{id}/sales-orders`,
    summary: reservation.followUps[0]!.summary,
    description:
      'An empty body orders all that is reserved; `lines: [{sourceLineId, quantity}]` orders a part. Refused once the reservation has ended.',
    tag: reservation.path,
    permission: permissionFor('sales-order', 'write'),
    params: IdParams,
    body: OrderOfReservation,
    bodyOptional: true,
    response: OrderOut,
    status: 201,
    previewable: true,
    handle: (tx, { ctx, params, body }) => orderReservation(tx, ctx, params.id, body ?? {}),
  }),
]
