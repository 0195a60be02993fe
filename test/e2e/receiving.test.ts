import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Zapas, noBrowser, startZapas } from './support/browser.ts'
import { Desk, patience, plain } from './support/desk.ts'

interface Order {
  readonly id: string
  readonly number: string
  readonly state: string
  readonly lines: readonly { readonly id: string; readonly quantity: string; readonly open: string }[]
}
interface Made {
  readonly id: string
}
interface Receipts {
  readonly items: readonly Made[]
}
interface Receipt {
  readonly lines: readonly {
    readonly quantity: string
    readonly rejectedQuantity: string
    readonly reason: string | null
  }[]
}

/** A picture of one point. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
)

/** What came of a purchase order is counted, in part refused, and the rest kept open or closed. */
describe.skipIf(noBrowser)('receiving', () => {
  let zapas: Zapas
  beforeAll(async () => {
    zapas = await startZapas()
  })
  afterAll(() => zapas.close())

  let count = 0
  const open = async (language: 'en' | 'pl' = 'en', of: object = {}) => {
    const { page, faults } = await zapas.open({ language, ...of })
    return { desk: new Desk(zapas, page), page, faults }
  }
  /** A confirmed order of so much of each of as many products. */
  const purchase = async (desk: Desk, ...quantities: readonly string[]): Promise<Order> => {
    const stamp = ++count
    const party = await desk.api<Made>('/parties', { name: `Vendor ${stamp}`, roles: ['vendor'] })
    const lines: object[] = []
    for (const [at, quantity] of quantities.entries()) {
      const sku = `RECEIVE-${stamp}-${at + 1}`
      const { id: productId } = await desk.api<Made>('/products', { sku, name: 'Lamp', taxIds: [] })
      lines.push({ productId, quantity, unitPrice: '2.00', taxIds: [] })
    }
    const { id } = await desk.api<Made>('/purchase-orders', { partyId: party.id, lines })
    return desk.api<Order>(`/purchase-orders/${id}/confirm`, {})
  }
  const receiptOf = async (desk: Desk, { id }: Order) => {
    const { items } = await desk.api<Receipts>(`/receipt-notes?orderId=${id}`)
    return { id: items[0]!.id, ...(await desk.api<Receipt>(`/receipt-notes/${items[0]!.id}`)) }
  }
  const quantity = (desk: Desk) => desk.dialog.locator('input[data-quantity]')
  const rest = async (desk: Desk) => desk.dialog.locator('[data-rest]').allInnerTexts()

  it('what is left stands beside each line, and its foot counts lines and never units', async () => {
    const { desk, page, faults } = await open()
    const order = await purchase(desk, '10', '5', '7')
    await desk.go(`/purchase-orders/${order.id}`)
    await desk.act('receipt-notes')
    expect(await rest(desk)).toEqual(['10', '5', '7'])
    await quantity(desk).first().focus()
    await page.keyboard.type('4')
    await page.keyboard.press('Enter')
    await page.keyboard.press('=')
    expect(await rest(desk)).toEqual(['6', '0', '7'])
    await desk.dialog.getByText('1 line done, 1 line partly').waitFor()
    await desk.dialog.getByLabel(/^Rejected: RECEIVE-\d+-1/).fill('6')
    expect(await rest(desk)).toEqual(['0', '0', '7'])
    await desk.dialog.getByText('2 lines done, 0 lines partly').waitFor()
    // With the whole of it selected, 0 takes nothing.
    await quantity(desk).nth(1).focus()
    await page.keyboard.type('0')
    expect(await rest(desk)).toEqual(['0', '5', '7'])
    expect(faults).toEqual([])
  })

  it('one of the reasons is chosen and a photo added: both are on the receipt, in its language and on paper', async () => {
    const { desk, page, faults } = await open()
    const order = await purchase(desk, '10')
    await desk.go(`/purchase-orders/${order.id}`)
    await desk.act('receipt-notes')
    await quantity(desk).fill('7')
    await desk.dialog.getByLabel(/^Rejected:/).fill('2')
    await desk.dialog.getByLabel('Why is it rejected?').selectOption({ label: 'Wrong item' })
    const chooser = page.waitForEvent('filechooser')
    await desk.dialog.getByRole('button', { name: /^Add a photo/ }).click()
    await (await chooser).setFiles({ name: 'dent.png', mimeType: 'image/png', buffer: png })
    await desk.dialog.getByText('dent.png').waitFor()
    await desk.agree()
    await desk.follow('RN')
    await desk.shows('Wrong item')
    await page.getByRole('button', { name: /^RECEIVE-\d+-1 dent\.png/ }).waitFor(patience)
    const { id, lines } = await receiptOf(desk, order)
    expect(lines).toMatchObject([{ quantity: '7', rejectedQuantity: '2', reason: 'wrong-item' }])

    const polish = await open('pl')
    await polish.desk.go(`/receipt-notes/${id}`)
    await polish.desk.shows('Zły towar')
    expect([...faults, ...polish.faults]).toEqual([])
  })

  it('another reason is told in own words; what is left is closed in the same step', async () => {
    const { desk, faults } = await open()
    const order = await purchase(desk, '10')
    await desk.go(`/purchase-orders/${order.id}`)
    await desk.act('receipt-notes')
    await quantity(desk).fill('7')
    await desk.dialog.getByLabel(/^Rejected:/).fill('1')
    await desk.dialog.getByLabel('Why is it rejected?').selectOption('other')
    await desk.dialog.getByLabel('In your own words').fill('smells of smoke')
    await desk.dialog.getByRole('radio', { name: /^is not expected any more/ }).check()
    await desk.dialog.getByLabel('Why is the rest not expected any more?').fill('sold out')
    await desk.agree()
    expect((await receiptOf(desk, order)).lines).toMatchObject([{ reason: 'smells of smoke' }])
    expect((await desk.api<Order>(`/purchase-orders/${order.id}`)).state).toBe('closed')
    expect(faults).toEqual([])
  })

  it('all as expected takes two clicks from the order', async () => {
    const { desk, faults } = await open()
    const order = await purchase(desk, '10', '5')
    await desk.go(`/purchase-orders/${order.id}`)
    await desk.act('receive-all')
    await desk.expectDialogText(/On hand 0 10 \(\+10\).*On hand 0 5 \(\+5\)/)
    await desk.agree()
    const now = await desk.api<Order>(`/purchase-orders/${order.id}`)
    expect(now.lines.map((line) => line.open)).toEqual(['0', '0'])
    // Nothing is left: Receive says so, and there is no second button that says it again.
    await desk.page.locator('button[data-action="receipt-notes"][aria-disabled="true"]').waitFor(patience)
    expect(await desk.page.locator('[data-action="receive-all"]').count()).toBe(0)
    expect(faults).toEqual([])
  })

  it('where lots have to be named, all as expected leads to the lines', async () => {
    const { desk, faults } = await open()
    const party = await desk.api<Made>('/parties', { name: 'Vendor of lots', roles: ['vendor'] })
    const { id: productId } = await desk.api<Made>('/products', {
      sku: 'RECEIVE-LOT',
      name: 'Paint',
      tracking: 'lot',
      taxIds: [],
    })
    const lines = [{ productId, quantity: '10', unitPrice: '2.00', taxIds: [] }]
    const { id } = await desk.api<Made>('/purchase-orders', { partyId: party.id, lines })
    await desk.api(`/purchase-orders/${id}/confirm`, {})
    await desk.go(`/purchase-orders/${id}`)
    await desk.act('receive-all')
    await desk.dialog.getByRole('alert').waitFor()
    await desk.dialog.getByRole('button', { name: 'Enter quantities instead' }).click()
    await quantity(desk).waitFor()
    expect(faults).toEqual([])
  })

  it('labels are printed in the number of accepted packs', async () => {
    const { desk, page, faults } = await open()
    const order = await purchase(desk, '10', '5')
    await desk.api(`/purchase-orders/${order.id}/receipt-notes`, {
      post: true,
      lines: [
        { sourceLineId: order.lines[0]!.id, quantity: '2.5' },
        { sourceLineId: order.lines[1]!.id, quantity: '4', rejectedQuantity: '1', reason: 'damaged' },
      ],
    })
    const { id } = await receiptOf(desk, order)
    await desk.go(`/receipt-notes/${id}`)
    await desk.act('labels')
    const numbers = desk.dialog.getByRole('textbox', { name: /^Labels of RECEIVE/ })
    expect(await numbers.evaluateAll((all) => all.map((each) => (each as HTMLInputElement).value))).toEqual([
      '3',
      '4',
    ])
    await numbers.first().fill('1')
    const asked = page.waitForRequest('**/products/labels/pdf')
    await desk.dialog.getByRole('button', { name: 'Print labels (5)' }).click()
    expect((await asked).postDataJSON()).toMatchObject({ lines: [{ copies: 1 }, { copies: 4 }] })
    await desk.dialog.waitFor({ state: 'detached' })
    expect(faults).toEqual([])
  })

  it('on a phone each line is a card that says what is left, with room for a thumb', async () => {
    const { desk, page, faults } = await open('en', { width: 390 })
    const order = await purchase(desk, '10')
    await desk.go(`/purchase-orders/${order.id}`)
    await page.getByRole('button', { name: 'Receive', exact: true }).last().click()
    const more = desk.dialog.getByRole('button', { name: /^One more/ })
    await more.click()
    expect((await more.boundingBox())!.height).toBeGreaterThanOrEqual(56)
    expect(plain(await desk.dialog.innerText())).toContain('Ordered: 10 pcs, Received: 0, Rest: 9')
    expect(faults).toEqual([])
  })
})
