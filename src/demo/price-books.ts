import type { Calendar } from './calendar.ts'
import type { InnerApi } from './inner-api.ts'
import type { Parties } from './parties.ts'
import { products } from './products-data.ts'
import type { Products } from './products.ts'

/** How many of a currency a customer pays for one USD of the list price; `to` is the smallest step. */
const lists = [
  { name: 'Australia', currency: 'AUD', factor: 1.54, to: 1 },
  { name: 'Europe', currency: 'EUR', factor: 0.94, to: 0.1 },
  { name: 'United Kingdom', currency: 'GBP', factor: 0.8, to: 0.5 },
  { name: 'Polska', currency: 'PLN', factor: 4.05, to: 1 },
  { name: '日本', currency: 'JPY', factor: 152, to: 10 },
] as const

/** What was agreed apart from the list. */
const agreed: Readonly<Record<string, string>> = { 'AUD CB-14': '899.00' }

export interface PriceBooks {
  readonly australia: string
}

export async function makePriceBooks(
  api: InnerApi,
  calendar: Calendar,
  parties: Parties,
  ids: Products,
): Promise<PriceBooks> {
  const made = new Map<string, string>()
  for (const { name, currency, factor, to } of lists) {
    const entries = products.map(({ sku, sells }) => ({
      productId: ids.get(sku),
      price: agreed[`${currency} ${sku}`] ?? inSteps(Number(sells) * factor, to, currency),
    }))
    made.set(name, (await api.post('/price-books', { name, currency, entries })).id)
  }
  await makeWholesale(api, ids)
  await makeSeason(api, calendar, parties, ids)
  await makePurchase(api, calendar, parties, ids)
  const old = await api.post('/price-books', {
    name: 'Clearance',
    currency: 'USD',
    validTo: calendar.date(-30),
    entries: [{ productId: ids.get('LMP-1'), price: '39.00' }],
  })
  await api.post(`/price-books/${old.id}/archive`)
  return { australia: made.get('Australia')! }
}

/** Quantity breaks: the more, the cheaper. */
async function makeWholesale(api: InnerApi, ids: Products): Promise<void> {
  const goods = products.filter((product) => !product.service)
  await api.post('/price-books', {
    name: 'Europe, wholesale',
    currency: 'EUR',
    priceGroups: ['wholesale'],
    priority: 10,
    entries: goods.flatMap(({ sku, sells }) =>
      [
        { minQuantity: '0', share: 0.92 },
        { minQuantity: '10', share: 0.87 },
        { minQuantity: '50', share: 0.82 },
      ].map(({ minQuantity, share }) => ({
        productId: ids.get(sku),
        minQuantity,
        price: inSteps(Number(sells) * 0.94 * share, 0.01, 'EUR'),
      })),
    ),
  })
}

/** For one customer, for a time. */
async function makeSeason(api: InnerApi, calendar: Calendar, parties: Parties, ids: Products): Promise<void> {
  await api.post('/price-books', {
    name: 'Back to school',
    currency: 'AUD',
    partyIds: [parties.customers.harbour.id],
    validFrom: calendar.date(-35),
    validTo: calendar.date(45),
    entries: [
      { productId: ids.get('CB-15E'), price: '589.00' },
      { productId: ids.get('TB-8'), price: '249.00' },
      { productId: ids.get('TB-8'), unit: 'box', price: '2390.00' },
    ],
  })
}

/** What a vendor asks, agreed for a time and by quantity. */
async function makePurchase(
  api: InnerApi,
  calendar: Calendar,
  parties: Parties,
  ids: Products,
): Promise<void> {
  await api.post('/price-books', {
    name: 'Hamburger Kabelkontor, agreement',
    side: 'purchase',
    currency: 'EUR',
    partyIds: [parties.vendors.hamburg],
    validFrom: calendar.date(-60),
    validTo: calendar.date(120),
    entries: [
      { productId: ids.get('CAB-HDMI'), price: '4.10' },
      { productId: ids.get('CAB-HDMI'), minQuantity: '500', price: '3.85' },
      { productId: ids.get('CAB-USBC'), price: '4.80' },
      { productId: ids.get('CAB-USBC'), minQuantity: '500', price: '4.45' },
      { productId: ids.get('CAB-ETH'), unit: 'roll', price: '112.00' },
      { productId: ids.get('CAB-ETH'), unit: 'roll', minQuantity: '5', price: '104.00' },
    ],
  })
}

/** Rounded to the steps in which prices are written there; a small price to the cent. */
function inSteps(price: number, step: number, currency: string): string {
  const to = price < 20 && currency !== 'JPY' ? 0.01 : step
  return (Math.round(price / to) * to).toFixed(currency === 'JPY' ? 0 : 2)
}
