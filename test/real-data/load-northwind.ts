import type { Answered } from '../support/api.ts'
import { type LevelAnswer } from '../support/shop.ts'
import type { TestApp } from '../support/test-app.ts'
import { everything } from './everything.ts'
import { type Pace, inFlight } from './in-flight.ts'
import { type Northwind, type NorthwindOrder, countryCodes, soldIn } from './northwind-data.ts'
import { orNull } from './read-csv.ts'

/**
 * Plays the two years of Northwind through the API. The stock it begins with is short on purpose: orders
 * wait, their suppliers are asked for what is missing, and the receipts go to the lines that wait.
 */

/** Orders from this day on wait for one big receipt; the 21 that were never shipped are among them. */
const lastPeriod = '1998-04-01'

interface Supply {
  readonly productId: string
  readonly quantity: number
}

export interface LoadedNorthwind {
  /** By the ids of the files. */
  readonly productIds: ReadonlyMap<string, string>
  /** Orders that had a line with less held than wanted when they were confirmed. */
  readonly waited: ReadonlySet<string>
  /** Orders that went out in two parts. */
  readonly split: ReadonlySet<string>
  readonly pace: Pace
}

export async function loadNorthwind(app: TestApp, data: Northwind): Promise<LoadedNorthwind> {
  const story = new Story(app, data)
  const started = performance.now()
  await story.masterData()
  await story.openingStock()
  const until = (from: string, to: string): NorthwindOrder[] =>
    data.orders.filter((order) => order.date >= from && order.date < to)
  await story.period('Northwind 1996', until('1996', '1997'), '1996-12-31')
  await story.period('Northwind 1997', until('1997', '1998'), '1997-07-01')
  await story.period('Northwind early 1998', until('1998', lastPeriod), '1998-03-01')
  await story.bigReceipt('Northwind spring 1998', until(lastPeriod, '1999'))
  await story.onOrder('1998-05-06')
  const seconds = (performance.now() - started) / 1000
  const { productIds, waited, split } = story
  return { productIds, waited, split, pace: { count: data.orders.length, seconds } }
}

class Story {
  readonly productIds = new Map<string, string>()
  readonly waited = new Set<string>()
  readonly split = new Set<string>()
  readonly #app: TestApp
  readonly #data: Northwind
  readonly #vendorIds = new Map<string, string>()
  readonly #customerIds = new Map<string, string>()
  /** Confirmed orders by the number of the file. */
  readonly #orderIds = new Map<string, string>()
  /** Confirmed with a part held and a part waiting. */
  readonly #partlyHeld = new Set<string>()

  constructor(app: TestApp, data: Northwind) {
    this.#app = app
    this.#data = data
  }

