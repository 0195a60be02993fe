import { readCsv, readExpected } from './read-csv.ts'

export interface NorthwindLine {
  readonly productId: string
  readonly quantity: number
  readonly unitPrice: string
  readonly discountPercent: string
}

export interface NorthwindOrder {
  readonly id: string
  readonly customerId: string
  readonly date: string
  readonly required: string
  /** Null: not shipped. */
  readonly shipped: string | null
  readonly freight: string
  readonly lines: readonly NorthwindLine[]
}

interface Sums {
  readonly lines: number
  readonly quantity: number
  readonly gross: string
  readonly net_exact: string
  readonly net_line_half_up: string
}

/** What of Northwind's `expected.json` is compared. */
export interface NorthwindExpected {
  readonly orders: number
  readonly order_lines: number
  readonly orders_not_shipped: number
  readonly orders_shipped_late: number
  readonly discounted_lines: number
  readonly overall: Sums & { readonly freight: string }
  readonly per_year: Readonly<Record<string, Sums & { readonly freight: string; readonly orders: number }>>
  readonly per_customer_country: Readonly<Record<string, Sums & { readonly orders: number }>>
  readonly per_product: Readonly<Record<string, Sums & { readonly not_shipped: number }>>
  readonly largest_orders_net_exact: readonly (readonly [string, string])[]
  readonly stock: {
    readonly units_in_stock: number
    readonly units_on_order: number
    readonly value_at_unit_price: string
  }
}

/** The countries of customers and suppliers, as parties keep them. */
export const countryCodes: Readonly<Record<string, string>> = {
  Argentina: 'AR',
  Australia: 'AU',
  Austria: 'AT',
  Belgium: 'BE',
  Brazil: 'BR',
  Canada: 'CA',
  Denmark: 'DK',
  Finland: 'FI',
  France: 'FR',
  Germany: 'DE',
  Ireland: 'IE',
  Italy: 'IT',
  Japan: 'JP',
  Mexico: 'MX',
  Netherlands: 'NL',
  Norway: 'NO',
  Poland: 'PL',
  Portugal: 'PT',
  Singapore: 'SG',
  Spain: 'ES',
  Sweden: 'SE',
  Switzerland: 'CH',
  UK: 'GB',
  USA: 'US',
  Venezuela: 'VE',
}

const address = ['contact_name', 'address', 'city', 'region', 'postal_code', 'country', 'phone'] as const

export type Northwind = ReturnType<typeof readNorthwind>

export function readNorthwind(folder: string) {
  const linesOf = new Map<string, NorthwindLine[]>()
  for (const row of readCsv(folder, 'order_details.csv', [
    'order_id',
    'product_id',
    'unit_price',
    'quantity',
    'discount',
  ])) {
    const lines = linesOf.get(row.order_id) ?? []
    lines.push({
      productId: row.product_id,
      quantity: Number(row.quantity),
      unitPrice: row.unit_price,
      discountPercent: percent(row.discount),
    })
    linesOf.set(row.order_id, lines)
  }
  const orders = readCsv(folder, 'orders.csv', [
    'order_id',
    'customer_id',
    'order_date',
    'required_date',
    'shipped_date',
    'freight',
  ]).map((row): NorthwindOrder => ({
    id: row.order_id,
    customerId: row.customer_id,
    date: row.order_date,
    required: row.required_date,
    shipped: row.shipped_date === '' ? null : row.shipped_date,
    freight: row.freight,
    lines: linesOf.get(row.order_id) ?? [],
  }))
  const products = readCsv(folder, 'products.csv', [
    'product_id',
    'product_name',
    'supplier_id',
    'category_id',
    'quantity_per_unit',
    'unit_price',
    'units_in_stock',
    'units_on_order',
  ]).map((row) => ({ ...row, inStock: Number(row.units_in_stock), onOrder: Number(row.units_on_order) }))
  return {
    expected: readExpected(folder) as NorthwindExpected,
    categories: readCsv(folder, 'categories.csv', ['category_id', 'category_name']),
    suppliers: readCsv(folder, 'suppliers.csv', ['supplier_id', 'company_name', ...address]),
    customers: readCsv(folder, 'customers.csv', ['customer_id', 'company_name', ...address]),
    products,
    orders: orders.toSorted((a, b) => a.date.localeCompare(b.date) || Number(a.id) - Number(b.id)),
  }
}

/** '0.15' is 15 per cent. The file has two decimals, so nothing is computed. */
function percent(discount: string): string {
  const hundredths = /^0\.(\d\d)$/.exec(discount)?.[1]
  if (hundredths === undefined) throw new Error(`not a discount: ${discount}`)
  return String(Number(hundredths))
}

/** How much of each product orders are for; quantities of Northwind are whole. */
export function soldIn(orders: readonly NorthwindOrder[]): { productId: string; quantity: number }[] {
  const sold = new Map<string, number>()
  for (const { productId, quantity } of orders.flatMap((order) => order.lines)) {
    sold.set(productId, (sold.get(productId) ?? 0) + quantity)
  }
  return [...sold].map(([productId, quantity]) => ({ productId, quantity }))
}
