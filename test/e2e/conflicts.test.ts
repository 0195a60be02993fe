import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Zapas, noBrowser, owner, startZapas } from './support/browser.ts'
import { Desk, patience } from './support/desk.ts'

interface Order {
  readonly id: string
  readonly partyId: string
  readonly notes: string | null
  readonly reference: string | null
  readonly lines: readonly { readonly productId: string | null; readonly quantity: string }[]
}
interface Listed {
  readonly items: readonly Order[]
}

/** Two people, a lost session, a lost connection, a closed tab: nothing that was typed is lost. */
describe.skipIf(noBrowser)('what comes between', () => {
  let zapas: Zapas
  beforeAll(async () => {
    zapas = await startZapas()
  })
  afterAll(() => zapas.close())

  let count = 0
  /** A draft of 10 pieces, of which 20 are in stock. */
  const draft = async (desk: Desk): Promise<Order> => {
    const n = ++count
    const party = await desk.api<Order>('/parties', { name: `Shared ${n}`, roles: ['customer'] })
    const product = await desk.api<Order>('/products', { sku: `SHARED-${n}`, name: 'Lamp', taxIds: [] })
    await desk.api('/stock-adjustments', {
      post: true,
      reason: 'Opening stock',
      lines: [{ productId: product.id, quantityChange: '20', unitCost: '40' }],
    })
    return desk.api<Order>('/sales-orders', {
      partyId: party.id,
      lines: [{ productId: product.id, quantity: '10', unitPrice: '100.00', taxIds: [] }],
    })
  }
  const notes = (page: Page) => page.getByRole('textbox', { name: 'Notes', includeHidden: true })
  const saved = async (desk: Desk): Promise<Order> => {
    await desk.page.waitForURL(/sales-orders\/[0-9a-f-]{36}(?:\?.*)?$/)
    return desk.api<Order>(`/sales-orders/${new URL(desk.page.url()).pathname.split('/').at(-1)!}`)
  }
  /** How many orders the customer of this test has. */
  const ordersOf = async (desk: Desk, { partyId }: Order): Promise<number> =>
    (await desk.api<Listed>(`/sales-orders?partyId=${partyId}`)).items.length
  /** A new order that lacks nothing but saving. */
  const typeOrder = async (desk: Desk, text: string): Promise<void> => {
    const n = count
    await desk.enter('sales-orders')
    await desk.choose('Customer', `Shared ${n}`)
    await desk.fill('product', `SHARED-${n}`)
    await desk.fill('quantity', '3')
    await desk.fill('price', '5')
    await notes(desk.page).fill(text)
  }

  it('two people edit one draft: the second compares, and the work of both is saved', async () => {
    const anna = await zapas.open()
    const ben = await zapas.open({ as: 'sales' })
    const first = new Desk(zapas, anna.page)
    const second = new Desk(zapas, ben.page)
    const { id } = await draft(first)
    for (const desk of [first, second]) {
      await desk.go(`/sales-orders/${id}/edit`)
      await desk.page.getByRole('grid').waitFor()
    }
    await second.page.getByRole('textbox', { name: /^Customer's reference/ }).fill('PO 7')
    await second.page.keyboard.press('Control+s')
    await saved(second)

    await first.fill('quantity', '12')
    await notes(anna.page).fill('by the back door')
    await anna.page.keyboard.press('Control+s')
    await first.dialog.getByText('PO 7', { exact: true }).waitFor()
    await first.dialog.getByText(/sales changed this document at \d\d:\d\d\./).waitFor()
    expect(await notes(anna.page).inputValue()).toBe('by the back door')
    await first.dialog.getByRole('button', { name: 'Apply' }).click()
    await first.dialog.waitFor({ state: 'detached' })
    await anna.page.keyboard.press('Control+s')
    expect(await saved(first)).toMatchObject({
      notes: 'by the back door',
      reference: 'PO 7',
      lines: [{ quantity: '12' }],
    })
    expect([...anna.faults, ...ben.faults]).toEqual([])
  })

  it('a session that has ended asks to sign in over the form, which is then saved once', async () => {
    const { page, context, faults } = await zapas.open()
    const desk = new Desk(zapas, page)
    const other = await draft(desk)
    await typeOrder(desk, 'typed before the end')
    await context.clearCookies()
    await page.keyboard.press('Control+s')
    await desk.dialog.getByText('Your session has ended').waitFor()
    expect(await notes(page).inputValue()).toBe('typed before the end')
    await desk.dialog.getByLabel('E-mail').fill(owner.email)
    await desk.dialog.getByLabel('Password', { exact: true }).fill(owner.password)
    await desk.dialog.getByRole('button', { name: 'Sign in' }).click()
    expect(await saved(desk)).toMatchObject({ notes: 'typed before the end', lines: [{ quantity: '3' }] })
    expect(await ordersOf(desk, other)).toBe(2)
    expect(faults).toEqual([])
  })

  it('without connection nothing is lost, and an answer that got lost does not save twice', async () => {
    const { page, context, faults } = await zapas.open()
    const desk = new Desk(zapas, page)
    const other = await draft(desk)
    await typeOrder(desk, 'no net')
    await context.setOffline(true)
    await page.keyboard.press('Control+s')
    const failure = page.getByRole('alert').filter({ hasText: 'Not saved, no connection' })
    await failure.waitFor()
    expect(await notes(page).inputValue()).toBe('no net')
    expect(await desk.cell('quantity').innerText()).toContain('3')
    await context.setOffline(false)

    // The server does it, and its answer never arrives.
    let lost = 0
    await page.route('**/api/v1/sales-orders', async (route) => {
      if (route.request().method() !== 'POST' || lost > 0) return route.continue()
      lost++
      await route.fetch()
      return route.abort('connectionreset')
    })
    await failure.getByRole('button', { name: 'Try again' }).click()
    await expect.poll(() => lost, patience).toBe(1)
    await failure.waitFor()
    await failure.getByRole('button', { name: 'Try again' }).click()
    await saved(desk)
    expect(await ordersOf(desk, other)).toBe(2)
    expect(faults).toEqual([])
  })

  it('an action that somebody else has overtaken is refused in its dialog, which says why and stays', async () => {
    const { page, faults } = await zapas.open()
    const desk = new Desk(zapas, page)
    const { id } = await draft(desk)
    await desk.api(`/sales-orders/${id}/confirm`, {})
    await desk.go(`/sales-orders/${id}`)
    await desk.act('delivery-notes')
    await desk.expectDialogText(/\(-10\)/)
    await desk.api(`/sales-orders/${id}/delivery-notes`, { post: true })
    const refused = page.waitForResponse(
      (answer) => answer.request().method() === 'POST' && answer.url().endsWith('/delivery-notes'),
    )
    await desk.verb.click()
    expect((await refused).status()).toBe(409)
    await desk.dialog.getByRole('alert').waitFor()
    expect(await desk.dialog.locator('input[data-quantity]').inputValue()).toBe('10')
    await page.keyboard.press('Escape')
    await desk.dialog.waitFor({ state: 'detached' })
    await desk.button('Show what it is now').click()
    await desk.shows('Delivered {} of {} line', 1, 1)
    expect(faults).toEqual([])
  })

  it('what is read anew when a document is entered is shown; only what changes under the eyes is announced', async () => {
    const { page, faults } = await zapas.open()
    const desk = new Desk(zapas, page)
    const { id } = await draft(desk)
    await desk.api(`/sales-orders/${id}/confirm`, {})
    await page.clock.install()
    await desk.go(`/sales-orders/${id}`)
    await desk.shows('Delivered {} of {} line', 0, 1)
    await page.locator('main').getByRole('link', { name: 'Shared' }).first().click()
    await desk.reads(/^Shared/)
    await desk.api(`/sales-orders/${id}/delivery-notes`, { post: true })
    await page.clock.fastForward(30_000)
    await page.goBack()
    await desk.shows('Delivered {} of {} line', 1, 1)
    const bar = page.getByText('Olivia changed this document at ')
    expect(await bar.count()).toBe(0)

    await desk.api(`/sales-orders/${id}/invoices`, { post: true })
    await page.clock.fastForward(30_000)
    await bar.waitFor()
    await desk.button('Show what it is now').click()
    await desk.shows('Invoiced {} of {} line', 1, 1)
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('H1')
    expect(faults).toEqual([])
  })

  it('a tab that was closed gives back what was typed in it', async () => {
    const { page, context, faults } = await zapas.open()
    const desk = new Desk(zapas, page)
    await draft(desk)
    await typeOrder(desk, 'closed by mistake')
    await page.waitForTimeout(1500)
    await page.close()
    const again = await context.newPage()
    const back = new Desk(zapas, again)
    await back.enter('sales-orders')
    await back.button('Restore').click()
    expect(await notes(again).inputValue()).toBe('closed by mistake')
    expect(await back.cell('quantity').innerText()).toContain('3')
    await again.keyboard.press('Control+s')
    expect(await saved(back)).toMatchObject({ notes: 'closed by mistake', lines: [{ quantity: '3' }] })
    expect(faults).toEqual([])
  })

  it('what is given back of an older version is compared with what was saved since, whose lines stay', async () => {
    const { page, context, faults } = await zapas.open()
    const desk = new Desk(zapas, page)
    const { id, lines } = await draft(desk)
    await desk.go(`/sales-orders/${id}/edit`)
    await page.getByRole('grid').waitFor()
    await notes(page).fill('left behind')
    await page.waitForTimeout(1500)
    await page.close()
    const again = await context.newPage()
    const back = new Desk(zapas, again)
    const { productId, quantity } = lines[0]!
    await back.api(
      `/sales-orders/${id}`,
      {
        lines: [
          { productId, quantity, unitPrice: '100', taxIds: [] },
          { description: 'Freight', quantity: '1', unitPrice: '9', taxIds: [] },
        ],
      },
      'PATCH',
    )
    await back.go(`/sales-orders/${id}/edit`)
    await back.button('Restore').click()
    expect(await notes(again).inputValue()).toBe('left behind')
    await again.keyboard.press('Control+s')
    await back.dialog.getByText('Line Freight').waitFor()
    await back.dialog.getByRole('button', { name: 'Apply' }).click()
    await back.dialog.waitFor({ state: 'detached' })
    await again.keyboard.press('Control+s')
    expect(await saved(back)).toMatchObject({
      notes: 'left behind',
      lines: [{ productId, quantity: '10' }, { description: 'Freight' }],
    })
    expect(faults).toEqual([])
  })

  it('so is what is given back of a product', async () => {
    const { page, context, faults } = await zapas.open()
    const desk = new Desk(zapas, page)
    const sku = `SHARED-${++count}`
    const { id } = await desk.api<Order>('/products', { sku, name: 'Lamp', taxIds: [] })
    await desk.go(`/products/${id}/edit`)
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Table lamp')
    await page.waitForTimeout(1500)
    await page.close()
    const again = await context.newPage()
    const back = new Desk(zapas, again)
    await back.api(`/products/${id}`, { barcode: '5901234123457' }, 'PATCH')
    await back.go(`/products/${id}/edit`)
    await back.button('Restore').click()
    await again.keyboard.press('Control+s')
    await back.dialog.getByText('5901234123457').waitFor()
    await back.dialog.getByRole('button', { name: 'Apply' }).click()
    await back.dialog.waitFor({ state: 'detached' })
    await again.keyboard.press('Control+s')
    await again.waitForURL(new RegExp(`products/${id}$`))
    expect(await back.api(`/products/${id}`)).toMatchObject({ name: 'Table lamp', barcode: '5901234123457' })
    expect(faults).toEqual([])
  })

  it('a price of a book is still one of the book when what was typed is given back', async () => {
    const { page, context, faults } = await zapas.open()
    const desk = new Desk(zapas, page)
    const n = ++count
    const party = await desk.api<Order>('/parties', {
      name: `Shared ${n}`,
      roles: ['customer'],
      paymentTermDays: 45,
    })
    const product = await desk.api<Order>('/products', {
      sku: `SHARED-${n}`,
      name: 'Lamp',
      salesPrice: '40',
      taxIds: [],
    })
    await desk.api('/price-books', {
      name: `Book ${n}`,
      currency: 'USD',
      partyIds: [party.id],
      entries: [{ productId: product.id, price: '36' }],
    })
    await desk.enter('sales-orders')
    await desk.choose('Customer', `Shared ${n}`)
    await desk.fill('product', `SHARED-${n}`)
    await desk.fill('quantity', '4')
    await page.getByText(`Book ${n}`).first().waitFor()
    await page.waitForTimeout(1500)
    await page.close()
    const again = await context.newPage()
    const back = new Desk(zapas, again)
    await back.enter('sales-orders')
    await back.button('Restore').click()
    await again.getByText(`Book ${n}`).first().waitFor()
    await again.getByText(`from Shared ${n}`).waitFor()
    await again.keyboard.press('Control+s')
    expect(await saved(back)).toMatchObject({ lines: [{ unitPrice: '36', priceSource: 'price-book' }] })
    expect(faults).toEqual([])
  })

  it('unsaved work is not left without a question, and staying is as if nobody had asked', async () => {
    const { page, faults } = await zapas.open({ path: '/c/crimson/sales-orders/new' })
    await notes(page).fill('not saved yet')
    const away = page.getByRole('navigation').getByRole('link', { name: 'Customers' })
    const question = page.getByRole('dialog', { name: 'This page has unsaved changes' })
    await away.click()
    await question.getByText('Stay', { exact: true }).click()
    await question.waitFor({ state: 'detached' })
    expect(await notes(page).inputValue()).toBe('not saved yet')
    await expect.poll(() => away.evaluate((link) => link === document.activeElement)).toBe(true)
    await away.click()
    await question.getByRole('button', { name: 'Discard' }).click()
    await page.getByRole('heading', { level: 1, name: 'Customers' }).waitFor()
    expect(faults).toEqual([])
  })
})
