import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Zapas, noBrowser, startZapas } from './support/browser.ts'
import { Desk, patience } from './support/desk.ts'

interface Item {
  readonly id: string
  readonly lines: readonly { readonly unitPrice: string }[]
}

describe.skipIf(noBrowser)('a copy', () => {
  let zapas: Zapas
  beforeAll(async () => {
    zapas = await startZapas()
  })
  afterAll(() => zapas.close())

  it('of an order is made with the prices that were chosen, and opens to be changed', async () => {
    const { page, faults } = await zapas.open()
    const desk = new Desk(zapas, page)
    const party = await desk.api<Item>('/parties', { name: 'Copied', roles: ['customer'], currency: 'USD' })
    const { id: productId } = await desk.api<Item>('/products', {
      sku: 'COPY-1',
      name: 'Lamp',
      salesPrice: '9.00',
      taxIds: [],
    })
    const lines = [{ productId, quantity: '10', unitPrice: '7.00', taxIds: [] }]
    const { id } = await desk.api<Item>('/sales-orders', { partyId: party.id, currency: 'USD', lines })
    await desk.go(`/sales-orders/${id}`)
    await desk.act('copy')
    await desk.dialog.getByLabel('as in the original').check()
    await desk.agree()
    await page.waitForURL(/\/sales-orders\/[^/]+\/edit$/, patience)
    const made = page.url().split('/').at(-2)!
    expect(made).not.toBe(id)
    expect((await desk.api<Item>(`/sales-orders/${made}`)).lines).toMatchObject([{ unitPrice: '7' }])
    await desk.cell('product').getByText('COPY-1').waitFor(patience)
    expect(faults).toEqual([])
  })
})
