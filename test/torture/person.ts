import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Answered } from '../support/api.ts'
import { type Entry, type Journal, kindOf } from './journal.ts'

/** The request was refused for good (no stock left, paid already): nothing follows from it. */
class Refused extends Error {}

/** What a load works on. */
export interface Shop {
  readonly customerId: string
  readonly vendorId: string
  readonly products: readonly string[]
}

export interface Server {
  /** Where it is just now: another port after another start, perhaps. */
  readonly base: string
  readonly headers: Readonly<Record<string, string>>
}

/** Every request may be begun only while it is open. */
export interface Gate {
  pass(): Promise<void>
}

/** So long a client waits for an answer before it takes it for lost. */
const patience = 20_000

/** One client: works through one case after the other, and repeats what was not answered with its key. */
export class Person {
  readonly #journal: Journal
  readonly #server: () => Server
  readonly #gate: Gate
  readonly #random: () => number

  constructor(journal: Journal, server: () => Server, gate: Gate, random: () => number) {
    this.#journal = journal
    this.#server = server
    this.#gate = gate
    this.#random = random
  }

  /** Works until it is told that it is enough. */
  async work(shop: Shop, enough: () => boolean): Promise<void> {
    const cases = [
      () => this.#sell(shop),
      () => this.#sell(shop),
      () => this.#buy(shop),
      () => this.#reserve(shop),
      () => this.#adjust(shop),
    ]
    while (!enough()) {
      try {
        await cases[this.#int(cases.length)]!()
      } catch (error) {
        if (!(error instanceof Refused)) throw error
      }
    }
  }

  /** Makes or does something: one request with a key of its own, until it is answered for good. */
  async ask(path: string, body?: object): Promise<Answered> {
    await this.#gate.pass()
    const entry: Entry = {
      key: `torture-${randomUUID()}`,
      path,
      body,
      tries: 0,
      unknown: 0,
      status: 0,
      text: '',
    }
    this.#journal.entries.push(entry)
    while (!(await this.#send(entry))) await pause(20 + this.#int(150))
    if (entry.status >= 400) throw new Refused(`${path} ${entry.text}`)
    const answered = JSON.parse(entry.text) as Answered
    this.#journal.saw(kindOf(path), answered)
    return answered
  }

  /** @returns whether there is an answer for good. */
  async #send(entry: Entry): Promise<boolean> {
    entry.tries++
    const { base, headers } = this.#server()
    let status: number
    let text: string
    try {
      const answer = await fetch(`${base}/api/v1${entry.path}`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json', 'idempotency-key': entry.key },
        signal: AbortSignal.timeout(patience),
        ...(entry.body !== undefined && { body: JSON.stringify(entry.body) }),
      })
      status = answer.status
      text = await answer.text()
    } catch {
      entry.unknown++
      return false
    }
    if (status === 503) {
      const { code } = JSON.parse(text) as Answered
      this.#journal.unavailable.set(code, (this.#journal.unavailable.get(code) ?? 0) + 1)
      entry.unknown++
      return false
    }
    if (status >= 500 || status === 401 || status === 429) {
      this.#journal.faults.push(`POST ${entry.path} answered ${status}: ${text.slice(0, 500)}`)
      if (entry.tries < 50) return false
    }
    entry.status = status
    entry.text = text
    return true
  }

  async #sell(shop: Shop): Promise<void> {
    const lines = this.#lines(shop)
    const order = await this.ask('/sales-orders', { partyId: shop.customerId, lines })
    await this.ask(`/sales-orders/${order.id}/confirm`)
    const delivery = await this.ask(`/sales-orders/${order.id}/delivery-notes`)
    await this.#post('delivery-notes', delivery, -1)
    const invoice = await this.ask(`/sales-orders/${order.id}/invoices`)
    await this.#invoice('invoices', invoice)
    if (this.#int(3) > 0) return
    const { id, quantity } = delivery.lines[0]!
    const back = await this.ask(`/delivery-notes/${delivery.id}/sales-returns`, {
      lines: [{ sourceLineId: id, quantity, reason: 'not wanted', disposition: 'restock' }],
    })
    await this.#post('sales-returns', back, 1)
    const credit = await this.ask(`/sales-returns/${back.id}/credit-notes`)
    await this.ask(`/credit-notes/${credit.id}/post`)
  }

  async #buy(shop: Shop): Promise<void> {
    const lines = this.#lines(shop)
    const order = await this.ask('/purchase-orders', { partyId: shop.vendorId, lines })
    await this.ask(`/purchase-orders/${order.id}/confirm`)
    const receipt = await this.ask(`/purchase-orders/${order.id}/receipt-notes`)
    await this.#post('receipt-notes', receipt, 1)
    const bill = await this.ask(`/purchase-orders/${order.id}/bills`)
    await this.#invoice('bills', bill)
  }

  async #reserve(shop: Shop): Promise<void> {
    const lines = this.#lines(shop).map(({ productId, quantity }) => ({ productId, quantity }))
    const reserveUntil = new Date(Date.now() + 30 * 86_400_000).toISOString()
    const held = await this.ask('/stock-reservations', { partyId: shop.customerId, reserveUntil, lines })
    await this.ask(`/stock-reservations/${held.id}/release`)
  }

  async #adjust(shop: Shop): Promise<void> {
    const productId = shop.products[this.#int(shop.products.length)]!
    await this.adjust(productId, 1 + this.#int(20))
  }

  /** Goods that are found. */
  async adjust(productId: string, quantity: number): Promise<void> {
    const draft = await this.ask('/stock-adjustments', {
      lines: [{ productId, quantityChange: String(quantity), unitCost: '2.00', reason: 'found' }],
    })
    await this.ask(`/stock-adjustments/${draft.id}/post`)
    this.#journal.moved(productId, quantity)
  }

  async #post(path: string, shipment: Answered, sign: number): Promise<void> {
    await this.ask(`/${path}/${shipment.id}/post`)
    for (const line of shipment.lines)
      this.#journal.moved(String(line['productId']), sign * Number(line.quantity))
  }

  /** Posts it and pays it, in one or two payments. */
  async #invoice(path: 'invoices' | 'bills', draft: Answered): Promise<void> {
    const posted = await this.ask(`/${path}/${draft.id}/post`)
    const gross = cents(posted.totals.gross)
    const account = { gross, paid: 0 }
    this.#journal.invoices.set(posted.id, account)
    const first = this.#int(2) === 0 ? gross : Math.floor(gross / 3)
    for (const part of [first, gross - first].filter((each) => each > 0)) {
      await this.ask(`/${path}/${posted.id}/payments`, { amount: (part / 100).toFixed(2), method: 'bank' })
      account.paid += part
    }
  }

  #lines(shop: Shop): { productId: string; quantity: string; unitPrice: string }[] {
    const first = this.#int(shop.products.length)
    return Array.from({ length: 1 + this.#int(3) }, (_, i) => ({
      productId: shop.products[(first + i) % shop.products.length]!,
      quantity: String(1 + this.#int(4)),
      unitPrice: `${1 + this.#int(90)}.${10 + this.#int(89)}`,
    }))
  }

  #int(below: number): number {
    return Math.floor(this.#random() * below)
  }
}

/** Cents of an amount of a currency with two decimals. */
export function cents(amount: string): number {
  return Math.round(Number(amount) * 100)
}
