import { type Caller, makeCompany, makeKey } from '../support/companies.ts'
import type { TestApp } from '../support/test-app.ts'
import { decimal } from '../../src/kernel/decimal.ts'
import type { Company } from '../../src/kernel/context.ts'

/** What may differ between the companies that histories happen in. */
export interface Settings {
  readonly second: 'EUR' | 'JPY' | 'KWD'
  readonly overpayment: 'refuse' | 'credit'
  readonly backOrders: boolean
  readonly salesTolerance: 0 | 10
  readonly purchaseTolerance: 0 | 10
  readonly taxRounding: 'document' | 'line'
}

export const usual: Settings = {
  second: 'EUR',
  overpayment: 'refuse',
  backOrders: true,
  salesTolerance: 0,
  purchaseTolerance: 10,
  taxRounding: 'document',
}

export interface Product {
  readonly id: string
  readonly name: string
  readonly tracking: 'none' | 'lot' | 'serial'
  readonly stocked: boolean
}

/** The small world of a history: few things, so that commands meet on the same ones. */
export interface World {
  readonly company: Company
  readonly owner: Caller
  readonly settings: Settings
  readonly products: readonly Product[]
  /** What new orders are about. */
  readonly offered: readonly Product[]
  /** What is reserved, counted and transferred. */
  readonly goods: readonly Product[]
  /** In the beginning the first refuses negative stock and the second allows it. */
  readonly warehouses: readonly [string, string]
  /** The usual place of each warehouse, and its quarantine. */
  readonly stocks: Readonly<Record<string, string>>
  readonly quarantines: Readonly<Record<string, string>>
  /** A second place for goods in the first warehouse. */
  readonly shelf: string
  readonly customers: readonly string[]
  readonly vendors: readonly string[]
  readonly currencies: readonly [string, string]
  readonly digits: Readonly<Record<string, number>>
  /** Rates in per cent, by tax id. */
  readonly taxes: ReadonlyMap<string, number>
  /** How a person would call these ids, in reports of failures. */
  readonly names: Map<string, string>
}

const digitsOf = { USD: 2, EUR: 2, JPY: 0, KWD: 3 }
const rates = { EUR: ['1.25', '1.1'], JPY: ['0.0068', '0.0071'], KWD: ['3.2', '3.26'] }

/** Makes a company with everything that histories need, and something in stock. */
export async function makeWorld(app: TestApp, settings: Settings): Promise<World> {
  const database = { db: app.db, ownerDb: app.ownerDb, ownerUrl: app.ownerUrl, drop: async () => {} }
  const { second, overpayment, backOrders, taxRounding } = settings
  const company = await makeCompany(database, {
    overpayment,
    backOrders,
    taxRounding,
    salesTolerancePercent: decimal(settings.salesTolerance),
    purchaseTolerancePercent: decimal(settings.purchaseTolerance),
  })
  const owner = await makeKey(database, company, 'owner')
  const names = new Map<string, string>()
  const post = async (path: string, body: unknown): Promise<string> => {
    const { id } = await app.api('POST', path, body, { as: owner, key: null })
    return id
  }
  const named = async (name: string, path: string, body: object): Promise<string> => {
    const id = await post(path, { name, ...body })
    names.set(id, name)
    return id
  }
  const taxes = new Map<string, number>()
  for (const rate of [20, 7])
    taxes.set(await named(`tax${rate}`, '/taxes', { rate: String(rate), category: 'S' }), rate)
  for (const [i, date] of ['2026-01-01', '2026-06-01'].entries())
    await post('/exchange-rates', { currency: second, date, rate: rates[second][i] })
  const main = (await app.api('GET', '/warehouses', undefined, { as: owner })).items[0]!.id
  names.set(main, 'MAIN')
  const side = await named('SIDE', '/warehouses', { code: 'SIDE', allowNegative: true })
  const [taxId, otherId] = [...taxes.keys()]
  const product = async (
    name: string,
    tracking: Product['tracking'],
    fields: object,
    stocked = true,
  ): Promise<Product> => {
    const body = { sku: name, unit: 'pcs', tracking, salesPrice: '10.00', purchasePrice: '6.00', ...fields }
    return { id: await named(name, '/products', body), name, tracking, stocked }
  }
  const products = [
    await product('plain', 'none', {
      taxIds: [taxId],
      purchaseTaxIds: [taxId],
      units: [{ unit: 'box', numerator: 4 }],
    }),
    await product('lots', 'lot', { taxIds: [taxId, otherId] }),
    await product('serials', 'serial', { taxIds: [otherId] }),
    await product('fifo', 'none', { valuation: 'fifo' }),
    await product('service', 'none', { type: 'service', taxIds: [taxId] }, false),
  ]
  const party = (name: string, role: string): Promise<string> => named(name, '/parties', { roles: [role] })
  const places = async (type: string): Promise<Record<string, string>> => {
    const { items } = await app.api('GET', `/locations?type=${type}`, undefined, { as: owner })
    return Object.fromEntries(items.map((place) => [place['warehouseId'], place.id]))
  }
  const world: World = {
    stocks: await places('stock'),
    shelf: await named('shelf', '/locations', { warehouseId: main, code: 'SHELF', type: 'stock' }),
    quarantines: await places('quarantine'),
    company,
    owner,
    settings,
    products,
    offered: products,
    goods: products.filter((each) => each.stocked),
    warehouses: [main, side],
    customers: [await party('Anna', 'customer'), await party('Bert', 'customer')],
    vendors: [await party('Vera', 'vendor'), await party('Willy', 'vendor')],
    currencies: ['USD', second],
    digits: digitsOf,
    taxes,
    names,
  }
  await stockUp(app, world)
  return world
}

async function stockUp(app: TestApp, world: World): Promise<void> {
  const [plain, lots, serials, fifo] = world.products.map((each) => each.id)
  const line = (productId: string | undefined, quantityChange: string, unitCost: string, more = {}) => ({
    productId,
    quantityChange,
    unitCost,
    reason: 'opening',
    ...more,
  })
  const options = { as: world.owner, key: null }
  const draft = await app.api(
    'POST',
    '/stock-adjustments',
    {
      warehouseId: world.warehouses[0],
      lines: [
        line(plain, '12', '3.33'),
        line(lots, '5', '4.10', { lots: [{ number: 'L0', quantity: '5', expiresOn: '2026-12-31' }] }),
        line(serials, '3', '50', { serials: ['S0-1', 'S0-2', 'S0-3'] }),
        line(fifo, '4', '5.05'),
        line(fifo, '4', '7.77'),
      ],
    },
    options,
  )
  await app.api('POST', `/stock-adjustments/${draft.id}/post`, undefined, options)
}
