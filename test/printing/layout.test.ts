import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tax } from '../support/figures.ts'
import { overprinted, pagesOf, printed, textOf } from '../support/pdf.ts'
import { type Trade, openTrade } from '../support/trade.ts'

const house = 'Hurtownia Elektrotechniczna Kowalski Spółka z ograniczoną odpowiedzialnością'
const longWord = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'

/** Where a line is broken there is no space in what was written. */
const joined = async (pdf: Uint8Array): Promise<string> => (await textOf(pdf)).replaceAll(/\s/g, '')

describe('what is too long for its place', () => {
  let trade: Trade
  let taxId: string
  beforeAll(async () => {
    trade = await openTrade({ company: { currency: 'PLN', language: 'pl', name: house } })
    taxId = await tax(trade, '23')
  })
  afterAll(() => trade.close())

  const invoiced = async (description: string, head: object = {}) => {
    const line = { quantity: '1', unitPrice: '12345.67', discountPercent: '10', taxIds: [taxId] }
    const lines = [{ ...line, description }]
    const draft = await trade.api('POST', '/invoices', { partyId: trade.customerId, lines, ...head })
    return trade.act(`/invoices/${draft.id}/post`)
  }
  const pdf = (path: string): Promise<Uint8Array> => printed(trade, `${path}/pdf?language=pl`)

  it('takes more lines: the name of the house beside the title', async () => {
    const order = await trade.sell(
      Array.from({ length: 60 }, (_, i) => ({ description: `Praca ${i}`, quantity: '1', unitPrice: '1' })),
    )
    for (const paper of [
      await pdf(`/sales-orders/${order.id}`),
      await pdf(`/invoices/${(await invoiced('x')).id}`),
    ]) {
      expect(await overprinted(paper)).toEqual([])
      expect(await joined(paper)).toContain(house.replaceAll(' ', ''))
    }
  })

  it('is broken: a word without end, in lines, references, notes, names and labels', async () => {
    const name = longWord.toUpperCase()
    const { id: partyId } = await trade.api('POST', '/parties', { name, roles: ['customer'], language: 'pl' })
    const head = { partyId, reference: longWord, notes: longWord.repeat(2) }
    const invoice = await invoiced(`Praca ${longWord}`, head)
    const credit = await trade.creditNote(invoice, { reason: longWord.repeat(2) })
    for (const paper of [await pdf(`/invoices/${invoice.id}`), await pdf(`/credit-notes/${credit.id}`)]) {
      expect(await overprinted(paper)).toEqual([])
      for (const { pieces } of await pagesOf(paper))
        for (const { text, x, width } of pieces) expect(x + width, text).toBeLessThan(570)
    }
    // What fits is not broken; what is broken holds no signs that nobody wrote.
    expect(await textOf(await pdf(`/invoices/${(await invoiced('Elektrizitätenhauptwerk')).id}`))).toContain(
      'Elektrizitätenhauptwerk',
    )
    expect(await joined(await pdf(`/invoices/${invoice.id}`))).toContain(`Praca${longWord.slice(0, 40)}`)

    const product = await trade.product({ name: longWord, sku: 'A1B2C3'.repeat(8) })
    const label = await pagesOf(await pdf(`/products/${product}/label`))
    expect(label).toHaveLength(1)
    for (const { x, width } of label[0]!.pieces) expect(x + width).toBeLessThan(170)
  })

  it('repeats the hyphen of a Polish word on the next line, and of a code never', async () => {
    const code = 'ZAM/2026/11/0001-KLIENT-DOSTAWA-WARSZAWA-POLNOC-2026-11-12-13-14-15-AB'
    const word = `${'wielofunkcyjno-'.repeat(6)}użytkowa`
    const invoice = await invoiced(`Odlew wg ${code} ${word}`, { reference: code })
    const [page] = await pagesOf(await pdf(`/invoices/${invoice.id}`))
    const pieces = page!.pieces.map(({ text }) => text.trim()).join('')
    expect(pieces.split(code)).toHaveLength(3)
    expect(pieces).not.toContain(word)
    expect(pieces.replaceAll('--', '-')).toContain(word)
  })
})
