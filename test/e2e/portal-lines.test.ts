import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Zapas, noBrowser, startZapas } from './support/browser.ts'
import { Desk } from './support/desk.ts'

interface Made {
  readonly id: string
}

describe.skipIf(noBrowser)('lines of a document on a customer’s phone', () => {
  let zapas: Zapas
  beforeAll(async () => {
    zapas = await startZapas()
  })
  afterAll(() => zapas.close())

  it('say their discounts, and keep their amounts on one line however long the words are', async () => {
    const office = await zapas.open()
    const desk = new Desk(zapas, office.page)
    const party = await desk.api<Made>('/parties', {
      name: 'Pumps & Co',
      roles: ['customer'],
      language: 'en',
    })
    const long = 'Hydraulikaggregatzylinderkopfdichtungssatzverlängerung'
    const draft = await desk.api<Made>('/sales-orders', {
      partyId: party.id,
      currency: 'USD',
      discountPercent: '3',
      lines: [
        { description: `${long} ${long}`, quantity: '1', unitPrice: '1234567.89' },
        { description: 'Spare part, as agreed on the phone', quantity: '1', unitPrice: '99.99' },
      ],
    })
    const { url } = await desk.api<{ url: string }>('/portal-links', {
      documentKind: 'sales-order',
      documentId: draft.id,
    })
    for (const width of [390, 320]) {
      const { page } = await zapas.open({ path: new URL(url).pathname, as: null, width })
      await page.getByText('Sum of lines').waitFor()
      await page.getByText('Discount 3%').waitFor()
      const { heights, over } = await page.evaluate(() => ({
        heights: [...document.querySelectorAll('.amount, .lines .figure, .totals dd')].map((each) => {
          const range = document.createRange()
          range.selectNodeContents(each)
          return new Set([...range.getClientRects()].map((rect) => Math.round(rect.top))).size
        }),
        over: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      }))
      expect(new Set(heights)).toEqual(new Set([1]))
      expect(over).toBe(0)
    }
  })
})
