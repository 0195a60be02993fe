import { type CompanyName, addMember, findAllCompanies } from '../identity/index.ts'
import { now } from '../kernel/clock.ts'
import { newId } from '../kernel/ids.ts'
import { conflict } from '../kernel/problem.ts'
import { sql, statement } from '../kernel/sql.ts'
import { type Database, type Transaction, inTransaction } from '../kernel/transaction.ts'
import { slugFor } from '../setup/company-slug.ts'
import { asOwner, createCompany } from '../setup/create-company.ts'
import { enterCompany } from '../setup/index.ts'
import { Calendar, firstDay, on } from './calendar.ts'
import { demoCompany, setUpCompany } from './company.ts'
import { Desk } from './desk.ts'
import { otherStories } from './extras.ts'
import { freightStories } from './freight.ts'
import { InnerApi, demoActor } from './inner-api.ts'
import { type Owner, findAllOwners } from './owners.ts'
import { makeParties } from './parties.ts'
import { makePlaces } from './places.ts'
import { makePriceBooks } from './price-books.ts'
import { makeProducts } from './products.ts'
import { purchaseStories } from './purchases-between.ts'
import { openingStories } from './purchases.ts'
import { makeRates } from './rates.ts'
import { makeReorderLevels } from './reorder-levels.ts'
import { reservationStories } from './reservations.ts'
import { specialSales } from './sales-with-more.ts'
import { salesStories } from './sales.ts'
import { type Chapter, laptopStory } from './story.ts'
import { makeTaxes } from './taxes.ts'
import { tellInOrder } from './tell.ts'
import { warehouseStories } from './warehouse-work.ts'

export interface DemoOptions {
  /** Who owns the demo; left out: everybody who owns a company. */
  readonly owners?: readonly Owner[]
  readonly onProgress?: (done: number, total: number, what: string) => void
  /** Called as the story of the laptops goes on, to look at the figures of the moment. */
  readonly onChapter?: (chapter: Chapter, api: InnerApi) => Promise<void>
}

export interface LoadedDemo {
  readonly company: CompanyName
  /** False: it was there already, and nothing was done. */
  readonly made: boolean
}

/** Makes the demo company, or finds it. */
export function loadDemo(db: Database, options: DemoOptions = {}): Promise<LoadedDemo> {
  return inTransaction(db, { companyId: null }, (tx) => loadDemoIn(tx, options))
}

const takeTurn = statement(
  'take_turn_at_demo',
  { mine: 'bool' },
  () => sql`select pg_try_advisory_xact_lock(1514229841, 30) as mine`,
)

/**
 * Makes the demo company, Crimson, with two months of trade behind it: every action is an operation of
 * the public API at the moment when it happened. All of it is one transaction, so that there is a whole
 * demo or none, whatever interrupts it. Leaves the transaction in another company than it came in.
 * @throws 409 while somebody else loads it.
 */
export async function loadDemoIn(tx: Transaction, options: DemoOptions): Promise<LoadedDemo> {
  if (!(await tx.one(takeTurn, undefined)).mine) {
    throw conflict('demo-loading', 'The demo is being loaded just now. Look again in half a minute.')
  }
  const all = await findAllCompanies(tx)
  const known = all.find((company) => company.demo)
  if (known !== undefined) return { company: known, made: false }
  const owners = options.owners ?? (await findAllOwners(tx))
  const moment = now()
  const calendar = new Calendar(moment)
  const id = newId()
  // A company of this name may be somebody's own.
  const slug = slugFor(demoCompany.name, new Set(all.map((company) => company.slug)))
  enterCompany(tx, id)
  // The company itself is of today: the first company of an installation stays the first.
  const by = { actor: demoActor, now: moment, requestId: newId() }
  const { ctx } = await createCompany(tx, id, by, { ...demoCompany, slug })
  for (const { userId, email } of owners) addMember(tx, ctx, userId, asOwner, email)
  await trade(new InnerApi(tx, ctx.company, calendar.moment(on(firstDay, 8))), calendar, options)
  return { company: { id, slug, name: demoCompany.name, demo: true }, made: true }
}

async function trade(api: InnerApi, calendar: Calendar, options: DemoOptions): Promise<void> {
  const days = 1 - firstDay
  const parts = ['settings', 'exchange rates', 'customers and vendors', 'products and prices'] as const
  const step = (what: (typeof parts)[number]): void =>
    options.onProgress?.(parts.indexOf(what), parts.length + days, what)
  step('settings')
  await setUpCompany(api)
  const taxes = await makeTaxes(api)
  step('exchange rates')
  await makeRates(api, calendar)
  step('customers and vendors')
  const places = await makePlaces(api)
  const parties = await makeParties(api, taxes)
  step('products and prices')
  const products = await makeProducts(api, parties, taxes)
  const books = await makePriceBooks(api, calendar, parties, products)
  await makeReorderLevels(api, places, products)
  const desk = new Desk(api, calendar, { taxes, places, parties, products, books })
  const tell = async (chapter: Chapter): Promise<void> => options.onChapter?.(chapter, api)
  const stories = [
    laptopStory(desk, tell),
    ...openingStories(desk),
    ...purchaseStories(desk),
    ...freightStories(desk),
    ...specialSales(desk),
    ...salesStories(desk),
    ...warehouseStories(desk),
    ...reservationStories(desk),
    ...otherStories(desk),
  ]
  await tellInOrder(api, calendar, stories, (day) =>
    options.onProgress?.(parts.length + day - firstDay, parts.length + days, 'documents'),
  )
}
