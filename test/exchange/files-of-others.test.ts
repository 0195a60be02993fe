import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FileSource } from '../../src/exchange/index.ts'
import { importFile } from '../support/import-file.ts'
import { sharedData } from '../support/shared-data.ts'
import { type TestApp, startTestApp } from '../support/test-app.ts'

/** Files that other programs wrote, as they are. */
describe('import of files of other programs', () => {
  let app: TestApp
  beforeAll(async () => {
    app = await startTestApp()
  })
  afterAll(() => app.close())

  const file = (test: TestContext, name: string, folder = 'imports'): FileSource => {
    const path = join(sharedData(test, folder), name)
    return { name, read: () => createReadStream(path) as AsyncIterable<Buffer> }
  }
  const product = async (sku: string) => (await app.api('GET', `/products?sku=${sku}`)).items[0]

  it('Magento: descriptions over many lines', async (test) => {
    const report = await importFile(app, 'products', file(test, 'magento_products_gear_bags.csv'))
    expect(report).toMatchObject({ rows: 14, created: 14, failed: 0, applied: true })
  })

  it('WooCommerce: the columns are found; a type of its own is told, or left out of the mapping', async (test) => {
    const woo = file(test, 'woocommerce_sample_products.csv')
    const tried = await importFile(app, 'products', woo, { dryRun: true })
    expect(tried.mapping).toMatchObject({
      sku: 'SKU',
      name: 'Name',
      salesPrice: 'Regular price',
      weight: 'Weight (kg)',
    })
    expect(new Set(tried.faults.map(({ field }) => field))).toEqual(new Set(['type']))
    const { type: _, ...mapping } = tried.mapping
    const report = await importFile(app, 'products', woo, { mapping })
    expect(report).toMatchObject({ created: 24, failed: 0, applied: true })
  })

  it('Vendure: blanks around cells, an empty line, a code given twice', async (test) => {
    const report = await importFile(app, 'products', file(test, 'vendure_product_import.csv'), {
      mapping: { sku: 'sku', name: 'slug', salesPrice: 'price' },
      dryRun: true,
    })
    expect(report.rows).toBe(11)
    const twice = report.faults.filter(({ field }) => field === 'sku')
    expect(twice.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^is that of line \d+ already$/),
    ])
  })

  it('thirty bees: lists with semicolons inside of cells do not decide the separator; zeros in front stay', async (test) => {
    const report = await importFile(app, 'products', file(test, 'thirtybees_combinations_import.csv'), {
      mapping: { sku: 'EAN13', name: 'Product Reference', barcode: 'EAN13' },
      atFault: 'skip',
    })
    expect(report).toMatchObject({ rows: 27, format: { delimiter: ',' } })
    expect(report.faults.every(({ field }) => field === 'sku' || field === 'name')).toBe(true)
  })

  it('OpenBoxes: a workbook', async (test) => {
    const workbook = file(test, 'openboxes_excel_importer_spec.xlsx')
    const mapping = { sku: 'String', name: 'Explanation' }
    const report = await importFile(app, 'products', workbook, { mapping, dryRun: true })
    expect(report).toMatchObject({ rows: 6, format: { kind: 'xlsx', sheet: 1, header: true } })
  })

  it('OpenBoxes: stock by lot with month first in its dates', async (test) => {
    const inventory = file(test, 'openboxes_warehouse_inventory.csv')
    const made = await importFile(app, 'products', inventory)
    expect(made).toMatchObject({ created: 57, failed: 0, format: { dateOrder: 'MDY' } })
    expect(made.mapping).toEqual({ sku: 'Product code', name: 'Product name' })
    // These products have neither lots nor a price, and the file has no cost: each row that is not 0 says so.
    const tried = await importFile(app, 'opening-stock', inventory, { dryRun: true })
    expect(tried).toMatchObject({ rows: 57, same: 14, failed: 43 })
    expect(tried.faults.map(({ line }) => line)).toEqual([...new Set(tried.faults.map(({ line }) => line))])
    const tracked = await importFile(app, 'products', inventory, {
      mapping: { sku: 'Product code', purchasePrice: 'Physical QOH' },
    })
    expect(tracked).toMatchObject({ changed: 57 })
    const lots = { sku: 'Product code', quantity: 'Physical QOH' }
    const stocked = await importFile(app, 'opening-stock', inventory, { mapping: lots })
    expect(stocked).toMatchObject({ failed: 0, created: 43, same: 14 })
    const { rows } = await app.ownerDb.query('select sum(on_hand)::text as sum from stock_levels')
    expect(rows).toEqual([{ sum: '78580' }])
  })

  it('InvenTree: parts by their key', async (test) => {
    const parts = await importFile(app, 'products', file(test, 'part.csv', 'inventree'), {
      mapping: { sku: 'pk', name: 'name', description: 'description', notes: 'notes' },
    })
    expect(parts).toMatchObject({ created: 414, failed: 0 })
    expect(await product('1')).toMatchObject({ name: 'R_10R_0402_1%' })
  })
})
