import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tax } from '../support/figures.ts'
import { type Page, type Piece, pagesOf, printed } from '../support/pdf.ts'
import { type Trade, openTrade } from '../support/trade.ts'

const line = (description: string, more: object = {}) => ({
  description,
  quantity: '1',
  unitPrice: '1.00',
  ...more,
})

describe('S38 Long invoice, nothing lost at the page ends', () => {
  let trade: Trade
  let twenty: string
  beforeAll(async () => {
    trade = await openTrade()
    twenty = await tax(trade, '20')
    await trade.api('PATCH', '/print-settings', {
      account: 'DE89370400440532013000',
      register: 'HRB 12345',
    })
  })
  afterAll(() => trade.close())

  const print = async (lines: readonly object[]): Promise<Page[]> => {
    const draft = await trade.api('POST', '/invoices', { partyId: trade.customerId, lines })
    const invoice = await trade.act(`/invoices/${draft.id}/post`)
    return pagesOf(await printed(trade, `/invoices/${invoice.id}/pdf?language=en`))
  }
  const all = (pages: readonly Page[]): Piece[] => pages.flatMap((page) => page.pieces)
  const found = (pages: readonly Page[], pattern: RegExp): Piece[] =>
    all(pages).filter((piece) => pattern.test(piece.text))
  /** Where the footer begins: the number of the page stands in its first line. */
  const footer = (page: Page): number =>
    Math.min(...page.pieces.filter((piece) => piece.text.includes('Page')).map((piece) => piece.y))

  it('(a) 60 lines of two-line texts: each once, none in the footer or over another, totals once', async () => {
    const lines = Array.from({ length: 60 }, (_, i) =>
      line(`Row ${i + 1} first\nsecond of ${i + 1}.`, { taxIds: [twenty] }),
    )
    const pages = await print(lines)
    expect(pages.length).toBeGreaterThan(1)
    const firsts = found(pages, /^Row \d+ first$/)
    const seconds = found(pages, /^second of \d+\.$/)
    expect(firsts.map((piece) => piece.text)).toEqual(lines.map((_, i) => `Row ${i + 1} first`))
    expect(seconds.map((piece) => piece.text)).toEqual(lines.map((_, i) => `second of ${i + 1}.`))
    firsts.forEach((first, i) => {
      const second = seconds[i]!
      // One row is on one page, and the next one begins below it.
      expect(second.page).toBe(first.page)
      expect(second.y).toBeGreaterThan(first.y)
      const next = firsts[i + 1]
      if (next?.page === first.page) expect(next.y).toBeGreaterThan(second.y + second.size)
      const page = pages[first.page - 1]!
      expect(second.y).toBeLessThan(footer(page) - second.size)
    })
    const ends = ['Net 60.00', 'Tax 12.00', 'Total USD 72.00']
    for (const end of ends) {
      const rows = pages.flatMap((page) =>
        page.lines.filter(({ text }) => text.replaceAll(/\s/g, ' ').endsWith(end)),
      )
      expect(rows, end).toHaveLength(1)
    }
    const total = found(pages, /72\.00/)[0]!
    expect(total.page).toBe(pages.length)
    // At least two rows stand with the totals.
    expect(firsts.filter((first) => first.page === total.page).length).toBeGreaterThanOrEqual(2)
  })

  it('(b) the figures of a line of 80 lines stand where its text begins', async () => {
    const text = Array.from({ length: 80 }, (_, i) => `Clause ${i + 1}.`).join('\n')
    const pages = await print([
      line('Before'),
      line(text, { quantity: '7', unitPrice: '11.50' }),
      line('After'),
    ])
    const clauses = found(pages, /^Clause \d+\.$/)
    expect(clauses.map((piece) => piece.text)).toEqual(text.split('\n'))
    const [begin] = clauses
    expect(new Set(clauses.map((piece) => piece.page)).size).toBeGreaterThan(1)
    for (const figure of ['7', '11.50', '80.50']) {
      const beside = all(pages).filter(
        (piece) => piece.text === figure && Math.abs(piece.y - begin!.y) < 2 && piece.page === begin!.page,
      )
      expect(beside, figure).toHaveLength(1)
    }
    clauses.forEach((clause) => expect(clause.y).toBeLessThan(footer(pages[clause.page - 1]!) - clause.size))
  })

  it('(c) 200 lines: no empty page, a heading on each, all in order', async () => {
    const pages = await print(Array.from({ length: 200 }, (_, i) => line(`Item ${i + 1}.`)))
    const items = found(pages, /^Item \d+\.$/)
    expect(items.map((piece) => piece.text)).toEqual(Array.from({ length: 200 }, (_, i) => `Item ${i + 1}.`))
    for (const page of pages) {
      const head = page.lines.findIndex(({ text }) => /No\. .*Description.*Quantity.*Price.*Net/.test(text))
      const first = page.lines.findIndex(({ text }) => /Item \d+\./.test(text))
      expect(first, `page ${page.number}`).toBeGreaterThan(-1)
      expect(head, `page ${page.number}`).toBeGreaterThan(-1)
      expect(head).toBeLessThan(first)
      expect(page.lines.some(({ text }) => text.includes(`Page ${page.number} of ${pages.length}`))).toBe(
        true,
      )
    }
  })
})
