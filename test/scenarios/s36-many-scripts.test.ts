import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { archiveLevel, pagesOf, printed, textOf } from '../support/pdf.ts'
import { type Trade, openTrade } from '../support/trade.ts'

/** Letters, in whatever order and form they are drawn: Arabic is drawn joined, in forms of presentation. */
const letters = (text: string): string[] => Array.from(text.normalize('NFKC').replaceAll(/\s/g, ''))
const holds = (line: { text: string }, wanted: string): boolean => {
  const there = new Set(letters(line.text))
  return letters(wanted).every((letter) => there.has(letter))
}

describe('S36 Invoice in Polish, Arabic, Hebrew, Chinese and Japanese', () => {
  let trade: Trade
  beforeAll(async () => {
    trade = await openTrade()
  })
  afterAll(() => trade.close())

  const texts = ['Łódź, ul. Źródlana 5', 'فاتورة ضريبية', 'חשבונית', 'x订y单z', '請求書']
  const invoiceOf = async (name: string) => {
    await trade.api('PATCH', '/print-settings', { register: name, note: name })
    const address = { type: 'billing', line1: name, city: name }
    const party = await trade.api('POST', '/parties', { name, roles: ['customer'], addresses: [address] })
    const draft = await trade.api('POST', '/invoices', {
      partyId: party.id,
      notes: name,
      reference: name,
      lines: [{ description: name, quantity: '1', unitPrice: '1.00' }],
    })
    return trade.act(`/invoices/${draft.id}/post`)
  }

  it.each(texts)('prints %s in every block: party, line, note, terms, footer', async (name) => {
    const invoice = await invoiceOf(name)
    const pdf = await printed(trade, `/invoices/${invoice.id}/pdf`)
    const [page] = await pagesOf(pdf)
    // Party, address, city, reference, line, note, terms of the company, footer.
    const holding = page!.lines.filter((line) => holds(line, name))
    expect(holding.length).toBeGreaterThanOrEqual(8)
    expect(holding.some((line) => line.y > page!.height - 80)).toBe(true)
    expect(page!.lines.some((line) => line.text.includes('Page 1 of 1'))).toBe(true)
    expect(archiveLevel(pdf)).toBe('3 A')
  })

  it('draws Hebrew and Arabic from right to left, in the order in which they are read', async () => {
    for (const name of ['חשבונית', 'فاتورة ضريبية']) {
      const [page] = await pagesOf(await printed(trade, `/invoices/${(await invoiceOf(name)).id}/pdf`))
      const pieces = page!.pieces.filter((piece) => piece.direction === 'rtl')
      const read = pieces.map((piece) => piece.text.normalize('NFKC')).join(' ')
      // The reader of the file gives the letters of right-to-left pieces in reading order: not mirrored.
      for (const word of name.split(' ')) expect(read).toContain(word)
    }
  })

  it('draws Arabic letters joined: narrower than the same letters that are kept apart', async () => {
    const beh = '\u0628'
    const widthOf = async (between: string) => {
      const { id } = await invoiceOf([beh, beh, beh, beh].join(between))
      const [page] = await pagesOf(await printed(trade, `/invoices/${id}/pdf`))
      const pieces = page!.pieces.filter((piece) => piece.text.includes(beh))
      // A word that is kept apart may come in pieces.
      const first = pieces.filter((piece) => piece.y === pieces[0]!.y)
      return first.reduce((sum, piece) => sum + piece.width, 0)
    }
    const joined = await widthOf('')
    expect(joined).toBeGreaterThan(5)
    // A zero-width non-joiner keeps each letter in the form that it has alone.
    expect(joined).toBeLessThan((await widthOf('\u200c')) * 0.9)
  })

  it('draws the signs of currencies', async () => {
    const signs = 'zł ₪ ₹ ¥ €'
    expect(await textOf(await printed(trade, `/invoices/${(await invoiceOf(signs)).id}/pdf`))).toContain(
      signs,
    )
  })

  it('gives the same bytes to whoever prints it again', async () => {
    const { id } = await invoiceOf('請求書')
    const preview = await printed(trade, `/invoices/${id}/pdf`)
    const kept = await trade.act(`/invoices/${id}/pdfs`)
    const download = await printed(trade, `/invoices/${id}/pdf`)
    const copy = await printed(trade, `/invoices/${id}/pdfs/${kept.id}`)
    expect(Buffer.from(download).equals(preview)).toBe(true)
    expect(Buffer.from(copy).equals(preview)).toBe(true)
  })
})
