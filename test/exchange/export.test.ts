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
        name: `Party ${name}`,
        code: name.slice(0, 50),
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
      expect(report).toMatchObject({ created: 0, changed: 0, same: rows, failed: 0, format })
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
