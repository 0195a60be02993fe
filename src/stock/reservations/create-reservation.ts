import {
  findDefaultWarehouse,
  findProducts,
  findWarehouse,
  type Product,
  toBase,
  unitOf,
} from '../../catalogue/index.ts'
import { recordEvents } from '../../journal/events.ts'
import { madeBy } from '../../journal/made-by.ts'
import type { Context } from '../../kernel/context.ts'
import { decimal, zero } from '../../kernel/decimal.ts'
import { newId } from '../../kernel/ids.ts'
import { ruleBroken } from '../../kernel/problem.ts'
import { type ReadBack, type Transaction, readBack } from '../../kernel/transaction.ts'
import { findParty } from '../../parties/index.ts'
import { loadStock } from '../load.ts'
import { saveStock } from '../save.ts'
import { holdLines } from './hold-lines.ts'
import { presentReservation } from './present-reservation.ts'
import { insertReservation, insertReservationLines, numberReservation } from './records.ts'
import { endOf } from './reserve-until.ts'
import type { ReservationInput, ReservationOut } from './schemas.ts'
import { reservationReader } from './stock-of-reservation.ts'

/** Holds goods for a customer from now on, all or nothing, and numbers the reservation. */
export async function createReservation(
  tx: Transaction,
  ctx: Context,
  input: ReservationInput,
): Promise<ReadBack<ReservationOut>> {
  const companyId = ctx.company.id
  const until = endOf(ctx, input.reserveUntil)
  const [party, warehouse, products] = await Promise.all([
    findParty(tx, companyId, input.partyId),
    input.warehouseId === undefined
      ? findDefaultWarehouse(tx, companyId)
      : findWarehouse(tx, companyId, input.warehouseId),
    findProducts(tx, companyId, [...new Set(input.lines.map((line) => line.productId))]),
  ])
  if (!party) throw ruleBroken('unknown-party', '/partyId', 'This customer does not exist.')
  if (!party.customer) {
    throw ruleBroken('wrong-role', '/partyId', `${party.name} is not a customer. Give it that role first.`)
  }
  if (party.archived) {
    throw ruleBroken('archived-party', '/partyId', `${party.name} is archived. Unarchive it first.`)
  }
  if (!warehouse || warehouse.archived) {
    throw ruleBroken('unknown-warehouse', '/warehouseId', 'This warehouse does not exist or is archived.')
  }
  const id = newId()
  const lines = input.lines.map((line, i) =>
    newLine(line, products.get(line.productId), `/lines/${i}`, i + 1),
  )
  const { reference = null, notes = null } = input
  tx.write(insertReservation, {
    rows: [
      {
        companyId,
        id,
        partyId: party.id,
        warehouseId: warehouse.id,
        state: 'active',
        reserveUntil: until,
        reference,
        notes,
        version: 1,
        createdAt: ctx.now,
        ...madeBy(ctx),
      },
    ],
  })
  tx.write(insertReservationLines, {
    rows: lines.map((line) => ({ companyId, reservationId: id, ...line, released: zero, ordered: zero })),
  })
  const stock = await loadStock(tx, ctx, reservationReader, id)
  const at = { warehouseId: warehouse.id, warehouseName: warehouse.name, until }
  holdLines(
    ctx,
    stock,
    lines.map((line) => ({ ...line, quantity: line.baseQuantity })),
    at,
  )
  saveStock(tx, ctx, stock)
  recordEvents(tx, ctx, [
    {
      type: 'stock-reservation.created',
      objectKind: 'stock-reservation',
      objectId: id,
      after: {
        state: 'active',
        partyId: party.id,
        warehouseId: warehouse.id,
        reserveUntil: until,
        lines: lines.map(({ sku, quantity, unit }) => ({ sku, quantity, unit })),
      },
    },
  ])
  tx.write(numberReservation, { companyId, id, date: ctx.today })
  return readBack(() => presentReservation(tx, ctx, id))
}

function newLine(
  input: ReservationInput['lines'][number],
  product: Product | undefined,
  pointer: string,
  position: number,
) {
  if (!product) throw ruleBroken('unknown-product', `${pointer}/productId`, 'This product does not exist.')
  if (product.archived) {
    throw ruleBroken(
      'archived-product',
      `${pointer}/productId`,
      `${product.sku} is archived and not offered on new documents. Unarchive it or choose another.`,
    )
  }
  if (product.type !== 'stocked') {
    throw ruleBroken(
      'service',
      `${pointer}/productId`,
      `${product.sku} is a service; there is nothing to hold.`,
    )
  }
  const quantity = decimal(input.quantity)
  if (!quantity.gt(zero)) {
    throw ruleBroken('no-quantity', `${pointer}/quantity`, 'Enter a quantity above zero.')
  }
  const { unit, numerator, denominator } = unitOf(product, input.unit ?? null, `${pointer}/unit`)
  return {
    id: newId(),
    position,
    productId: product.id,
    sku: product.sku,
    description: product.name,
    unit,
    numerator,
    denominator,
    quantity,
    baseQuantity: toBase(quantity, { numerator, denominator }, `${pointer}/quantity`),
  }
}
