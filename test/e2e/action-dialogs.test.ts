import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Zapas, noBrowser, startZapas } from './support/browser.ts'
import { Desk, patience, plain } from './support/desk.ts'
import { scan } from './support/scanner.ts'

interface Item {
  readonly id: string
  readonly number: string
  readonly state: string
  readonly version: number
  readonly lines: readonly { readonly id: string; readonly quantity: string }[]
}
interface Listed {
  readonly items: readonly Item[]
}

/** What dialogs ask, propose, refuse and repeat. */
describe.skipIf(noBrowser)('action dialogs', () => {
  let zapas: Zapas
  beforeAll(async () => {
    zapas = await startZapas()
  })
  afterAll(() => zapas.close())

  let count = 0
  const open = async (language: 'en' | 'pl' = 'en') => {
    const { page, faults } = await zapas.open({ language })
    return { desk: new Desk(zapas, page), page, faults }
  }
  const product = (desk: Desk, of: object = {}) =>
    desk.api<Item>('/products', { sku: `DIALOG-${++count}`, name: 'Lamp', taxIds: [], ...of })
  /** A confirmed order of 10 pieces at 100.00, of which 20 are in stock. */
  const sale = async (desk: Desk): Promise<Item> => {
    const party = await desk.api<Item>('/parties', { name: `Shop ${count}`, roles: ['customer'] })
    const { id: productId } = await product(desk)
    const stocked = [{ productId, quantityChange: '20', unitCost: '40' }]
    await desk.api('/stock-adjustments', { post: true, reason: 'Opening stock', lines: stocked })
    const lines = [{ productId, quantity: '10', unitPrice: '100.00', taxIds: [] }]
    const { id } = await desk.api<Item>('/sales-orders', { partyId: party.id, lines })
    return desk.api<Item>(`/sales-orders/${id}/confirm`, {})
  }
  /** A confirmed order to a vendor. */
  const purchase = async (desk: Desk, quantity: string, of: object = {}): Promise<Item> => {
    const party = await desk.api<Item>('/parties', { name: `Vendor ${count}`, roles: ['vendor'] })
    const { id: productId } = await product(desk, of)
    const lines = [{ productId, quantity, unitPrice: '1.00', taxIds: [] }]
    const { id } = await desk.api<Item>('/purchase-orders', { partyId: party.id, lines })
    return desk.api<Item>(`/purchase-orders/${id}/confirm`, {})
  }
  const amend = (desk: Desk, order: Item, quantity: string) =>
    desk.api(`/sales-orders/${order.id}/amend`, { lines: [{ id: order.lines[0]!.id, quantity }] })
  const alert = (desk: Desk): Locator => desk.dialog.getByRole('alert')
  const quantity = (desk: Desk): Locator => desk.dialog.locator('input[data-quantity]')
  /** Whether there is a preview or a refusal. */
  const says = (desk: Desk, words: RegExp) =>
    expect.poll(async () => plain(await desk.dialog.innerText()), patience).toMatch(words)
  const overtaken = 'Somebody changed this meanwhile. What differs is marked below.'

  it('what somebody changed meanwhile is marked, and the next press goes through against it', async () => {
    const { desk, faults } = await open()
    const order = await sale(desk)
    await desk.go(`/sales-orders/${order.id}`)
    await desk.act('cancel')
    await desk.dialog.getByLabel('Reason').fill('changed their mind')
    await desk.expectDialogText(/Reserved 10 0 \(-10\)/)
    await amend(desk, order, '12')
    await desk.verb.click()
    await alert(desk).getByText(overtaken).waitFor()
    await desk.expectDialogText(/Reserved 12 0 \(-12\).* changed meanwhile/)
    await desk.verb.click()
    await desk.verb.waitFor({ state: 'detached' })
    expect((await desk.api<Item>(`/sales-orders/${order.id}`)).state).toBe('cancelled')
    expect(faults).toEqual([])
  })

  it('what was typed into Amend stays, and beside it stands what another has changed', async () => {
    const { desk, faults } = await open()
    const order = await sale(desk)
    await desk.go(`/sales-orders/${order.id}`)
    await desk.act('amend')
    const field = desk.dialog.getByLabel(/^Quantity:/)
    await field.fill('15')
    await amend(desk, order, '12')
    await desk.api(`/sales-orders/${order.id}/amend`, { reference: 'PO 7' })
    await desk.press()
    await alert(desk).getByText(overtaken).waitFor()
    await desk.expectDialogText(/Changed meanwhile: 10 became 12/)
    expect(await field.inputValue()).toBe('15')
    expect(await desk.dialog.getByLabel('Reference').inputValue()).toBe('PO 7')
    await desk.press()
    await desk.verb.waitFor({ state: 'detached' })
    const now = await desk.api<Item>(`/sales-orders/${order.id}`)
    expect(now).toMatchObject({ reference: 'PO 7', lines: [{ quantity: '15' }] })
    expect(faults).toEqual([])
  })

  it('why it cannot be done any more is said as well', async () => {
    const { desk, faults } = await open()
    const order = await sale(desk)
    await desk.go(`/sales-orders/${order.id}`)
    await desk.act('close')
    await desk.dialog.getByLabel('Reason').fill('no longer wanted')
    await desk.expectDialogText(/\(-10\)/)
    await desk.api(`/sales-orders/${order.id}/delivery-notes`, { post: true })
    await desk.api(`/sales-orders/${order.id}/close`, {})
    await desk.verb.click()
    await alert(desk).getByText('Somebody changed this meanwhile.', { exact: false }).waitFor()
    await alert(desk).getByText('it cannot be closed', { exact: false }).waitFor()
    expect(faults).toEqual([])
  })

  it('an answer that got lost is asked for again with the same key: one invoice', async () => {
    const { desk, page, faults } = await open()
    const order = await sale(desk)
    await desk.go(`/sales-orders/${order.id}`)
    await desk.act('invoices')
    await desk.expectDialogText(/Owes us/)
    let lost = 0
    await page.route(`**/sales-orders/${order.id}/invoices`, async (route) => {
      if (lost > 0) return route.continue()
      lost++
      await route.fetch()
      return route.abort('connectionreset')
    })
    await desk.verb.click()
    await alert(desk).getByText('The server does not answer', { exact: true }).waitFor()
    await expect.poll(() => desk.verb.getAttribute('aria-disabled'), patience).toBe('false')
    await alert(desk).getByRole('button', { name: 'Try again' }).click()
    await page.getByText('Invoice issued:').waitFor()
    expect((await desk.api<Listed>(`/invoices?orderId=${order.id}`)).items.length).toBe(1)
    expect(faults).toEqual([])
  })

  it('limits are said in Polish, at the field as well', async () => {
    const { desk, faults } = await open('pl')
    const order = await sale(desk)
    await desk.go(`/sales-orders/${order.id}`)
    await desk.page.locator('button[data-action="delivery-notes"]').click()
    await quantity(desk).fill('11')
    await says(desk, /Można wydać najwyżej 10: zamówiono 10, wydano już 0\./)
    expect(await desk.dialog.innerText()).not.toContain('At most')
    expect(faults).toEqual([])
  })

  it('lots without a quantity and dates that do not exist are told in words, by line', async () => {
    const { desk, faults } = await open()
    const order = await purchase(desk, '10', { tracking: 'lot' })
    await desk.go(`/purchase-orders/${order.id}`)
    await desk.act('receipt-notes')
    await quantity(desk).fill('4')
    await desk.dialog.getByRole('textbox', { name: /^Lot/ }).first().fill('L-1')
    await desk.dialog.getByRole('button', { name: 'Another lot' }).click()
    await desk.dialog.getByRole('textbox', { name: /^Lot/ }).last().fill('L-2')
    await desk.dialog.getByText(`DIALOG-${count}: enter how much is of each lot`).waitFor(patience)
    expect(await desk.verb.getAttribute('aria-disabled')).toBe('true')
    expect(await desk.dialog.innerText()).not.toMatch(/\/lines|must be/)
    expect(faults).toEqual([])
  })

  it('what is wrong in Amend is said at its field and never as the API says it', async () => {
    const { desk, faults } = await open()
    const order = await sale(desk)
    await desk.api(`/sales-orders/${order.id}/invoices`, {
      post: true,
      lines: [{ sourceLineId: order.lines[0]!.id, quantity: '4' }],
    })
    await desk.go(`/sales-orders/${order.id}`)
    await desk.act('amend')
    const [field, price] = [desk.dialog.getByLabel(/^Quantity:/), desk.dialog.getByLabel(/^Price:/)]
    await price.fill('90')
    await expect.poll(() => price.getAttribute('aria-invalid'), patience).toBe('true')
    expect(await field.getAttribute('aria-invalid')).not.toBe('true')
    await price.fill('100')
    await field.fill('-1')
    await desk.dialog.getByText('enter quantity and price as figures', { exact: false }).waitFor()
    expect(await desk.dialog.innerText()).not.toMatch(/\/lines|must be/)
    expect(faults).toEqual([])
  })

  it('what is not expected any more is previewed, with a reason that the history keeps', async () => {
    const { desk, faults } = await open()
    const order = await sale(desk)
    await desk.go(`/sales-orders/${order.id}`)
    await desk.act('delivery-notes')
    await quantity(desk).fill('3')
    await desk.dialog.getByLabel('is not expected any more: the order is closed').check()
    await desk.expectDialogText(/Enter why the rest is not expected any more/)
    await desk.dialog.getByLabel('Why is the rest not expected any more?').fill('sold out')
    await desk.expectDialogText(/Reserved 10 0 \(-10\)/)
    await desk.expectDialogText(/Confirmed Closed/)
    await desk.agree()
    await expect
      .poll(async () => (await desk.api<Item>(`/sales-orders/${order.id}`)).state, patience)
      .toBe('closed')
    expect(faults).toEqual([])
  })

  it('within the tolerance nothing is too much; beyond it the limit is explained', async () => {
    const { desk, faults } = await open()
    const order = await purchase(desk, '100', { tolerancePercent: '2' })
    await desk.go(`/purchase-orders/${order.id}`)
    await desk.act('receipt-notes')
    await quantity(desk).fill('101')
    await desk.expectDialogText(/\(\+101\)/)
    expect(await quantity(desk).getAttribute('aria-invalid')).toBeNull()
    await quantity(desk).fill('103')
    await says(desk, /At most 102 \(100 \+ 2 % tolerance\)/)
    expect(faults).toEqual([])
  })

  it('a bill proposes what was received and is not billed', async () => {
    const { desk, faults } = await open()
    const order = await purchase(desk, '10')
    await desk.api(`/purchase-orders/${order.id}/receipt-notes`, {
      post: true,
      lines: [{ sourceLineId: order.lines[0]!.id, quantity: '4' }],
    })
    await desk.go(`/purchase-orders/${order.id}`)
    await desk.act('bills')
    expect(await quantity(desk).inputValue()).toBe('4')
    await desk.expectDialogText(/We owe/)
    expect(await alert(desk).count()).toBe(0)
    expect(faults).toEqual([])
  })

  it('returns and credits begin with all that is open; an amount takes the place of a quantity', async () => {
    const { desk, faults } = await open()
    const order = await sale(desk)
    const delivery = await desk.api<Item>(`/sales-orders/${order.id}/delivery-notes`, { post: true })
    const invoice = await desk.api<Item>(`/sales-orders/${order.id}/invoices`, { post: true })
    await desk.go(`/delivery-notes/${delivery.id}`)
    await desk.act('sales-returns')
    expect(await quantity(desk).inputValue()).toBe('10')
    await desk.go(`/invoices/${invoice.id}`)
    await desk.act('credit-notes')
    expect(await quantity(desk).inputValue()).toBe('10')
    const amount = desk.dialog.getByLabel(/^Amount:/)
    await amount.fill('31')
    expect(await quantity(desk).inputValue()).toBe('')
    await desk.dialog.getByRole('button', { name: 'All as expected' }).click()
    expect([await quantity(desk).inputValue(), await amount.inputValue()]).toEqual(['10', ''])
    await amount.fill('31')
    await quantity(desk).fill('1')
    expect(await amount.inputValue()).toBe('')
    expect(faults).toEqual([])
  })

  it('cancelling wants a reason, and there is a way back', async () => {
    const { desk, faults } = await open()
    const order = await sale(desk)
    await desk.go(`/sales-orders/${order.id}`)
    await desk.act('cancel')
    await desk.dialog.getByText('Enter a reason').waitFor()
    expect(await desk.verb.getAttribute('aria-disabled')).toBe('true')
    await desk.dialog.getByLabel('Reason', { exact: true }).fill('changed their mind')
    await expect.poll(() => desk.verb.getAttribute('aria-disabled'), patience).toBe('false')
    await desk.page.keyboard.press('Escape')
    await desk.act('delivery-notes')
    await desk.dialog.getByRole('button', { name: 'Back', exact: true }).click()
    await desk.verb.waitFor({ state: 'detached' })
    expect(faults).toEqual([])
  })

  it('= takes what is left, and 0 nothing', async () => {
    const { desk, faults } = await open()
    const order = await sale(desk)
    await desk.go(`/sales-orders/${order.id}`)
    await desk.act('delivery-notes')
    await quantity(desk).fill('2')
    await quantity(desk).press('=')
    expect(await quantity(desk).inputValue()).toBe('10')
    await quantity(desk).press('0')
    expect(await quantity(desk).inputValue()).toBe('0')
    expect(faults).toEqual([])
  })

  it('a scan goes to the line of its product and adds one, or what is in the pack', async () => {
    const { desk, page, faults } = await open()
    const [single, pack] = ['5901234123457', '5901234123464']
    const goods = await product(desk, {
      barcode: single,
      units: [{ unit: 'box', numerator: 6, denominator: 1, barcode: pack }],
    })
    const other = await product(desk)
    const party = await desk.api<Item>('/parties', { name: `Vendor ${count}`, roles: ['vendor'] })
    const { id } = await desk.api<Item>('/purchase-orders', {
      partyId: party.id,
      lines: [other, goods].map((each) => ({ productId: each.id, quantity: '20', unitPrice: '1' })),
    })
    await desk.api(`/purchase-orders/${id}/confirm`, {})
    await desk.go(`/purchase-orders/${id}`)
    await desk.act('receipt-notes')
    await quantity(desk).first().focus()
    for (const code of [single, pack, single, pack, ...Array<string>(6).fill(single)]) await scan(page, code)
    await expect.poll(() => quantity(desk).last().inputValue(), patience).toBe('20')
    expect(await quantity(desk).first().inputValue()).toBe('')
    expect(
      await quantity(desk)
        .last()
        .evaluate((field) => field === document.activeElement),
    ).toBe(true)
    await scan(page, '4006381333931')
    await desk.dialog.getByText('No product of these lines has the code 4006381333931.').waitFor()
    expect(await quantity(desk).last().inputValue()).toBe('20')
    expect(faults).toEqual([])
  })

  it('which serial numbers are the rejected ones is said before and afterwards', async () => {
    const { desk, page, faults } = await open()
    const order = await purchase(desk, '3', { tracking: 'serial' })
    await desk.go(`/purchase-orders/${order.id}`)
    await desk.act('receipt-notes')
    await quantity(desk).fill('2')
    await desk.dialog.getByLabel(/^Rejected:/).fill('1')
    await desk.dialog.getByLabel('Why is it rejected?').selectOption('other')
    await desk.dialog.getByLabel('In your own words').fill('broken')
    await desk.dialog.getByLabel(/^Serial numbers/).fill('S-1\nS-2\nS-3')
    await desk.dialog.getByText('Rejected are those that stand last: S-3').waitFor()
    await desk.agree()
    await page.getByRole('status').getByRole('link', { name: /^RN-/ }).last().click()
    await page.getByText('S-1, S-2, S-3 · rejected').waitFor()
    expect(faults).toEqual([])
  })

  it('what was just done can be undone from its notice, with a reason', async () => {
    const { desk, page, faults } = await open()
    const order = await sale(desk)
    await desk.go(`/sales-orders/${order.id}`)
    await desk.act('delivery-notes')
    await desk.agree()
    const notice = page.getByRole('status').filter({ hasText: 'Delivered:' })
    await notice.getByRole('button', { name: 'Reverse' }).click()
    await desk.dialog.getByLabel('Reason').fill('wrong customer')
    await desk.expectDialogText(/On hand 10 20 \(\+10\)/)
    await desk.agree()
    await desk.reads(/^DN-/)
    await desk.shows('Reversed')
    // The way back does not ask again, and there is nothing more to undo.
    expect(new URL(page.url()).search).toBe('')
    const undone = page.getByRole('status').filter({ hasText: 'Reversed:' })
    await undone.waitFor()
    expect(await undone.getByRole('button', { name: 'Reverse' }).count()).toBe(0)
    const [note] = (await desk.api<Listed>(`/delivery-notes?orderId=${order.id}`)).items
    expect(note!.state).toBe('reversed')
    // An issued invoice stays; its payment can be taken back.
    await desk.api(`/sales-orders/${order.id}/delivery-notes`, { post: true })
    await desk.go(`/sales-orders/${order.id}`)
    await desk.act('invoices')
    await desk.agree()
    const issued = page.getByRole('status').filter({ hasText: 'Invoice issued:' })
    await issued.waitFor()
    expect(await issued.getByRole('button', { name: /Reverse|Cancel/ }).count()).toBe(0)
    await desk.follow('INV')
    await desk.act('payments')
    await desk.agree()
    await page.getByRole('status').getByRole('button', { name: 'Cancel payment' }).click()
    await desk.dialog.getByLabel('Reason').waitFor()
    expect(faults).toEqual([])
  })

  it('what was opened from a menu or by a key gives the focus back', async () => {
    const { desk, page, faults } = await open()
    const order = await sale(desk)
    await desk.go(`/sales-orders/${order.id}`)
    const focused = () =>
      page.evaluate<string>(
        'document.activeElement.getAttribute("aria-label") ?? document.activeElement.tagName',
      )
    for (const name of ['cancel', 'send', 'print']) {
      await desk.button('More actions').focus()
      await page.keyboard.press('Enter')
      await page.getByRole('menuitem').first().waitFor()
      await page.locator(`[role="menuitem"][data-action="${name}"]`).focus()
      await page.keyboard.press('Enter')
      await desk.dialog.getByRole('button').first().waitFor()
      await page.keyboard.press('Escape')
      await desk.dialog.waitFor({ state: 'detached' })
      await expect.poll(focused, patience).toBe('More actions')
    }
    const action = page.locator('header [data-action="delivery-notes"]')
    await action.focus()
    await page.keyboard.press('?')
    await desk.dialog.waitFor()
    await page.keyboard.press('Escape')
    await desk.dialog.waitFor({ state: 'detached' })
    await expect
      .poll(() => action.evaluate((button) => button === document.activeElement), patience)
      .toBe(true)
    expect(plain(await desk.number())).toBe(order.number)
    expect(faults).toEqual([])
  })
})
