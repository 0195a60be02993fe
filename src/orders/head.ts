import { findCurrency, findDefaultWarehouse, findWarehouse, rateOn } from '../catalogue/index.ts'
import { type Party, findParty } from '../parties/index.ts'
import type { Context } from '../kernel/context.ts'
import type { CalendarDate } from '../kernel/dates.ts'
import { type Decimal, decimal, zero } from '../kernel/decimal.ts'
import { type PostalAddress, postalAddress } from '../kernel/postal-address.ts'
import { ruleBroken } from '../kernel/problem.ts'
import type { Transaction } from '../kernel/transaction.ts'
import type { OrderKind } from '../kinds.ts'
import type { PartySnapshot } from './schemas.ts'

/** What the head of a document needs from the master data. */

/** The party in the role that the document needs. */
export async function requireParty(
  tx: Transaction,
  ctx: Context,
  id: string,
  side: 'customer' | 'vendor',
): Promise<Party> {
  const party = await findParty(tx, ctx.company.id, id)
  if (!party) throw ruleBroken('unknown-party', '/partyId', `This ${side} does not exist.`)
  if (!party[side])
    throw ruleBroken('wrong-role', '/partyId', `${party.name} is not a ${side}. Give it that role first.`)
  if (party.archived)
    throw ruleBroken('archived-party', '/partyId', `${party.name} is archived. Unarchive it first.`)
  return party
}

export function snapshot(party: Party): PartySnapshot {
  return { name: party.name, taxNumber: party.taxNumber, email: party.email, address: party.address ?? null }
}

/**
 * Where the goods of a sales order go: what was written, else the customer's shipping address as it is now.
 * @returns null for a purchase, whose goods come to its warehouse, and for a customer without address
 */
export function deliveryAddress(
  kind: OrderKind,
  party: Party,
  entered: Partial<PostalAddress> | null | undefined,
): PostalAddress | null {
  const written = postalAddress(entered ?? null)
  if (kind === 'sales-order') return written ?? postalAddress(party.shippingAddress)
  if (written === null) return null
  throw ruleBroken(
    'no-delivery-address',
    '/deliveryAddress',
    'The goods of a purchase order come to its warehouse. Change the address of the warehouse instead.',
  )
}

export async function requireWarehouse(
  tx: Transaction,
  ctx: Context,
  id: string | undefined,
  pointer = '/warehouseId',
) {
  const warehouse =
    id === undefined
      ? await findDefaultWarehouse(tx, ctx.company.id)
      : await findWarehouse(tx, ctx.company.id, id)
  if (!warehouse || warehouse.archived)
    throw ruleBroken('unknown-warehouse', pointer, 'This warehouse does not exist or is archived.')
  return warehouse
}

export async function requireCurrency(tx: Transaction, ctx: Context, code: string) {
  const currency = await findCurrency(tx, ctx.company.id, code)
  if (!currency)
    throw ruleBroken(
      'unknown-currency',
      '/currency',
      `The currency ${code} is not known here. Add it under Currencies.`,
    )
  return currency
}

/** Company currency for one unit: as entered, or the latest known on or before the date. */
export async function requireRate(
  tx: Transaction,
  ctx: Context,
  currency: string,
  date: CalendarDate,
  entered: string | undefined,
): Promise<Decimal> {
  if (entered === undefined) return rateOn(tx, ctx, currency, date)
  const rate = decimal(entered)
  if (!rate.gt(zero)) throw ruleBroken('no-rate', '/exchangeRate', 'An exchange rate is above zero.')
  if (currency === ctx.company.currency && !rate.eq('1')) {
    throw ruleBroken('no-rate', '/exchangeRate', `${currency} is the company's currency; its rate is 1.`)
  }
  return rate
}
