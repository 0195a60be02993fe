import type { Calendar } from './calendar.ts'
import type { Answer, InnerApi } from './inner-api.ts'
import type { Customer, Parties } from './parties.ts'
import type { Places } from './places.ts'
import type { PriceBooks } from './price-books.ts'
import type { Products } from './products.ts'
import type { Taxes } from './taxes.ts'
import type { VendorKey } from './vendors-data.ts'
import type { CustomerKey } from './customers-data.ts'

/** SKU, quantity and, where it is not the base unit, the unit. */
export type Line = readonly [sku: string, quantity: string, unit?: string]

/** What the people of Crimson work with: the master data and the steps of their documents. */
export class Desk {
  readonly api: InnerApi
  readonly calendar: Calendar
  readonly taxes: Taxes
  readonly places: Places
  readonly parties: Parties
  readonly products: Products
  readonly books: PriceBooks

  constructor(
    api: InnerApi,
    calendar: Calendar,
    made: {
      readonly taxes: Taxes
      readonly places: Places
      readonly parties: Parties
      readonly products: Products
      readonly books: PriceBooks
    },
  ) {
    this.api = api
    this.calendar = calendar
    this.taxes = made.taxes
    this.places = made.places
    this.parties = made.parties
    this.products = made.products
    this.books = made.books
  }

  product(sku: string): string {
    const id = this.products.get(sku)
    if (id === undefined) throw new Error(`the demo has no product ${sku}`)
    return id
  }

  customer(key: CustomerKey): Customer {
    return this.parties.customers[key]
  }

  vendor(key: VendorKey): string {
    return this.parties.vendors[key]
  }

  lines(lines: readonly Line[], more: object = {}): object[] {
    return lines.map(([sku, quantity, unit]) => ({
      productId: this.product(sku),
      quantity,
      ...(unit !== undefined && { unit }),
      ...more,
    }))
  }

  /** A draft sales order at the customer's prices and taxes. */
  draftSale(who: CustomerKey, lines: readonly Line[], head: object = {}): Promise<Answer> {
    const { id, currency, taxIds } = this.customer(who)
    const body = { partyId: id, warehouseId: this.places.main, currency, ...head }
    return this.api.post('/sales-orders', { ...body, lines: this.lines(lines, { taxIds }) })
  }

  async sell(who: CustomerKey, lines: readonly Line[], head: object = {}): Promise<Answer> {
    return this.act('sales-orders', await this.draftSale(who, lines, head), 'confirm')
  }

  /** A draft purchase order at the vendor's prices. */
  draftPurchase(who: VendorKey, lines: readonly Line[], head: object = {}): Promise<Answer> {
    const body = { partyId: this.vendor(who), warehouseId: this.places.main, ...head }
    return this.api.post('/purchase-orders', { ...body, lines: this.lines(lines) })
  }

  async buy(who: VendorKey, lines: readonly Line[], head: object = {}): Promise<Answer> {
    return this.act('purchase-orders', await this.draftPurchase(who, lines, head), 'confirm')
  }

  act(path: string, { id }: Answer, action: string, body?: object): Promise<Answer> {
    return this.api.post(`/${path}/${id}/${action}`, body)
  }

  again(path: string, { id }: Answer): Promise<Answer> {
    return this.api.get(`/${path}/${id}`)
  }

  /** A draft made from another document. */
  follow(from: string, { id }: Answer, to: string, body?: object): Promise<Answer> {
    return this.api.post(`/${from}/${id}/${to}`, body)
  }

  async followAndPost(from: string, document: Answer, to: string, body?: object): Promise<Answer> {
    return this.act(to, await this.follow(from, document, to, body), 'post')
  }

  deliver(order: Answer, body?: object): Promise<Answer> {
    return this.followAndPost('sales-orders', order, 'delivery-notes', body)
  }

  receive(order: Answer, body?: object): Promise<Answer> {
    return this.followAndPost('purchase-orders', order, 'receipt-notes', body)
  }

  invoice(order: Answer, body?: object): Promise<Answer> {
    return this.followAndPost('sales-orders', order, 'invoices', body)
  }

  bill(order: Answer, body?: object): Promise<Answer> {
    return this.followAndPost('purchase-orders', order, 'bills', body)
  }

  /** Pays an invoice or bill, or refunds a credit; all that is open unless the body says less. */
  pay(path: string, document: Answer, body: object = {}): Promise<Answer> {
    return this.api.post(`/${path}/${document.id}/payments`, { method: 'bank', ...body })
  }

  /** Body of a follow-up that takes a part: a quantity by SKU. */
  part(
    document: Answer,
    quantities: Readonly<Record<string, string>>,
    more: object = {},
  ): { lines: object[] } {
    return {
      lines: Object.entries(quantities).map(([sku, quantity]) => {
        const line = document.lines.find((each) => each.sku === sku)
        if (line === undefined) throw new Error(`${document.number ?? 'the draft'} has no line of ${sku}`)
        return { sourceLineId: line.id, quantity, ...more }
      }),
    }
  }
}
