import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accessibilityFaults } from './support/axe.ts'
import { type Zapas, noBrowser, startZapas } from './support/browser.ts'
import { Desk, patience, plain } from './support/desk.ts'

interface Item {
  readonly id: string
  readonly number: string
}

/** What stands around a document: whose it is, and what happened to it. */
describe.skipIf(noBrowser)('beside a document', () => {
  let zapas: Zapas
  let order: Item
  let invoice: Item
  beforeAll(async () => {
    zapas = await startZapas()
    const { page } = await zapas.open()
    const desk = new Desk(zapas, page)
    const book = await desk.api<Item>('/price-books', { name: 'Rail prices', currency: 'USD', entries: [] })
    const party = await desk.api<Item>('/parties', {
      name: 'Rail',
      roles: ['customer'],
      currency: 'USD',
      taxNumber: 'PL5260250274',
      creditLimit: '500',
      priceBookId: book.id,
      addresses: [{ type: 'billing', line1: 'Rail street 1', city: 'Gdynia', country: 'PL' }],
      contacts: [
        { name: 'Olga Order', email: 'olga@rail.example', phone: '+48 600 100 200', purposes: ['order'] },
        { name: 'Iwo Invoice', email: 'iwo@rail.example', purposes: ['invoice'] },
      ],
    })
    const lines = [{ description: 'Work', quantity: '1', unitPrice: '700.00', taxIds: [] }]
    const { id } = await desk.api<Item>('/sales-orders', { partyId: party.id, currency: 'USD', lines })
    order = await desk.api<Item>(`/sales-orders/${id}/confirm`, {})
    invoice = await desk.api<Item>(`/sales-orders/${id}/invoices`, { post: true })
    await desk.api('/portal-links', { documentKind: 'invoice', documentId: invoice.id })
  })
  afterAll(() => zapas.close())

  it('stands whose it is, whom to ask about it and how they stand', async () => {
    const { page, faults } = await zapas.open()
    const desk = new Desk(zapas, page)
    await desk.go(`/sales-orders/${order.id}`)
    const card = page.getByRole('region', { name: 'Customer', exact: true })
    await card.getByText('Rail prices').waitFor(patience)
    await card.getByText('700.00 of USD 500.00 used').waitFor()
    const text = plain(await card.innerText())
    for (const each of ['PL5260250274 · Gdynia', 'Olga Order', '+48 600 100 200', 'Owes us USD 700.00'])
      expect(text).toContain(each)
    expect(text).not.toContain('Iwo')
    expect(await card.getByRole('link', { name: 'olga@rail.example' }).getAttribute('href')).toBe(
      'mailto:olga@rail.example',
    )
    expect(await accessibilityFaults(page)).toEqual([])
    await desk.go(`/invoices/${invoice.id}`)
    await card.getByText('Iwo Invoice').waitFor()
    await card.getByRole('link', { name: 'Rail', exact: true }).click()
    await desk.reads(/^Rail$/)
    expect(faults).toEqual([])
  })

  it('hides the money from whoever may not see it', async () => {
    const { page, faults } = await zapas.open({ as: 'warehouse' })
    const desk = new Desk(zapas, page)
    await desk.go(`/sales-orders/${order.id}`)
    const card = page.getByRole('region', { name: 'Customer', exact: true })
    await card.getByText('Olga Order').waitFor(patience)
    await page.getByRole('region', { name: 'Related documents' }).waitFor()
    expect(await card.innerText()).not.toMatch(/Owes us|Credit limit|Rail prices/)
    expect(faults).toEqual([])
  })

  it('the history shows all, what was changed, or what was sent and looked at', async () => {
    const { page, faults } = await zapas.open()
    const desk = new Desk(zapas, page)
    await desk.go(`/invoices/${invoice.id}`)
    const history = page.getByRole('region', { name: 'History' })
    await history.getByText('issued it').waitFor(patience)
    await history.getByText('made a link for the customer').waitFor()
    await history.getByText('Messages').click()
    await history.getByText('issued it').waitFor({ state: 'detached' })
    await history.getByText('made a link for the customer').waitFor()
    await history.getByText('Changes', { exact: true }).click()
    await history.getByText('issued it').waitFor()
    expect(await history.getByText('made a link for the customer').count()).toBe(0)
    expect(faults).toEqual([])
  })
})
