import type { Context } from '../kernel/context.ts'
import { json, sql, statement } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { type PrintedAddress, addressLines } from './addresses.ts'
import type { House } from './house.ts'
import type { Block } from './print-model.ts'
import type { Language } from './words.ts'

const selectPlace = statement(
  'select_printing_place',
  { code: 'text', name: 'text', address: json<PrintedAddress>() },
  (p: { companyId: string; id: string }) =>
    sql`select code, name, address from warehouses where company_id = ${p.companyId} and id = ${p.id}`,
)

const selectLocations = statement(
  'select_printing_locations',
  { id: 'uuid', code: 'text' },
  (p: { companyId: string; ids: readonly string[] }) =>
    sql`select id, code from locations where company_id = ${p.companyId} and id = any(${p.ids}::uuid[])`,
)

interface Place {
  readonly code: string
  readonly name: string
  readonly address: PrintedAddress
}

export function findPlace(tx: Transaction, ctx: Context, id: string): Promise<Place | null> {
  return tx.maybe(selectPlace, { companyId: ctx.company.id, id })
}

/** Codes of locations by id. A customer's login sees none. */
export async function findLocationCodes(
  tx: Transaction,
  ctx: Context,
  ids: readonly (string | null)[],
): Promise<ReadonlyMap<string, string>> {
  const wanted = ids.filter((id) => id !== null)
  if (wanted.length === 0 || ctx.partyId !== null) return new Map()
  const rows = await tx.all(selectLocations, { companyId: ctx.company.id, ids: wanted })
  return new Map(rows.map((row) => [row.id, row.code]))
}

/** A warehouse of the company; without an address of its own it has the company's. */
export function placeBlock(house: House, place: Place, heading: string, language: Language): Block {
  const own = addressLines(place.address, language, house.country)
  return {
    heading,
    name: place.name,
    lines: own.length > 0 ? own : addressLines(house.address, language, house.country),
  }
}
