import {
  createCurrencies,
  createVirtualLocations,
  createWarehouse,
  isoCurrencies,
} from '../catalogue/index.ts'
import { addMember, readCompany, refuseUnknownLanguage, refuseUnknownTimeZone } from '../identity/index.ts'
import { recordEvents } from '../journal/events.ts'
import { patternsOf } from '../journal/numbering.ts'
import type { Actor, Context } from '../kernel/context.ts'
import { dateIn } from '../kernel/dates.ts'
import { tidy } from '../kernel/guards.ts'
import { ruleBroken } from '../kernel/problem.ts'
import { insertInto } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { allPermissions } from '../permissions.ts'

export interface NewCompany {
  readonly slug: string
  readonly name: string
  readonly currency: string
  /** Left out: UTC. */
  readonly timeZone?: string | undefined
  readonly country?: string | null | undefined
  /** Left out: English. */
  readonly language?: string | undefined
  /** Made with demo data. */
  readonly demo?: boolean | undefined
  /** Who becomes its owner; left out: nobody yet. */
  readonly owner?: { readonly userId: string; readonly email: string | null } | undefined
}

/** Who makes it, and when. */
export interface By {
  readonly actor: Actor
  readonly now: Date
  readonly requestId: string
}

const insertCompanies = insertInto('companies', [
  'companyId',
  'slug',
  'name',
  'currency',
  'timeZone',
  'country',
  'language',
  'demo',
  'createdAt',
])
const insertSeries = insertInto('number_series', ['companyId', 'kind', 'pattern'])

/**
 * Makes a company that can work at once: currencies, number series, a main warehouse, the places outside
 * of it, and its owner. The transaction must be one of `companyId` already (see enter-company.ts), for
 * the database lets nobody write into another company.
 * @returns the context to go on in, as the one who made it.
 */
export async function createCompany(
  tx: Transaction,
  companyId: string,
  by: By,
  input: NewCompany,
): Promise<{ ctx: Context; warehouseId: string }> {
  const { now } = by
  const fields = complete(input)
  tx.write(insertCompanies, { rows: [{ companyId, ...fields, createdAt: now }] })
  createCurrencies(tx, companyId, fields.currency)
  tx.write(insertSeries, {
    rows: Object.entries(patternsOf(fields.country)).map(([kind, pattern]) => ({ companyId, kind, pattern })),
  })
  createVirtualLocations(tx, companyId, now)
  const name = fields.country === 'PL' ? 'Magazyn główny' : 'Main warehouse'
  const warehouse = { code: 'MAIN', name, allowNegative: false }
  const { id: warehouseId } = createWarehouse(tx, { companyId, now }, warehouse)
  const company = await readCompany(tx, companyId)
  if (company === null) throw new Error('the transaction is not one of the new company')
  const ctx: Context = {
    ...by,
    company,
    role: 'owner',
    permissions: new Set(allPermissions),
    partyId: null,
    today: dateIn(company.timeZone, now),
  }
  recordEvents(tx, ctx, [
    { type: 'company.created', objectKind: 'company', objectId: companyId, after: fields },
    { type: 'warehouse.created', objectKind: 'warehouse', objectId: warehouseId, after: warehouse },
  ])
  if (input.owner) addMember(tx, ctx, input.owner.userId, asOwner, input.owner.email)
  return { ctx, warehouseId }
}

export const asOwner = { role: 'owner', partyId: null, granted: [], denied: [] } as const

function complete(input: NewCompany) {
  const { slug, currency, timeZone = 'UTC', country = null, language = 'en', demo = false } = input
  if (!isoCurrencies.some((each) => each.code === currency)) {
    throw ruleBroken(
      'unknown-currency',
      '/currency',
      `${currency} is not a currency of ISO 4217. Use a code such as EUR or USD.`,
    )
  }
  refuseUnknownTimeZone(timeZone)
  refuseUnknownLanguage(language)
  return { slug, name: tidy(input.name, '/name'), currency, timeZone, country, language, demo }
}
