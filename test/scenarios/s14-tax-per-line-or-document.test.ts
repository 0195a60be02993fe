import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answered } from '../support/api.ts'
import { itAddsUp } from '../support/consistency.ts'
import { charge, invoiceOf, money, sums, tax } from '../support/figures.ts'
import { printed, textOf } from '../support/pdf.ts'
import { type Trade, openTrade } from '../support/trade.ts'

const modes = ['line', 'document'] as const

describe('S14 Tax per line or per document: both right, never mixed', () => {
  let trade: Trade
  const taxes = new Map<string, string>()
  const made: Answered[] = []
  beforeAll(async () => {
    trade = await openTrade({ company: { currency: 'EUR' } })
    for (const rate of ['23', '5.5', '8.5', '22', '5', '9.975']) taxes.set(rate, await tax(trade, rate))
  })
  afterAll(() => trade.close())

  const at = (...rates: string[]) => ({ taxIds: rates.map((rate) => taxes.get(rate)!) })
  /** The posted invoice in both modes; the totals line by line and by document. */
  const both = async (lines: readonly object[]): Promise<[string, string]> => {
    const posted = []
    for (const taxRounding of modes) posted.push(await charge(trade, lines, { taxRounding }))
    expect(posted.map((document) => document['taxRounding'])).toEqual(modes)
    made.push(...posted)
    return [sums(posted[0]!), sums(posted[1]!)]
  }

  it('(a) 55.55 and 11.11 at 23 %', async () => {
    const lines = [
      { unitPrice: '55.55', ...at('23') },
      { unitPrice: '11.11', ...at('23') },
    ]
    expect(await both(lines)).toEqual(['66.66 + 15.34 = 82.00', '66.66 + 15.33 = 81.99'])
    expect(made.at(-2)!.lines.map((line) => money(line['tax']))).toEqual(['12.78', '2.56'])
  })

  it('(b) one line 10 x 3.60 at 5.5 %, and ten lines 1 x 3.60', async () => {
    const one = [{ quantity: '10', unitPrice: '3.60', ...at('5.5') }]
    expect(await both(one)).toEqual(['36.00 + 1.98 = 37.98', '36.00 + 1.98 = 37.98'])
    const ten = Array.from({ length: 10 }, () => ({ unitPrice: '3.60', ...at('5.5') }))
    expect(await both(ten)).toEqual(['36.00 + 2.00 = 38.00', '36.00 + 1.98 = 37.98'])
  })

  it('(c) lines that take something off', async () => {
    const lines = ['598.89', '329.84', '-59.89', '-32.98'].map((unitPrice) => ({ unitPrice, ...at('8.5') }))
    expect(await both(lines)).toEqual(['835.86 + 71.06 = 906.92', '835.86 + 71.05 = 906.91'])
    expect(made.at(-2)!.lines.map((line) => money(line['tax']))).toEqual(['50.91', '28.04', '-5.09', '-2.80'])
  })

  it('(d) 16 x 348.35, discount 4 %, at 22 %', async () => {
    const lines = [{ quantity: '16', unitPrice: '348.35', discountPercent: '4', ...at('22') }]
    expect(await both(lines)).toEqual(['5350.66 + 1177.15 = 6527.81', '5350.66 + 1177.15 = 6527.81'])
  })

  it('(e) two taxes on the same base, each rounded', async () => {
    const lines = [{ unitPrice: '140.00', ...at('5', '9.975') }]
    expect(await both(lines)).toEqual(['140.00 + 20.97 = 160.97', '140.00 + 20.97 = 160.97'])
    const each = (made.at(-1)!['taxes'] as { tax: string }[]).map((one) => money(one.tax))
    expect(each).toEqual(['7.00', '13.97'])
  })

  it('is the same total on the PDF and in the exported list', async () => {
    const columns = ['id', 'totals.gross'].map((path) => ({ path, title: path, words: {} }))
    const list = { list: 'invoices', format: 'csv', name: 'totals', search: 'limit=200' }
    const query = new URLSearchParams({ ...list, columns: JSON.stringify(columns) })
    const file = await fetch(`${trade.base}/api/v1/exports?${query.toString()}`, {
      headers: trade.owner.headers,
    })
    const rows = (await file.text()).split('\r\n').map((row) => row.split(','))
    expect(made.length).toBeGreaterThanOrEqual(12)
    for (const document of made) {
      const row = rows.find(([id]) => id === document.id)!
      expect(money(row[1])).toBe(money(document.totals.gross))
      const pdf = await textOf(await printed(trade, `/invoices/${document.id}/pdf?language=en`))
      const total = new Intl.NumberFormat('en-GB', { minimumFractionDigits: 2 }).format(
        money(document.totals.gross) as Intl.StringNumericLiteral,
      )
      expect(pdf.replaceAll(/\s+/g, ' ')).toContain(`Total EUR ${total}`)
    }
  })

  it('is the same total in the list, in the document, on the order and on the invoice made from it', async () => {
    const { items } = await trade.api('GET', '/invoices?limit=100')
    for (const document of made) {
      expect(items.find(({ id }) => id === document.id)!.totals).toEqual(document.totals)
      expect((await trade.again('invoices', document)).totals).toEqual(document.totals)
    }
    const productId = await trade.product({ type: 'service' })
    for (const taxRounding of modes) {
      const lines = ['55.55', '11.11'].map((unitPrice) => ({
        productId,
        quantity: '1',
        unitPrice,
        ...at('23'),
      }))
      const order = await trade.sell(lines, { taxRounding })
      const listed = (await trade.api('GET', '/sales-orders')).items.find(({ id }) => id === order.id)!
      const invoice = await trade.invoice(order)
      expect(invoice['taxRounding']).toBe(taxRounding)
      for (const { totals } of [listed, invoice]) expect(totals).toEqual(order.totals)
      expect(money(order.totals.gross)).toBe(taxRounding === 'line' ? '82.00' : '81.99')
    }
  })

  it('stays what it was made with when the setting changes, posted or draft', async () => {
    const lines = [
      { unitPrice: '55.55', ...at('23') },
      { unitPrice: '11.11', ...at('23') },
    ]
    const draft = await trade.api('POST', '/invoices', invoiceOf(trade, lines))
    expect([draft['taxRounding'], sums(draft)]).toEqual(['document', '66.66 + 15.33 = 81.99'])
    await trade.api('PATCH', '/company', { taxRounding: 'line' })

    for (const document of made)
      expect((await trade.again('invoices', document)).totals).toEqual(document.totals)
    const saved = await trade.api('PATCH', `/invoices/${draft.id}`, { notes: 'saved again' })
    expect([saved['taxRounding'], sums(saved)]).toEqual(['document', '66.66 + 15.33 = 81.99'])
    expect(sums(await trade.act(`/invoices/${draft.id}/post`))).toBe('66.66 + 15.33 = 81.99')

    const fresh = await trade.api('POST', '/invoices', invoiceOf(trade, lines))
    expect([fresh['taxRounding'], sums(fresh)]).toEqual(['line', '66.66 + 15.34 = 82.00'])
  })

  itAddsUp(() => trade)
})
