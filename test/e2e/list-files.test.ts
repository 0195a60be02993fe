import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Zapas, noBrowser, startZapas } from './support/browser.ts'

/** Every list, with the columns that are not shown unless they are asked for. */
const lists: readonly (readonly [address: string, hidden?: string])[] = [
  ['sales-orders', 'date,state,late,net,reference,warehouse,priority,returned'],
  ['purchase-orders', 'date,state,payment,warehouse'],
  ['delivery-notes', 'state,reason,warehouse'],
  ['receipt-notes', 'state,lines,reference'],
  ['sales-returns'],
  ['purchase-returns'],
  ['stock-adjustments'],
  ['stock-transfers', 'reason,lines,reference'],
  ['invoices', 'net,lifecycle,reference'],
  ['bills', 'date,status,mailed,lifecycle'],
  ['credit-notes', 'date,status,lifecycle'],
  ['vendor-credits'],
  ['payments', 'state,reference'],
  ['stock-reservations', 'reference,made'],
  ['customers', 'code,email,phone,priceGroup,currency'],
  ['vendors'],
  ['products', 'category,forecast,unit,barcode'],
  ['stock/levels', 'outgoing,forecast,unit,averageCost'],
  ['stock/moves', 'unitValue,lot,kind,unit'],
  ['lots', 'notes'],
  ['price-books', 'entries,status'],
  ['reorder-levels'],
  ['recurring'],
  ['approvals'],
  ['mails', 'by'],
  ['rules'],
  ['warehouses', 'status'],
  ['taxes', 'status'],
  ['currencies'],
  ['exchange-rates'],
  ['webhooks'],
]

describe.skipIf(noBrowser)('files of lists', () => {
  let zapas: Zapas
  beforeAll(async () => {
    zapas = await startZapas()
  })
  afterAll(() => zapas.close())

  it('have every column that the list shows', async () => {
    const { page, faults } = await zapas.open()
    const missing: string[] = []
    for (const [address, hidden] of lists) {
      await page.goto(`${zapas.base}/c/crimson/${address}`)
      await page.getByRole('button', { name: /^Export/ }).waitFor()
      if (hidden !== undefined) {
        const shown = await page
          .locator('th[data-column]')
          .evaluateAll((heads) => heads.map((head) => head.getAttribute('data-column')))
        await page.goto(`${zapas.base}/c/crimson/${address}?columns=${[...shown, hidden].join(',')}`)
      }
      await page.getByRole('button', { name: /^Export/ }).click()
      const heads = await page
        .locator('th[data-column]')
        .evaluateAll((all) => all.map((head) => head.getAttribute('data-column')))
      const answered = page.waitForResponse((answer) => answer.url().includes('/api/v1/exports?'))
      await page.getByRole('menuitem', { name: 'Export as CSV' }).click()
      const answer = await answered
      if (answer.status() !== 200) missing.push(`${address}: ${await answer.text()}`)
      const asked = JSON.parse(new URL(answer.url()).searchParams.get('columns')!) as readonly unknown[]
      if (asked.length < heads.length) missing.push(`${address}: ${asked.length} of ${heads.length}`)
    }
    expect(missing).toEqual([])
    expect(faults).toEqual([])
  })

  it('say of each row what the list says of it', async () => {
    const { page } = await zapas.open({ path: '/c/crimson/bills?view=drafts' })
    const headers = { 'zapas-company': 'crimson', origin: zapas.base }
    const party = await page.request.post(`${zapas.base}/api/v1/parties`, {
      headers,
      data: { name: 'Draft vendor', roles: ['vendor'], currency: 'USD' },
    })
    const { id } = (await party.json()) as { readonly id: string }
    await page.request.post(`${zapas.base}/api/v1/bills`, {
      headers,
      data: {
        partyId: id,
        currency: 'USD',
        lines: [{ description: 'Work', quantity: '1', unitPrice: '5.00', taxIds: [] }],
      },
    })
    await page.goto(`${zapas.base}/c/crimson/bills?q=Draft+vendor&columns=party,match,status`)
    await page.locator('[data-row="0"]').waitFor()
    await page.getByRole('button', { name: /^Export/ }).click()
    const answered = page.waitForResponse((answer) => answer.url().includes('/api/v1/exports?'))
    await page.getByRole('menuitem', { name: 'Export as CSV' }).click()
    const file = await page.request.get((await answered).url(), { headers })
    const [head, row] = (await file.text())
      .trimEnd()
      .split('\r\n')
      .map((line) => line.split(','))
    expect(row![head!.indexOf('Status')]).toBe('Draft')
    expect(row![head!.indexOf('Match')]).toBe('Matches')
  })
})
