import { decimal } from '../../src/kernel/decimal.ts'
import type { Answered, CallOptions } from './api.ts'
import { type Shop, openShop } from './shop.ts'
import type { TestAppOptions } from './test-app.ts'

/** The steps of a trading company, each made and posted; the scenarios are told in these words. */
export interface Trade extends Shop {
  /** A confirmed sales order of the customer. */
  sell(lines: readonly object[], head?: object): Promise<Answered>
  /** A confirmed purchase order at the vendor. */
  buy(lines: readonly object[], head?: object): Promise<Answered>
  /** A draft made from another document: `follow('sales-orders', order, 'invoices', part(order, '2'))`. */
  follow(from: string, document: { readonly id: string }, to: string, body?: unknown): Promise<Answered>
  /** The same, posted. */
  followAndPost(
    from: string,
    document: { readonly id: string },
    to: string,
    body?: unknown,
  ): Promise<Answered>
  receive(purchaseOrder: Answered, body?: unknown): Promise<Answered>
  /** Takes goods of a delivery back. */
  takeBack(delivery: Answered, body?: unknown): Promise<Answered>
  /** Sends goods of a receipt back. */
  sendBack(receipt: Answered, body?: unknown): Promise<Answered>
  invoice(salesOrder: Answered, body?: unknown): Promise<Answered>
  bill(purchaseOrder: Answered, body?: unknown): Promise<Answered>
  creditNote(invoice: Answered, body?: unknown): Promise<Answered>
  pay(invoice: Answered, body?: unknown): Promise<Answered>
  /** The document as it is now: `again('sales-orders', order)`. */
  again(path: string, document: { readonly id: string }): Promise<Answered>
  /**
   * What a request that must be refused answers: a problem that says why in words (R18). Throws when it is
   * accepted, or is a fault of the server.
   */
  refused(path: string, body?: unknown, options?: CallOptions & { method?: string }): Promise<Problem>
}

export interface Problem extends Answered {
  readonly status: number
}

/** Body of a follow-up that takes a part: the same quantity of each line, or one quantity per line. */
export function part(
  document: Answered,
  quantity: string | readonly (string | null)[],
  more: object = {},
): object {
  return {
    lines: document.lines.flatMap((line, i) => {
      const taken = typeof quantity === 'string' ? quantity : (quantity[i] ?? null)
      return taken === null ? [] : [{ sourceLineId: line.id, quantity: taken, ...more }]
    }),
  }
}

/**
 * Figures as people write them, '66.00', in the text in which the API writes decimals, '66': so that a test
 * can say the figures of its scenario and compare them exactly. Goes through objects and lists.
 */
export function exact<T>(figures: T): T {
  if (Array.isArray(figures)) return figures.map((each: unknown) => exact(each)) as T
  if (typeof figures === 'string')
    return (/^-?\d+\.\d+$/.test(figures) ? decimal(figures).toFixed() : figures) as T
  if (figures === null || typeof figures !== 'object' || Object.getPrototypeOf(figures) !== Object.prototype)
    return figures
  return Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, exact(value)])) as T
}

/** By status, how many of the requests that were sent together were answered so. */
export function statuses(answers: readonly { readonly status: number }[]): Record<number, number> {
  const count: Record<number, number> = {}
  for (const { status } of answers) count[status] = (count[status] ?? 0) + 1
  return count
}

/** Some fields of a document or a line, in the order asked for. */
export function fields(of: Readonly<Record<string, unknown>>, ...names: readonly string[]): unknown[] {
  return names.map((name) => of[name])
}

export async function openTrade(options: TestAppOptions = {}): Promise<Trade> {
  const shop = await openShop(options)
  const { api, warehouseId, customerId, vendorId } = shop
  const act: Trade['act'] = (path, body, more) => shop.act(path, body, more)
  const follow: Trade['follow'] = (from, { id }, to, body) => act(`/${from}/${id}/${to}`, body)
  const followAndPost: Trade['followAndPost'] = async (from, document, to, body) => {
    const draft = await follow(from, document, to, body)
    return act(`/${to}/${draft.id}/post`)
  }
  const promise = async (
    path: string,
    partyId: string,
    lines: readonly object[],
    head: object,
  ): Promise<Answered> => {
    const draft = await api('POST', path, { partyId, warehouseId, ...head, lines })
    return act(`${path}/${draft.id}/confirm`)
  }
  return {
    ...shop,
    follow,
    followAndPost,
    sell: (lines, head = {}) => promise('/sales-orders', customerId, lines, head),
    buy: (lines, head = {}) => promise('/purchase-orders', vendorId, lines, head),
    receive: (order, body) => followAndPost('purchase-orders', order, 'receipt-notes', body),
    takeBack: (delivery, body) => followAndPost('delivery-notes', delivery, 'sales-returns', body),
    sendBack: (receipt, body) => followAndPost('receipt-notes', receipt, 'purchase-returns', body),
    invoice: (order, body) => followAndPost('sales-orders', order, 'invoices', body),
    bill: (order, body) => followAndPost('purchase-orders', order, 'bills', body),
    creditNote: (invoice, body) => followAndPost('invoices', invoice, 'credit-notes', body),
    pay: (invoice, body) => follow('invoices', invoice, 'payments', body),
    again: (path, { id }) => api('GET', `/${path}/${id}`),
    async refused(path, body, { method = 'POST', ...more } = {}) {
      const { status, text, json } = await shop.send<Problem>(method, path, body, more)
      if (status < 400 || status >= 500 || !json.code || !json.detail) {
        throw new Error(
          `${method} ${path} answered ${status}, not a refusal in words: ${text.slice(0, 1000)}`,
        )
      }
      return json
    },
  }
}
