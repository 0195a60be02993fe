import { expect } from 'vitest'
import type { Zapas } from './browser.ts'
import { Desk, patience } from './desk.ts'

interface Made {
  readonly id: string
}

/** What the story needs to be there: who is bought from, who is sold to, and the computer. */
async function prepare(desk: Desk): Promise<{ readonly product: string }> {
  await desk.api<Made>('/parties', { name: 'Bright Boards', roles: ['vendor'], currency: 'USD' })
  await desk.api<Made>('/parties', { name: 'Premium Story', roles: ['customer'], currency: 'USD' })
  const product = await desk.api<Made>('/products', {
    sku: 'STORY-14',
    name: 'Story computer',
    salesPrice: '899.00',
    taxIds: [],
  })
  return { product: product.id }
}

/**
 * Crimson's story, clicked from the purchase order to the reservation that is given back; what every page says
 * on the way is compared with the figures.
 * @param words what differs in the language of the window, by the English text.
 */
export async function tellStory(
  zapas: Zapas,
  language: 'en' | 'pl',
  words: Readonly<Record<string, string>>,
): Promise<void> {
  const { page, faults } = await zapas.open({ language })
  const desk = new Desk(zapas, page, words)
  const { product } = await prepare(desk)
  const stock = () => desk.stock(product)
  const money = (amount: string) =>
    language === 'pl' ? amount.replaceAll(',', ' ').replace('.', ',') : amount

  // Crimson orders 200 computers.
  await desk.enter('purchase-orders')
  await desk.choose('Vendor', 'Bright Boards')
  await desk.fill('product', 'STORY-14')
  await desk.fill('quantity', '200')
  await desk.fill('price', '500')
  await desk.button('Save and confirm').click()
  await desk.dialog.waitFor()
  await desk.agree()
  await desk.reads(/^PO-/)
  await desk.shows('Received {} of {} line', 0, 1)
  const order = page.url()
  expect(await stock()).toEqual(['0', '0', '0', '200'])

  // 190 of them come: ten are still to come.
  await page.goto(order)
  await desk.act('receipt-notes')
  expect(await desk.dialog.locator('input[data-quantity]').inputValue()).toBe('')
  await desk.dialog.locator('input[data-quantity]').fill('190')
  await desk.expectDialogText(/\(\+190\)/)
  await desk.agree()
  await expect.poll(() => desk.line(), patience).toMatch(/ 200 pcs 190 10 /)
  const receipts = page.getByRole('status').getByRole('link', { name: /^RN-/ })
  const receipt = await receipts.last().getAttribute('href')
  expect(await stock()).toEqual(['190', '0', '190', '10'])
  await desk.go('/purchase-orders')
  await desk.shows('Partly')
  await page.goto(order)
  // A bill for all of them does not fit what came.
  await desk.act('bills')
  await expect.poll(() => desk.dialog.locator('input[data-quantity]').inputValue(), patience).toBe('190')
  await desk.dialog.locator('input[data-quantity]').fill('200')
  await desk.dialog.getByRole('alert').waitFor()
  await page.keyboard.press('Escape')
  await desk.dialog.waitFor({ state: 'detached' })
  await desk.act('receipt-notes')
  await desk.dialog.locator('input[data-quantity]').press('=')
  await expect.poll(() => desk.dialog.locator('input[data-quantity]').inputValue(), patience).toBe('10')
  await desk.agree()
  await desk.shows('Received {} of {} line', 1, 1)
  expect(await stock()).toEqual(['200', '0', '200', '0'])

  // Billed 100,000.00 and paid.
  await page.goto(order)
  await desk.act('bills')
  await desk.dialog.getByLabel(desk.say("Vendor's document number")).fill('BB/7')
  await desk.agree()
  await desk.shows('Billed {} of {} line', 1, 1)
  await desk.follow('BILL')
  await desk.shows('Paid {} of {}', money('0.00'), money('100,000.00'))
  await desk.act('payments')
  await desk.agree()
  await desk.shows('Paid {} of {}', money('100,000.00'), money('100,000.00'))
  const bill = page.url()

  // Twenty are sold: promised, delivered, invoiced, paid.
  await desk.enter('sales-orders')
  await desk.choose('Customer', 'Premium Story')
  await desk.fill('product', 'STORY-14')
  await desk.fill('quantity', '20')
  await desk.button('Save and confirm').click()
  await desk.dialog.waitFor()
  await desk.expectDialogText(/\(\+20\)/)
  await desk.agree()
  await desk.shows('Delivered {} of {} line', 0, 1)
  const sale = page.url()
  expect(await stock()).toEqual(['200', '20', '180', '0'])
  await page.goto(sale)
  await desk.act('delivery-notes')
  await expect.poll(() => desk.dialog.locator('input[data-quantity]').inputValue(), patience).toBe('20')
  await desk.agree()
  await desk.shows('Delivered {} of {} line', 1, 1)
  const notes = page.getByRole('status').getByRole('link', { name: /^DN-/ })
  const delivery = await notes.last().getAttribute('href')
  await desk.act('invoices')
  await desk.agree()
  await desk.shows('Invoiced {} of {} line', 1, 1)
  await desk.follow('INV')
  await desk.shows('Paid {} of {}', money('0.00'), money('17,980.00'))
  await desk.act('payments')
  await desk.agree()
  await desk.shows('Paid {} of {}', money('17,980.00'), money('17,980.00'))
  await desk.shows('Paid')
  expect(await stock()).toEqual(['180', '0', '180', '0'])

  // Ten are defective: back to the vendor, who credits and pays 5,000.00 back.
  await page.goto(new URL(receipt!, order).href)
  await desk.act('purchase-returns')
  await desk.dialog.locator('input[data-quantity]').fill('10')
  await desk.dialog.getByLabel(desk.say('Reason')).fill('defective')
  await desk.agree()
  await desk.follow('PR')
  await desk.shows('Sent back')
  await desk.act('vendor-credits')
  await desk.agree()
  await desk.follow('VC')
  await desk.shows('Redeemed {} of {}', money('0.00'), money('5,000.00'))
  await desk.act('payments')
  await desk.agree()
  await desk.shows('Redeemed {} of {}', money('5,000.00'), money('5,000.00'))
  await page.goto(bill)
  await desk.shows('Paid {} of {}', money('100,000.00'), money('100,000.00'))
  expect(await stock()).toEqual(['170', '0', '170', '0'])

  // The customer sends one back, gets a credit note and the money.
  await page.goto(new URL(delivery!, order).href)
  await desk.act('sales-returns')
  await desk.dialog.locator('input[data-quantity]').fill('1')
  await desk.dialog.getByLabel(desk.say('Reason')).fill('broken key')
  await desk.agree()
  await desk.follow('SR')
  await desk.shows('Goods back')
  await desk.act('credit-notes')
  await desk.agree()
  await desk.follow('CN')
  await desk.shows('Redeemed {} of {}', money('0.00'), money('899.00'))
  await desk.act('payments')
  await desk.agree()
  await desk.shows('Redeemed {} of {}', money('899.00'), money('899.00'))
  await page.goto(sale)
  await desk.shows('Partly returned')
  expect(await stock()).toEqual(['171', '0', '171', '0'])

  // A look at the shelf finds one less.
  await desk.enter('stock-adjustments')
  await desk.fill('product', 'STORY-14')
  await desk.fill('counted', '170')
  await desk.button('Save and book').click()
  await desk.dialog.waitFor()
  await desk.expectDialogText(/\(-1\)/)
  await desk.agree()
  await desk.reads(/^ADJ-/)
  await desk.shows('Booked')
  expect(await stock()).toEqual(['170', '0', '170', '0'])

  // Fifteen are held until a day, and given back.
  await desk.enter('stock-reservations')
  await desk.choose('Customer', 'Premium Story')
  await page.getByLabel(desk.say('Reserved until')).fill('2099-12-31T12:00')
  await desk.fill('product', 'STORY-14')
  await desk.fill('quantity', '15')
  await desk.button('Save').click()
  await desk.reads(/^RES-/)
  await desk.shows('Active')
  const reservation = page.url()
  expect(await stock()).toEqual(['170', '15', '155', '0'])
  await page.goto(reservation)
  await desk.act('release')
  await desk.expectDialogText(/\(-15\)/)
  await desk.agree()
  await desk.shows('Released')
  expect(await stock()).toEqual(['170', '0', '170', '0'])
  expect(faults).toEqual([])
}
