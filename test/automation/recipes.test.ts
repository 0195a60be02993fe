import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { lookForRules, runRules, sweepReservations } from '../../src/automation/index.ts'
import { now, setClock } from '../../src/kernel/clock.ts'
import type { Answered } from '../support/api.ts'
import type { Caller } from '../support/companies.ts'
import { type Shop, openShop } from '../support/shop.ts'

interface Linked {
  readonly id: string
  readonly links: readonly { kind: string; id: string; number: string | null; state: string }[]
}

describe('recipes', () => {
  let shop: Shop
  let seller: Caller

  beforeAll(async () => {
    shop = await openShop({ company: { backOrders: true } })
    seller = await shop.sessionAs('sales')
  })
  afterAll(() => shop.close())
  afterEach(async () => {
    setClock(null)
    for (const { key } of (await shop.api<{ items: { key: string }[] }>('GET', '/recipes')).items)
      await shop.api('PATCH', `/recipes/${key}`, { active: false })
  })

  const on = (key: string, parameters: object = {}) =>
    shop.api('PATCH', `/recipes/${key}`, { active: true, parameters })
  const run = async () => {
    await lookForRules(shop.db)
    await runRules(shop.db)
  }
  const later = (hours: number) => setClock(new Date(now().getTime() + hours * 3_600_000))
  const linked = async (path: string, id: string, kind: string) =>
    (await shop.api<Linked>('GET', `/${path}/${id}`)).links.filter((link) => link.kind === kind)
  const told = async (as: Caller): Promise<string[]> =>
    (
      await shop.api<{ items: { text: string }[] }>('GET', '/notices?unread=true', undefined, { as })
    ).items.map(({ text }) => text)

  it('let Crimson’s story run with people doing only what people must, and the log explains the machine', async () => {
    for (const key of [
      'bill-when-received',
      'deliver-when-confirmed',
      'invoice-when-delivered',
      'credit-when-returned',
    ])
      await on(key)
    // Nothing is delivered here: the mail that a rule hands over waits for the sender.
    await shop.api('PATCH', '/mail-settings', {
      host: '127.0.0.1',
      port: 2525,
      security: 'none',
      internalAllowed: true,
      fromAddress: 'sales@crimson.example',
    })
    await shop.api('PATCH', `/parties/${shop.customerId}`, { email: 'books@premium.example' })
    const laptop = await shop.product({ salesPrice: '899.00', purchasePrice: '500.00' })
    // A person orders 200 and counts the goods; the machine drafts the bill, which a person compares and books.
    const bought = await shop.api('POST', '/purchase-orders', {
      partyId: shop.vendorId,
      warehouseId: shop.warehouseId,
      lines: [{ productId: laptop, quantity: '200', unitPrice: '500.00' }],
    })
    await shop.act(`/purchase-orders/${bought.id}/confirm`)
    await shop.act(`/purchase-orders/${bought.id}/receipt-notes`, { post: true })
    await run()
    const [receipt] = await linked('purchase-orders', bought.id, 'receipt-note')
    const [bill] = await linked('receipt-notes', receipt!.id, 'bill')
    expect(await shop.api('GET', `/bills/${bill!.id}`)).toMatchObject({
      state: 'draft',
      totals: { gross: '100000' },
    })
    await shop.act(`/bills/${bill!.id}/post`)
    await shop.act(`/bills/${bill!.id}/payments`, {})
    // A person takes the order of 20; the machine drafts the note, a person ships, the machine invoices.
    const order = await shop.order([{ productId: laptop, quantity: '20' }])
    await shop.act(`/sales-orders/${order.id}/confirm`)
    await run()
    const [note, ...more] = await linked('sales-orders', order.id, 'delivery-note')
    expect([note!.state, more]).toEqual(['draft', []])
    await shop.act(`/delivery-notes/${note!.id}/post`)
    await run()
    const [invoice, ...others] = await linked('delivery-notes', note!.id, 'invoice')
    expect(others).toEqual([])
    expect(await shop.api('GET', `/invoices/${invoice!.id}`)).toMatchObject({
      state: 'posted',
      openAmount: '17980',
    })
    await shop.act(`/invoices/${invoice!.id}/payments`, {})
    // One comes back and a person accepts it; the machine drafts the credit note, a person decides on it.
    const delivered = await shop.api<{ lines: { id: string }[] }>('GET', `/delivery-notes/${note!.id}`)
    const back = await shop.act(`/delivery-notes/${note!.id}/sales-returns`, {
      post: true,
      lines: [
        { sourceLineId: delivered.lines[0]!.id, quantity: '1', disposition: 'restock', reason: 'defective' },
      ],
    })
    await run()
    const [credit] = await linked('sales-returns', back.id, 'credit-note')
    expect(await shop.api('GET', `/credit-notes/${credit!.id}`)).toMatchObject({
      state: 'draft',
      totals: { gross: '899' },
    })
    expect(await shop.figures(laptop, ['onHand', 'reserved'])).toEqual(['181', '0'])
    await run()
    const { items: log } = await shop.api<{
      items: { rule: string; state: string; reason: string; results: { text: string }[] }[]
    }>('GET', '/rule-runs?state=done&sort=createdAt')
    expect(log.map(({ rule, reason, results }) => [rule, reason.split(' by ')[0], results[0]!.text])).toEqual(
      [
        [
          'Goods received: draft bill',
          'receipt-note.posted',
          `Made a draft bill from receipt note ${receipt!.number}.`,
        ],
        [
          'Sales order confirmed: draft delivery note',
          'sales-order.confirmed',
          expect.stringMatching(/^Made a draft delivery note from sales order SO-/),
        ],
        [
          'Delivered: invoice issued',
          'delivery-note.posted',
          expect.stringMatching(/^Made and posted invoice INV-/),
        ],
        [
          'Invoice issued by a rule: mailed',
          'invoice.posted',
          `Sent invoice ${invoice!.number} to books@premium.example.`,
        ],
        [
          'Sales return accepted: draft credit note',
          'sales-return.posted',
          expect.stringMatching(/^Made a draft credit note from sales return SR-/),
        ],
      ],
    )
    const history = await shop.api<{ items: { actor: { name: string } }[] }>(
      'GET',
      `/audit?objectId=${invoice!.id}&sort=id`,
    )
    expect(history.items[0]!.actor.name).toBe('rule: Delivered: invoice issued')
  })

  it('tell who waits that goods have arrived, and draft the note', async () => {
    await on('tell-when-allocated')
    await on('deliver-when-confirmed')
    const product = await shop.product()
    const order = await shop.api(
      'POST',
      '/sales-orders',
      {
        partyId: shop.customerId,
        warehouseId: shop.warehouseId,
        lines: [{ productId: product, quantity: '5' }],
      },
      { as: seller },
    )
    await shop.act(`/sales-orders/${order.id}/confirm`)
    await run()
    expect(await linked('sales-orders', order.id, 'delivery-note')).toEqual([])
    await shop.stock(product, '5')
    await run()
    const { number } = await shop.api<Answered & { number: string }>('GET', `/sales-orders/${order.id}`)
    expect(await told(seller)).toEqual([
      `Goods for ${number} of Premium Computers have arrived and are held for it.`,
    ])
    expect(await linked('sales-orders', order.id, 'delivery-note')).toMatchObject([{ state: 'draft' }])
    await shop.act(`/sales-orders/${order.id}/cancel`, {}, { expect: 200 }).catch(() => {})
  })

  it('tell of a reservation that ends, and release it when it has', async () => {
    await on('tell-when-reservation-ends', { hours: '2' })
    const product = await shop.product()
    await shop.stock(product, '5')
    const held = await shop.api<Answered & { number: string }>(
      'POST',
      '/stock-reservations',
      {
        partyId: shop.customerId,
        warehouseId: shop.warehouseId,
        reserveUntil: new Date(now().getTime() + 6 * 3_600_000).toISOString(),
        lines: [{ productId: product, quantity: '3' }],
      },
      { as: seller },
    )
    const before = await told(seller)
    await run()
    expect(await told(seller)).toEqual(before)
    later(4.5)
    await run()
    expect((await told(seller))[0]).toContain(
      `The reservation ${held.number} of Premium Computers ends soon.`,
    )
    later(2)
    await sweepReservations(shop.db)
    await run()
    expect((await told(seller))[0]).toContain(`The reservation ${held.number} of Premium Computers has ended`)
    expect(await shop.api('GET', `/stock-reservations/${held.id}`)).toMatchObject({ state: 'released' })
  })

  it('remind in stages, tell of low stock, and take their parameters within limits', async () => {
    const book = await shop.sessionAs('accounting')
    const buyer = await shop.sessionAs('purchasing')
    await on('remind-when-overdue', { days1: '3', days2: '10', days3: '20' })
    await on('tell-when-stock-is-low', { quantity: '2.5' })
    const product = await shop.product()
    await shop.stock(product, '3')
    const order = await shop.order([{ productId: product, quantity: '1' }])
    await shop.act(`/sales-orders/${order.id}/confirm`)
    await shop.deliver(order.id)
    await shop.act(`/sales-orders/${order.id}/invoices`, { post: true })
    await run()
    expect(await told(book)).toEqual([])
    expect((await told(buyer)).filter((text) => text.includes('On hand 2, forecast 2'))).toHaveLength(1)
    for (const [days, stages] of [
      [33, 1],
      [2, 1],
      [6, 2],
      [30, 3],
    ] as const) {
      later(days * 24)
      await run()
      const own = (await told(book)).filter((text) => text.includes('owes 10'))
      expect(own).toHaveLength(stages)
      expect(own[0]).toMatch(new RegExp(`^Reminder ${stages}: Premium Computers owes 10(.00)? USD of INV-`))
    }
    await shop.api('PATCH', '/recipes/remind-when-overdue', { parameters: { days1: '0' } }, { expect: 422 })
    await shop.api('PATCH', '/recipes/remind-when-overdue', { parameters: { days1: '1.5' } }, { expect: 422 })
    await shop.api('PATCH', '/recipes/remind-when-overdue', { parameters: { hours: '5' } }, { expect: 422 })
    const falling = { active: true, parameters: { days1: '10', days2: '5', days3: '1' } }
    expect(await shop.api('PATCH', '/recipes/remind-when-overdue', falling, { expect: 422 })).toMatchObject({
      code: 'reminders-out-of-order',
      errors: [{ pointer: '/parameters/days2', message: expect.stringContaining('more than 10') }],
    })
    await shop.api('PATCH', '/recipes/no-such', { active: true }, { expect: 404 })
    const [rule] = (await shop.api('GET', '/rules')).items
    await shop.api('PATCH', `/rules/${rule!.id}`, { active: true }, { expect: 409 })
  })
})
