import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { itAddsUp } from '../support/consistency.ts'
import { asSource, importFile } from '../support/import-file.ts'
import { type Shop, openShop } from '../support/shop.ts'

/** The CSV exports of Vtiger, with its labels, names of other records and currencies as it writes them. */
describe('import of what Vtiger exports', () => {
  let shop: Shop
  beforeAll(async () => {
    shop = await openShop({ company: { backOrders: true } })
    await shop.ownerDb.query(`delete from parties`)
  })
  afterAll(() => shop.close())

  const csv = (head: readonly string[], ...rows: readonly (readonly string[])[]) =>
    asSource([head, ...rows].map((row) => row.map((cell) => `"${cell}"`).join(',')).join('\n'))
  const list = async (path: string) => (await shop.api('GET', path)).items

  it('maps each of its exports without a question and reads it', async () => {
    const organizations = csv(
      [
        'Organization Name',
        'Organization Number',
        'Website',
        'Ticker Symbol',
        'Member Of',
        'Primary Phone',
        'Primary Email',
        'Industry',
        'Type',
        'Assigned To',
        'Billing Address',
        'Billing City',
        'Billing State',
        'Billing Postal Code',
        'Billing Country',
        'Shipping City',
        'Description',
        'Created Time',
      ],
      [
        'Acme',
        'ACC1',
        'acme.example',
        '',
        'Accounts::::Holding',
        '+1 555',
        'a@acme.example',
        'Retail',
        'Customer',
        'admin',
        '1 Main St',
        'Boston',
        'MA',
        '02101',
        'United States',
        '',
        'Old friend',
        '2025-01-01 10:00:00',
      ],
    )
    const vendors = csv(
      [
        'Vendor Name',
        'Vendor No',
        'Phone',
        'Email',
        'Website',
        'GL Account',
        'Category',
        'Created Time',
        'Street',
        'PO Box',
        'City',
        'State',
        'Postal Code',
        'Country',
        'Description',
      ],
      [
        'Forge',
        'VEN1',
        '',
        'f@forge.example',
        '',
        '300-Sales-Software',
        '',
        '2025-01-01 10:00:00',
        'Hammer 2',
        '',
        'Leeds',
        '',
        'LS1',
        'United Kingdom',
        '',
      ],
    )
    const contacts = csv(
      [
        'Salutation',
        'First Name',
        'Last Name',
        'Contact Number',
        'Office Phone',
        'Organization Name',
        'Mobile Phone',
        'Title',
        'Primary Email',
        'Assigned To',
        'Mailing Street',
        'Mailing City',
        'Description',
      ],
      [
        'Ms.',
        'Ann',
        'Lee',
        'CON1',
        '+1 556',
        'Accounts::::Acme',
        '',
        'Buyer',
        'ann@acme.example',
        'admin',
        '',
        'Boston',
        '',
      ],
    )
    const products = csv(
      [
        'Product Name',
        'Product No',
        'Product Active',
        'Manufacturer',
        'Product Category',
        'Part Number',
        'Vendor Name',
        'Unit Price',
        'Purchase Cost',
        'Usage Unit',
        'Qty/Unit',
        'Qty In Stock',
        'Reorder Level',
        'Qty In Demand',
        'Handler',
        'Description',
      ],
      [
        'Laptop',
        'PRO1',
        '1',
        '',
        'Hardware',
        'LT-1',
        'Vendors::::Forge',
        '899.00000000',
        '700',
        'Each',
        '1.00',
        '20.000',
        '5',
        '0',
        'admin',
        '',
      ],
      [
        'Mouse',
        'PRO2',
        '1',
        '',
        'Hardware',
        '',
        '',
        '10',
        '6',
        'Each',
        '1.00',
        '0.000',
        '5',
        '0',
        'admin',
        '',
      ],
    )
    for (const [what, file, preset, many] of [
      ['parties', organizations, 'vtiger-organizations', 1],
      ['parties', vendors, 'vtiger-vendors', 1],
      ['contacts', contacts, 'vtiger-contacts', 1],
      ['products', products, 'vtiger-products', 2],
      ['opening-stock', products, 'vtiger-stock', 1],
    ] as const) {
      const report = await importFile(shop, what, file)
      expect([what, report.faults, report.preset]).toEqual([what, [], preset])
      expect(report).toMatchObject({ created: many, applied: true })
      expect(await importFile(shop, what, file)).toMatchObject({ created: 0, changed: 0, failed: 0 })
    }
    expect(await list('/parties?sort=name')).toMatchObject([
      {
        code: 'ACC1',
        roles: ['customer'],
        addresses: [{ line1: '1 Main St', city: 'Boston', region: 'MA', postalCode: '02101', country: 'US' }],
        contacts: [{ name: 'Ann Lee', role: 'Buyer', phone: '+1 556' }],
      },
      { code: 'VEN1', roles: ['vendor'], addresses: [{ line1: 'Hammer 2', country: 'GB' }] },
    ])
    const [laptop] = await list('/products?sku=PRO1')
    expect(laptop).toMatchObject({ name: 'Laptop', category: 'Hardware', unit: 'Each' })
    expect(await shop.figures(laptop!.id, ['onHand', 'averageCost'])).toEqual(['20', '700'])
  })

  it('reads price books, orders, quotes and invoices, a row for each item', async () => {
    const books = csv(
      ['Price Book Name', 'PriceBook No', 'Active', 'Currency', 'Description', 'Related To', 'List Price'],
      ['Retail', 'PB1', '1', 'USA, Dollars : $', '', 'Products::::Laptop', '850'],
    )
    const item = [
      'Item Name',
      'Quantity',
      'List Price',
      'Item Comment',
      'Item Discount Amount',
      'Item Discount Percent',
    ]
    const tail = ['Currency', 'Conversion Rate', 'Sub Total', 'Total']
    const money = ['USA, Dollars', '1.00000', '1000', '1000']
    const orders = csv(
      [
        'Subject',
        'SalesOrder Number',
        'Organization Name',
        'Contact Name',
        'Due Date',
        'Status',
        'Description',
        ...item,
        ...tail,
      ],
      [
        'Ten laptops',
        'SO1',
        'Accounts::::Acme',
        '',
        '2026-12-01',
        'Approved',
        '',
        'Products::::Laptop',
        '10',
        '899',
        '',
        '90',
        '',
        ...money,
      ],
      [
        'Ten laptops',
        'SO1',
        'Accounts::::Acme',
        '',
        '2026-12-01',
        'Approved',
        '',
        'Products::::Mouse',
        '10',
        '10',
        'with cable',
        '',
        '50',
        ...money,
      ],
      [
        'Done',
        'SO2',
        'Accounts::::Acme',
        '',
        '',
        'Delivered',
        '',
        'Products::::Mouse',
        '1',
        '10',
        '',
        '',
        '',
        ...money,
      ],
    )
    const quotes = csv(
      ['Subject', 'Quote Number', 'Quote Stage', 'Organization Name', 'Valid Until', ...item, ...tail],
      [
        'Maybe',
        'QUO1',
        'Reviewed',
        'Accounts::::Acme',
        '',
        'Products::::Mouse',
        '3',
        '9',
        '',
        '',
        '',
        ...money,
      ],
    )
    const purchases = csv(
      [
        'Subject',
        'PurchaseOrder Number',
        'Vendor Name',
        'Due Date',
        'Status',
        'Description',
        ...item,
        ...tail,
      ],
      [
        'More',
        'PO1',
        'Vendors::::Forge',
        '2026-12-01',
        'Created',
        '',
        'Products::::Mouse',
        '40',
        '6',
        '',
        '',
        '',
        ...money,
      ],
    )
    const invoices = csv(
      [
        'Subject',
        'Invoice Number',
        'Organization Name',
        'Invoice Date',
        'Due Date',
        'Status',
        'Received',
        'Balance',
        ...item,
        ...tail,
      ],
      [
        'Two',
        'INV1',
        'Accounts::::Acme',
        '2026-01-05',
        '2026-02-05',
        'Sent',
        '8',
        '12.00',
        'Products::::Mouse',
        '1',
        '10',
        '',
        '',
        '',
        ...money,
      ],
      [
        'Two',
        'INV1',
        'Accounts::::Acme',
        '2026-01-05',
        '2026-02-05',
        'Sent',
        '8',
        '12.00',
        'Products::::Mouse',
        '1',
        '10',
        '',
        '',
        '',
        ...money,
      ],
      [
        'Old',
        'INV2',
        'Accounts::::Acme',
        '2026-01-05',
        '2026-02-05',
        'Paid',
        '10',
        '0',
        'Products::::Mouse',
        '1',
        '10',
        '',
        '',
        '',
        ...money,
      ],
    )
    for (const [what, file, preset, done] of [
      ['price-books', books, 'vtiger-price-books', { created: 1 }],
      ['sales-orders', orders, 'vtiger-sales-orders', { created: 1, ignored: 1 }],
      ['sales-orders', quotes, 'vtiger-quotes', { created: 1 }],
      ['purchase-orders', purchases, 'vtiger-purchase-orders', { created: 1 }],
      ['open-invoices', invoices, 'vtiger-invoices', { created: 1, ignored: 1 }],
    ] as const) {
      const report = await importFile(shop, what, file)
      expect([what, report.faults, report.preset]).toEqual([what, [], preset])
      expect(report).toMatchObject({ ...done, applied: true })
      expect(await importFile(shop, what, file)).toMatchObject({ created: 0, changed: 0, failed: 0 })
    }
    const [order, quote] = await list('/sales-orders?sort=id')
    // 8,990 less 90, and half of 100.
    expect(order).toMatchObject({ reference: 'SO1', state: 'confirmed', totals: { net: '8950' } })
    const { lines } = await shop.api('GET', `/sales-orders/${order!.id}`)
    expect(
      lines.map(({ unitPrice, discountPercent, description }) => [unitPrice, discountPercent, description]),
    ).toEqual([
      ['890', '0', 'Laptop'],
      ['10', '50', 'with cable'],
    ])
    expect(quote).toMatchObject({ reference: 'QUO1', state: 'draft', totals: { net: '27' } })
    expect(await list('/purchase-orders')).toMatchObject([{ state: 'confirmed', totals: { net: '240' } }])
    expect(await list('/invoices')).toMatchObject([
      { reference: 'INV1', openAmount: '12', dueDate: '2026-02-05' },
    ])
  })

  itAddsUp(() => shop)
})