  #post(path: string, body?: unknown): Promise<Answered> {
    return this.#app.api('POST', path, body)
  }

  async masterData(): Promise<void> {
    const { suppliers, customers, products, categories } = this.#data
    await inFlight('Northwind suppliers', suppliers, async (row) => {
      const { id } = await this.#post('/parties', {
        ...party(row),
        code: `S${row.supplier_id}`,
        roles: ['vendor'],
      })
      this.#vendorIds.set(row.supplier_id, id)
    })
    await inFlight('Northwind customers', customers, async (row) => {
      const { id } = await this.#post('/parties', {
        ...party(row),
        code: row.customer_id,
        roles: ['customer'],
      })
      this.#customerIds.set(row.customer_id, id)
    })
    const category = new Map(categories.map((row) => [row.category_id, row.category_name]))
    await inFlight('Northwind products', products, async (row) => {
      const { id } = await this.#post('/products', {
        sku: row.product_id,
        name: row.product_name,
        description: row.quantity_per_unit,
        category: category.get(row.category_id),
        salesPrice: row.unit_price,
        vendors: [{ partyId: this.#vendorIds.get(row.supplier_id), price: row.unit_price, currency: 'USD' }],
      })
      this.productIds.set(row.product_id, id)
    })
  }

  /** What 1996 needs and half of what 1997 needs, at the list price: so the value at the end is known. */
  async openingStock(): Promise<void> {
    const opening = new Map<string, number>()
    const needs = { '1996': 1, '1997': 0.5 } as Record<string, number>
    for (const { productId } of soldIn(this.#data.orders)) opening.set(productId, 0)
    for (const [year, share] of Object.entries(needs)) {
      const sold = soldIn(this.#data.orders.filter((order) => order.date.startsWith(year)))
      for (const { productId, quantity } of sold) {
        opening.set(productId, opening.get(productId)! + Math.floor(quantity * share))
      }
    }
    const price = new Map(this.#data.products.map((row) => [row.product_id, row.unit_price]))
    const draft = await this.#post('/stock-adjustments', {
      date: '1996-07-01',
      reason: 'opening stock',
      lines: [...opening]
        .filter(([, quantity]) => quantity > 0)
        .map(([productId, quantity]) => ({
          productId: this.productIds.get(productId),
          quantityChange: String(quantity),
          unitCost: price.get(productId),
        })),
    })
    await this.#post(`/stock-adjustments/${draft.id}/post`)
  }

  /** Orders of a time, what is missing for them from the suppliers, then everything out and invoiced. */
  async period(name: string, orders: readonly NorthwindOrder[], received: string): Promise<void> {
    await inFlight(`${name}, orders`, orders, (order) => this.#enter(order, 0))
    // What is held of an order that waits for the rest goes out at once.
    const partly = orders.filter((order) => this.#partlyHeld.has(order.id))
    await inFlight(`${name}, first parts`, partly, (order) => this.#deliverHeldPart(order))
    const missing = (await this.#levels()).map((level) => ({
      productId: level.productId,
      quantity: Number(level.outgoing) - Number(level.reserved),
    }))
    await this.#buy(missing, received)
    await inFlight(`${name}, deliveries`, orders, (order) => this.#deliver(order))
  }

  /**
   * Everything is sold out; all orders of the last weeks wait. One receipt brings what they need that were
   * shipped, and the stock of the last day. Those go first, by priority; the rest goes by the required date.
   */
  async bigReceipt(name: string, orders: readonly NorthwindOrder[]): Promise<void> {
    const shipped = orders.filter((order) => order.shipped !== null)
    // One by one, for the order of entry decides between lines that are wanted on the same day.
    for (const order of orders) if (order.shipped === null) await this.#enter(order, 0)
    await inFlight(`${name}, orders`, shipped, (order) => this.#enter(order, 1))
    const sold = new Map(soldIn(shipped).map((each) => [each.productId, each.quantity]))
    const coming = this.#data.products.map((row) => ({
      productId: this.productIds.get(row.product_id)!,
      quantity: row.inStock + (sold.get(row.product_id) ?? 0),
    }))
    await this.#buy(coming, lastPeriod)
    await inFlight(`${name}, deliveries`, shipped, (order) => this.#deliver(order))
  }

  /** What the suppliers still owe: ordered and not received. */
  async onOrder(date: string): Promise<void> {
    const open = this.#data.products.map((row) => ({
      productId: this.productIds.get(row.product_id)!,
      quantity: row.onOrder,
    }))
    await inFlight('Northwind purchases on order', this.#bySupplier(open), ({ vendorId, lines }) =>
      this.#order(vendorId, lines, date),
    )
  }

  async #enter(order: NorthwindOrder, priority: number): Promise<void> {
    const draft = await this.#post('/sales-orders', {
      partyId: this.#customerIds.get(order.customerId),
      orderDate: order.date,
      expectedDate: order.required,
      reference: order.id,
      priority,
      lines: [
        ...order.lines.map(({ productId, quantity, unitPrice, discountPercent }) => ({
          productId: this.productIds.get(productId),
          quantity: String(quantity),
          unitPrice,
          discountPercent,
        })),
        { description: 'Freight', quantity: '1', unitPrice: order.freight },
      ],
    })
    const { lines } = await this.#post(`/sales-orders/${draft.id}/confirm`)
    this.#orderIds.set(order.id, draft.id)
    const held = lines.some((line) => Number(line['reserved']) > 0)
    const waits = lines.some((line) => line['productId'] !== null && Number(line['backordered']) > 0)
    if (waits) this.waited.add(order.id)
    if (waits && held) this.#partlyHeld.add(order.id)
  }

  async #deliverHeldPart(order: NorthwindOrder): Promise<void> {
    const note = await this.#postDelivery(order)
    const invoice = await this.#post(`/delivery-notes/${note.id}/invoices`, { date: order.shipped })
    await this.#post(`/invoices/${invoice.id}/post`)
    this.split.add(order.id)
  }

  async #deliver(order: NorthwindOrder): Promise<void> {
    await this.#postDelivery(order)
    const invoice = await this.#post(`/sales-orders/${this.#orderIds.get(order.id)}/invoices`, {
      date: order.shipped,
    })
    await this.#post(`/invoices/${invoice.id}/post`)
  }

  async #postDelivery(order: NorthwindOrder): Promise<Answered> {
    const path = `/sales-orders/${this.#orderIds.get(order.id)}/delivery-notes`
    const draft = await this.#post(path, { date: order.shipped })
    return this.#post(`/delivery-notes/${draft.id}/post`)
  }

  #levels(): Promise<LevelAnswer[]> {
    return everything<LevelAnswer>(this.#app, '/stock/levels')
  }

  /** A purchase order to each supplier, received and billed in full. */
  async #buy(wanted: readonly Supply[], date: string): Promise<void> {
    await inFlight(
      `Northwind purchases of ${date}`,
      this.#bySupplier(wanted),
      async ({ vendorId, lines }) => {
        const order = await this.#order(vendorId, lines, date)
        const receipt = await this.#post(`/purchase-orders/${order.id}/receipt-notes`, { date })
        await this.#post(`/receipt-notes/${receipt.id}/post`)
        const bill = await this.#post(`/receipt-notes/${receipt.id}/bills`, { date })
        await this.#post(`/bills/${bill.id}/post`)
      },
    )
  }

  async #order(vendorId: string, lines: readonly object[], date: string): Promise<Answered> {
    const draft = await this.#post('/purchase-orders', { partyId: vendorId, orderDate: date, lines })
    return this.#post(`/purchase-orders/${draft.id}/confirm`)
  }

  #bySupplier(wanted: readonly Supply[]): { vendorId: string; lines: object[] }[] {
    const row = new Map(this.#data.products.map((each) => [this.productIds.get(each.product_id)!, each]))
    const orders = new Map<string, object[]>()
    for (const { productId, quantity } of wanted) {
      if (quantity <= 0) continue
      const { supplier_id: supplier, unit_price: unitPrice } = row.get(productId)!
      const lines = orders.get(supplier) ?? []
      lines.push({ productId, quantity: String(quantity), unitPrice })
      orders.set(supplier, lines)
    }
    return [...orders].map(([supplier, lines]) => ({ vendorId: this.#vendorIds.get(supplier)!, lines }))
  }
}

function party(row: Northwind['customers'][number] | Northwind['suppliers'][number]) {
  return {
    name: row.company_name,
    currency: 'USD',
    phone: row.phone,
    contacts: [{ name: row.contact_name }],
    addresses: [
      {
        type: 'billing',
        default: true,
        line1: row.address,
        city: row.city,
        region: orNull(row.region),
        postalCode: orNull(row.postal_code),
        country: countryCodes[row.country],
      },
    ],
  }
}
