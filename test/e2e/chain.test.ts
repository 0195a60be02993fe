import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Zapas, noBrowser, startZapas } from './support/browser.ts'
import { Desk, patience, plain } from './support/desk.ts'

interface Item {
  readonly id: string
  readonly number: string
  readonly lines: readonly { readonly id: string }[]
}

/** The chain of a document: what went from one to the next. */
describe.skipIf(noBrowser)('the chain', () => {
  let zapas: Zapas
  let order: Item
  beforeAll(async () => {
    zapas = await startZapas()
    const { page } = await zapas.open()
    const desk = new Desk(zapas, page)
    const party = await desk.api<Item>('/parties', { name: 'Chain', roles: ['customer'], currency: 'USD' })
    const lines: object[] = []
    for (const sku of ['CHAIN-1', 'CHAIN-2']) {
      const { id: productId } = await desk.api<Item>('/products', { sku, name: 'Lamp', taxIds: [] })
      const stocked = [{ productId, quantityChange: '20', unitCost: '40' }]
      await desk.api('/stock-adjustments', { post: true, reason: 'Opening stock', lines: stocked })
      lines.push({ productId, quantity: '10', unitPrice: '100.00', taxIds: [] })
    }
    const { id } = await desk.api<Item>('/sales-orders', { partyId: party.id, currency: 'USD', lines })
    order = await desk.api<Item>(`/sales-orders/${id}/confirm`, {})
    await desk.api(`/sales-orders/${id}/delivery-notes`, {
      post: true,
      lines: [{ sourceLineId: order.lines[0]!.id, quantity: '6' }],
    })
    const invoice = await desk.api<Item>(`/sales-orders/${id}/invoices`, { post: true })
    await desk.api(`/invoices/${invoice.id}/payments`, { amount: '150.00' })
  })
  afterAll(() => zapas.close())

  it('says what went along an edge under the pointer, and in its list for everybody else', async () => {
    const { page, faults } = await zapas.open()
    const desk = new Desk(zapas, page)
    await desk.go(`/sales-orders/${order.id}`)
    const label = page.locator('[data-edge-label]')
    const edges = page.locator('[data-edge]')
    await expect.poll(() => edges.count(), patience).toBe(3)
    expect(await label.count()).toBe(0)
    const said: string[] = []
    for (const edge of await edges.all()) {
      await edge.dispatchEvent('pointerover')
      said.push(plain((await label.textContent()) ?? ''))
      await edge.dispatchEvent('pointerout')
    }
    expect(said.toSorted()).toEqual(['2 lines', '6 pcs', 'USD 150.00'])
    const list = page.getByRole('region', { name: 'Related documents' })
    expect(plain(await list.innerText())).toMatch(/Delivery note 6 pcs ·.* Invoice 2 lines ·/)
    expect(faults).toEqual([])
  })

  it('says it on a phone and in Polish', async () => {
    const { page, faults } = await zapas.open({ language: 'pl', width: 390, touch: true })
    const desk = new Desk(zapas, page)
    await desk.go(`/sales-orders/${order.id}`)
    await page.getByRole('tab', { name: 'Łańcuch' }).click()
    await page.getByText('2 pozycje ·').waitFor()
    expect(faults).toEqual([])
  })
})
