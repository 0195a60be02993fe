import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ExportFormat, exportCsv, exporters } from '../../src/exchange/index.ts'
import { guarded, unguarded } from '../../src/exchange/files/formula-guard.ts'
import { asSystem } from '../../src/identity/index.ts'
import { asSource, importFile } from '../support/import-file.ts'
import { type Shop, openShop } from '../support/shop.ts'

const dangerous = ['=1+1', '+1+1', '-1+1', '@SUM(A1)', "'=1", '＝1', '-', '=HYPERLINK("http://x")']

describe('export', () => {
  let shop: Shop
  beforeAll(async () => {
    shop = await openShop()
    const tax = await shop.api('POST', '/taxes', { name: 'VAT 23%', rate: '23', category: 'S' })
    for (const [i, name] of [...dangerous, 'Bolt; M8\nzinc', 'Say "hello", world', "it's"].entries()) {
      await shop.api('POST', '/products', {
        sku: `E-${i}`,
        name,
        notes: name,
        salesPrice: `${i}.50`,
        taxIds: [tax.id],
        units: [
          { unit: 'box', numerator: 12, barcode: `59${i}` },
          { unit: 'third', numerator: 1, denominator: 3 },
        ],
      })
      await shop.api('POST', '/parties', {
        // One line, unlike the name of a product and an address.
        name: `Party ${name.replace('\n', ' ')}`,
        code: name.replace('\n', ' ').slice(0, 50),
        roles: ['customer', 'vendor'],
        phone: '+48 42 123',
        creditLimit: '1000.75',
        addresses: [
          { type: 'shipping', city: 'Gdynia', default: true },
          { type: 'billing', line1: name, country: 'PL' },
        ],
      })
    }
    const stocked = await shop.product({ sku: 'STOCKED', unit: 'm2' })
    await shop.stock(stocked, '162.75')
    const inLots = await shop.product({ sku: 'LOTS', tracking: 'lot' })
    await shop.stock(inLots, '5', { lots: [{ number: 'L-1', expiresOn: '2027-01-31', quantity: '5' }] })
    await shop.api('POST', '/parties', { name: 'Without a code', roles: ['vendor'] })
    await shop.api('POST', '/parties', {
      name: 'With people',
      code: '=1',
      roles: ['customer'],
      contacts: [
        { name: 'Desk', email: 'a@example.com' },
        { name: 'Desk', email: 'b@example.com' },
        { name: '@Ann' },
      ],
    })
    for (const [i, date] of ['2026-11-20', '2026-11-21'].entries())
      await shop.api('POST', '/exchange-rates', { currency: 'EUR', date, rate: `1.1${i}`, source: '=ECB' })
    for (const name of ['=Retail', 'Empty'])
      await shop.api('POST', '/price-books', {
        name,
        currency: 'EUR',
        validFrom: '2026-01-01',
        priceGroups: ['gold', 'silver'],
        partyIds: [shop.customerId],
        entries:
          name === 'Empty'
            ? []
            : [
                { productId: stocked, price: '5.50' },
                { productId: stocked, minQuantity: '10.5', price: '5', margin: '-0.25' },
              ],
      })
    const line = { productId: stocked, quantity: '7.5', unitPrice: '3.20', discountPercent: '5' }
    for (const [path, partyId, follow] of [
      ['/sales-orders', shop.customerId, 'delivery-notes'],
      ['/purchase-orders', shop.vendorId, 'receipt-notes'],
    ] as const) {
      const body = { partyId, lines: [line, { description: '=Service', quantity: '1', unitPrice: '9' }] }
      const { id } = await shop.api('POST', path, body)
      const { lines } = await shop.act(`${path}/${id}/confirm`)
      const part = { lines: [{ sourceLineId: lines[0]!.id, quantity: '2.5' }] }
      const note = await shop.act(`${path}/${id}/${follow}`, part)
      await shop.act(`/${follow}/${note.id}/post`)
    }
    for (const [path, partyId] of [
      ['/invoices', shop.customerId],
      ['/bills', shop.vendorId],
    ] as const)
      for (const currency of ['USD', 'EUR']) {
        const body = { partyId, currency, date: '2026-11-22', lines: [{ ...line, taxIds: [] }] }
        const { id } = await shop.api('POST', path, body)
        await shop.act(`${path}/${id}/post`)
        await shop.act(`${path}/${id}/payments`, { amount: '1.50', method: 'cash' })
      }
  })
  afterAll(() => shop.close())

  const exported = async (what: string, format: ExportFormat) => {
    const ctx = await asSystem(shop.db, shop.company.id, 'export', async (_, found) => found)
    const pieces: string[] = []
    const exporter = exporters.find((each) => each.what === what)!
    const rows = await exportCsv(shop.db, ctx, exporter, format, async (piece) => void pieces.push(piece))
    return { rows, text: pieces.join('') }
  }

  describe.each([
    { delimiter: ',', decimalSign: '.' },
    { delimiter: ';', decimalSign: ',' },
  ] as const)('with $delimiter between cells and $decimalSign before decimals', (format) => {
    it.each(exporters.map((each) => each.what))('%s import back with no change', async (what) => {
      const { rows, text } = await exported(what, format)
      expect(rows).toBeGreaterThan(1)
      const report = await importFile(shop, what, asSource(text))
      expect(report.faults).toEqual([])
      // An order has a row for each of its lines.
      const same = what.endsWith('-orders') ? 1 : rows
      expect(report).toMatchObject({ created: 0, changed: 0, ignored: 0, same, failed: 0, rows, format })
    })

    it('has no cell that a spreadsheet would run', async () => {
      const { text } = await exported('products', format)
      const cells = text.split(/[\n,;"]/)
      expect(cells.filter((cell) => /^[=+@＝]/.test(cell))).toEqual([])
      expect(text).toContain("'=1+1")
    })
  })

  it('gives every text back as it was', () => {
    for (const text of [...dangerous, '', "'", "''=", "it's", '-5', '-5,25', 'A-1']) {
      expect(unguarded(guarded(text))).toBe(text)
    }
    expect(guarded('-5.25')).toBe('-5.25')
  })
})
