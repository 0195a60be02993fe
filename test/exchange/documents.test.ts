import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { itAddsUp } from '../support/consistency.ts'
import { asSource, importFile } from '../support/import-file.ts'
import { type Shop, openShop } from '../support/shop.ts'

/** What is open in the program that one comes from: prices, people, orders, invoices. */
describe('import of price books, contacts and open documents', () => {
  let shop: Shop
  beforeAll(async () => {
    shop = await openShop({ company: { backOrders: true } })
    await shop.product({
      sku: 'BOLT',
      name: 'Bolt',
      salesPrice: '2',
      units: [{ unit: 'box', numerator: 12, denominator: 1 }],
    })
    await shop.product({ sku: 'NUT', name: 'Nut', salesPrice: '1' })
    await shop.api('POST', '/parties', { code: 'C-1', name: 'Acme', roles: ['customer'] })
    await shop.api('POST', '/parties', { code: 'V-1', name: 'Forge', roles: ['vendor'] })
  })
  afterAll(() => shop.close())

  const faults = (report: { faults: readonly { line: number; field: string | null; message: string }[] }) =>
    report.faults.map(({ line, field }) => [line, field])
  const list = async (path: string) => (await shop.api('GET', path)).items

  it('price books: prices by unit and quantity, found or made by name; others stay', async () => {
    const file = asSource(
      'Price book,Currency,Valid from,Only for,Product,Unit,From quantity,Price\nRetail,USD,2026-01-01,,BOLT,,,2.50\nRetail,USD,2026-01-01,,BOLT,box,10,24\nRetail,USD,2026-01-01,,Nut,,,1.10\nKey,USD,,C-1,BOLT,,,2\nEmpty,,,,,,,\n',
    )
    expect(await importFile(shop, 'price-books', file)).toMatchObject({
      created: 5,
      failed: 0,
      applied: true,
    })
    expect(await importFile(shop, 'price-books', file)).toMatchObject({ same: 5, created: 0, changed: 0 })
    const books = await list('/price-books?sort=name')
    expect(
      books.map(({ name, entryCount, partyIds }) => [name, entryCount, (partyIds as string[]).length]),
    ).toEqual([
      ['Empty', 0, 0],
      ['Key', 1, 1],
      ['Retail', 3, 0],
    ])
    const raised = asSource('Price list,SKU,Price\nretail,NUT,1.20\nRETAIL,BOLT,2.50\n')
    expect(await importFile(shop, 'price-books', raised)).toMatchObject({ changed: 1, same: 1 })
    const retail = await shop.api('GET', `/price-books/${books[2]!.id}`)
    expect((retail['entries'] as { price: string }[]).map(({ price }) => price).toSorted()).toEqual([
      '1.20',
      '2.50',
      '24',
    ])
    const wrong = await importFile(
      shop,
      'price-books',
      asSource(
        'Price book,Currency,Product,Unit,From quantity,Price\nRetail,EUR,BOLT,,,2\nNew,USD,GONE,,,2\nNew,USD,BOLT,barrel,,2\nNew,USD,NUT,,,\nNew,USD,NUT,,-1,5\nNew,EUR,NUT,,2,5\n',
      ),
      { atFault: 'skip' },
    )
    expect(faults(wrong)).toEqual([
      [2, 'currency'],
      [3, 'product'],
      [4, 'unit'],
      [5, 'price'],
      [6, 'minQuantity'],
      [7, 'currency'],
    ])
    expect(await list('/price-books')).toHaveLength(3)
  })

  it('contacts: added to whom they belong, changed, or customers of their own', async () => {
    const file = asSource(
      'Organization name,First name,Last name,Title,Email\nAcme,Ann,Lee,Buyer,ann@acme.example\nC-1,Bob,Ray,,bob@acme.example\n,Eve,Moon,,eve@example.com\n',
    )
    expect(await importFile(shop, 'contacts', file)).toMatchObject({ created: 3, failed: 0 })
    expect(await importFile(shop, 'contacts', file)).toMatchObject({ same: 3 })
    const [acme] = await list('/parties?code=C-1')
    expect(acme!['contacts']).toMatchObject([
      { name: 'Ann Lee', role: 'Buyer', email: 'ann@acme.example' },
      { name: 'Bob Ray', role: null },
    ])
    expect(await list('/parties?q=moon')).toMatchObject([{ type: 'person', roles: ['customer'] }])
    const moved = asSource(
      'Party,Name,Phone,Email\nAcme,Bob Ray,+48 1,bob@new.example\nNobody,X,,\nAcme,Y,,no address\n',
    )
    const report = await importFile(shop, 'contacts', moved, { atFault: 'skip' })
    expect(report).toMatchObject({ changed: 1, failed: 2 })
    expect(faults(report)).toEqual([
      [3, 'party'],
      [4, 'email'],
    ])
  })

  it('open orders: confirmed as if entered, known by their number, left out when they have ended', async () => {
    const file = asSource(
      'Number;Customer;Date;Status;SKU;Quantity;Unit;Price;Line discount %\nSO-7;Acme;01.02.2026;open;BOLT;2;box;24,00;10\nSO-7;Acme;01.02.2026;open;NUT;5;;;\nSO-8;Acme;02.02.2026;closed;NUT;5;;;\nSO-9;Acme;02.02.2026;draft;NUT;1;;;\n',
    )
    expect(await importFile(shop, 'sales-orders', file)).toMatchObject({
      created: 2,
      ignored: 1,
      rows: 4,
      failed: 0,
    })
    expect(await importFile(shop, 'sales-orders', file)).toMatchObject({ created: 0, same: 2, ignored: 1 })
    const orders = await list('/sales-orders?sort=orderDate')
    expect(orders).toMatchObject([
      { reference: 'SO-7', state: 'confirmed', orderDate: '2026-02-01', totals: { net: '49.2' } },
      { reference: 'SO-9', state: 'draft' },
    ])
    // A draft that was deleted may come again.
    await shop.api('DELETE', `/sales-orders/${orders[1]!.id}`, undefined, { expect: 204 })
    expect(await importFile(shop, 'sales-orders', file)).toMatchObject({ created: 1, same: 1 })
    const bought = asSource('Number,Vendor,Expected,Product,Quantity,Price\nPO-1,V-1,2026-12-24,BOLT,24,1\n')
    expect(await importFile(shop, 'purchase-orders', bought)).toMatchObject({ created: 1 })
    const wrong = await importFile(
      shop,
      'sales-orders',
      asSource(
        'Number,Customer,Currency,SKU,Quantity,Unit\nW-1,Nobody,,BOLT,1,\nW-2,V-1,,BOLT,1,\nW-3,Acme,,BOLT,1,\nW-3,Acme,,GONE,1,\nW-4,Acme,,BOLT,0,\nW-5,Acme,USD,BOLT,1,\nW-5,Acme,EUR,BOLT,1,\nW-6,Acme,,BOLT,1,barrel\nW-7,Acme,,BOLT,1,\nW-6,Acme,,NUT,1,\n',
      ),
      { atFault: 'skip' },
    )
    expect(faults(wrong)).toEqual([
      [2, 'party'],
      [3, 'partyId'],
      [5, 'product'],
      [6, 'quantity'],
      [8, 'currency'],
      [9, 'unit'],
      [11, 'number'],
    ])
    expect(wrong).toMatchObject({ created: 1, failed: 7 })
  })

  it('orders: a discount in percent and one of an amount are two columns', async () => {
    const heads = ['Discount %,Discount', 'Discount,Discount %']
    for (const [i, head] of heads.entries()) {
      const off = i === 0 ? ',7.50' : '7.50,'
      const file = asSource(`Number,Customer,SKU,Quantity,Price,${head}\nD-${i},Acme,BOLT,2,100.00,${off}\n`)
      expect(await importFile(shop, 'sales-orders', file)).toMatchObject({ created: 1, failed: 0 })
    }
    const lines = asSource(
      'Number,Customer,SKU,Quantity,Price,Line discount,Line discount %\nD-2,Acme,BOLT,2,100.00,7.50,\n',
    )
    expect(await importFile(shop, 'sales-orders', lines)).toMatchObject({ created: 1, failed: 0 })
    const alone = asSource('Number,Customer,SKU,Quantity,Price,Discount\nD-3,Acme,BOLT,2,100.00,7.50\n')
    expect(await importFile(shop, 'sales-orders', alone)).toMatchObject({ created: 1, failed: 0 })
    for (const i of [0, 1, 2, 3]) {
      const [order] = await list(`/sales-orders?q=D-${i}`)
      expect(order).toMatchObject({ reference: `D-${i}`, totals: { net: '192.5' } })
    }
  })

  it('open invoices and bills: what is still to be paid, without tax, in both ledgers', async () => {
    await shop.api('POST', '/taxes', { name: 'VAT', rate: '23', category: 'S' })
    const file = asSource(
      'Invoice number,Customer,Invoice date,Due date,Balance,Status\nFV 1/2025,Acme,2025-11-30,2025-12-30,100.50,open\nFV 2/2025,Acme,2025-12-01,2025-12-31,0,\nFV 3/2025,Acme,2025-12-01,2025-12-31,7,paid\n',
    )
    expect(await importFile(shop, 'open-invoices', file)).toMatchObject({ created: 1, ignored: 2, failed: 0 })
    expect(await importFile(shop, 'open-invoices', file)).toMatchObject({ created: 0, same: 1, ignored: 2 })
    const [invoice] = await list('/invoices')
    expect(invoice).toMatchObject({
      reference: 'FV 1/2025',
      state: 'posted',
      paymentStatus: 'overdue',
      dueDate: '2025-12-30',
      openAmount: '100.5',
      totals: { tax: '0' },
    })
    const bills = asSource('Number,Vendor,Date,Due,Open amount\nX/9,Forge,2025-12-01,2026-01-15,40\n')
    expect(await importFile(shop, 'open-bills', bills)).toMatchObject({ created: 1 })
    await shop.act(`/invoices/${invoice!.id}/payments`, { amount: '100.50', method: 'bank transfer' })
    const wrong = await importFile(
      shop,
      'open-bills',
      asSource(
        'Number,Vendor,Date,Due,Currency,Open amount\nX/1,Forge,2026-01-10,2026-01-01,,5\nX/2,Forge,,,,-5\nX/3,Forge,,,XXX,5\nX/4,Forge,,,,\nX/5,Acme,,,,5\nX/6,Forge,,,,1.234\n',
      ),
      { atFault: 'skip' },
    )
    expect(faults(wrong).map(([line]) => line)).toEqual([2, 3, 4, 5, 6, 7])
  })

  itAddsUp(() => shop)
})
