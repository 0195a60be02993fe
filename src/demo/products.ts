import { ean13 } from './ean.ts'
import type { InnerApi } from './inner-api.ts'
import type { Parties } from './parties.ts'
import { type Offer, type ProductData, products } from './products-data.ts'
import type { Taxes } from './taxes.ts'

/** Ids by SKU. */
export type Products = ReadonlyMap<string, string>

/** Numbers for use inside of a company begin with 20: they are no other maker's. */
const inHouse = '2000'

export async function makeProducts(api: InnerApi, parties: Parties, taxes: Taxes): Promise<Products> {
  const made = new Map<string, string>()
  for (const [i, data] of products.entries())
    made.set(data.sku, (await api.post('/products', bodyOf(data, i, parties, taxes))).id)
  return made
}

function bodyOf(data: ProductData, i: number, parties: Parties, taxes: Taxes): object {
  const { sku, name, category, unit = 'pcs', units = [], description, weight, valuation, tracking } = data
  const offers = [data.buys, data.alsoFrom].filter((each) => each !== undefined)
  return {
    sku,
    name,
    category,
    type: data.service ? 'service' : 'stocked',
    unit,
    units: units.map((each, j) => ({ ...each, barcode: barcode(i, j + 1) })),
    ...(data.service ? {} : { barcode: barcode(i, 0) }),
    salesPrice: data.sells,
    // In the company's currency; what a vendor in another country asks stands with the vendor.
    ...(data.buys && (data.buys.currency ?? 'USD') === 'USD' && { purchasePrice: data.buys.price }),
    taxIds: [taxes.gst9],
    tracking,
    valuation,
    description,
    weight,
    tolerancePercent: data.tolerancePercent,
    vendors: offers.map((each, j) => vendorOf(each, parties, j === 0)),
  }
}

function vendorOf(
  { from, code, price, currency = 'USD', ...more }: Offer,
  parties: Parties,
  preferred: boolean,
) {
  return { partyId: parties.vendors[from], code, price, currency, ...more, preferred }
}

function barcode(product: number, packing: number): string {
  return ean13(`${inHouse}${String(product + 1).padStart(6, '0')}${String(packing).padStart(2, '0')}`)
}
