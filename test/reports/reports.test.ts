import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { routes } from '../../src/app.ts'
import { type Decimal, decimal, hundred, one, round, sum, zero } from '../../src/kernel/decimal.ts'
import { type Installation, owner, startInstallation } from '../identity/installation.ts'

/**
 * Reports of the demo company, which has a year of everything: other currencies, returns, credits, reversals,
 * corrected costs. Each figure is compared with the ledgers, added up in another way.
 */
describe('reports', () => {
  let app: Installation
  let cookie: string
  let companyId: string
  beforeAll(async () => {
    app = await startInstallation({ routes })
    cookie = await app.signIn(owner.email, owner.password)
    companyId = (await app.call('POST', '/setup/demo', { cookie })).json.id
  }, 240_000)
  afterAll(() => app.close())

  type Row = Record<string, string | null>
  interface Report {
    readonly items: readonly Row[]
    readonly totals: Readonly<Record<string, string>>
    readonly rowCount: number
  }
  const get = async (path: string) => {
    const { status, json } = await app.call('GET', path, { cookie, company: 'crimson' })
    expect({ path, status, json }).toMatchObject({ path, status: 200 })
    return json as never
  }
  const report = (path: string): Promise<Report> => get(`/reports/${path}`)
  const ledger = async <T extends object>(text: string, ...more: unknown[]): Promise<T[]> =>
    (await app.ownerDb.query<T>(text, [companyId, ...more])).rows
  const add = (rows: readonly Row[], key: string): Decimal => sum(rows.map((row) => decimal(row[key] ?? '0')))
  const today = new Date().toISOString().slice(0, 10)
  const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10)

  it('value the stock of any day as the ledger adds up from its beginning, and of today as the levels say', async () => {
    for (const day of [today, daysAgo(20), daysAgo(75), daysAgo(200), '1999-12-31']) {
      const found = await report(`stock-value?on=${day}`)
      const [forward] = await ledger<{ value: string; quantity: string; rows: string }>(
        `select coalesce(sum(value), 0) as value, coalesce(sum(quantity), 0) as quantity, count(*) as rows from (
           select product_id, warehouse_id, sum(quantity) as quantity, sum(value) as value from (
             select product_id, to_warehouse_id as warehouse_id, quantity, case when to_seq is null then 0 else value end as value, date, company_id from stock_moves
             union all select product_id, from_warehouse_id, -quantity, case when from_seq is null then 0 else -value end, date, company_id from stock_moves
             union all select product_id, warehouse_id, 0, case direction when 'in' then value_change else -value_change end, date, company_id from stock_value_corrections
           ) flow where company_id = $1 and warehouse_id is not null and date <= $2 group by product_id, warehouse_id
           having sum(quantity) <> 0 or sum(value) <> 0) lay`,
        day,
      )
      expect([
        day,
        found.rowCount,
        add(found.items, 'value').toString(),
        add(found.items, 'quantity').toString(),
      ]).toEqual([
        day,
        Number(forward!.rows),
        decimal(forward!.value).toString(),
        decimal(forward!.quantity).toString(),
      ])
      expect(decimal(found.totals['value'] ?? '0').toString()).toBe(decimal(forward!.value).toString())
    }
    const { value } = (await get('/stock/value')) as { value: string }
    expect((await report('stock-value')).totals['value']).toBe(value)
    expect(decimal(value).gt(zero)).toBe(true)
  })

  it('lead from the opening to the closing balance of every product, as its turnover says', async () => {
    const [from, to] = [daysAgo(120), daysAgo(10)]
    const [{ id: warehouseId }] = ((await get('/warehouses')) as { items: [{ id: string }] }).items
    for (const where of ['', `&warehouseId=${warehouseId}`]) {
      const { items } = await report(`movements?from=${from}&to=${to}${where}`)
      expect(items.length).toBeGreaterThan(5)
      for (const row of items) {
        const moved = ['opening', 'purchased', 'adjusted', 'transferred'].map((key) => decimal(row[key]!))
        expect([row['sku'], sum(moved).minus(decimal(row['sold']!)).toString()]).toEqual([
          row['sku'],
          row['closing'],
        ])
      }
      if (where !== '') continue
      // Transfers between the company's own warehouses are on the way at most.
      const closing = await ledger<{ quantity: string }>(
        `select coalesce(sum(case when to_warehouse_id is not null then quantity else 0 end - case when from_warehouse_id is not null then quantity else 0 end), 0) as quantity
         from stock_moves where company_id = $1 and date <= $2`,
        to,
      )
      expect(add(items, 'closing').toString()).toBe(decimal(closing[0]!.quantity).toString())
    }
  })

  it('show the same sales, costs and purchases by product, party and month as the documents do', async () => {
    const [from, to] = [daysAgo(300), daysAgo(3)]
    const [sold] = await ledger<{ net: string; cost: string; bought: string }>(
      `select (select sum(case when kind = 'invoice' then 1 else -1 end * round(net * exchange_rate, 2)) from invoices
          where company_id = $1 and state = 'posted' and kind in ('invoice', 'credit-note') and date between $2 and $3) as net,
        (select sum(case when kind = 'bill' then 1 else -1 end * round(net * exchange_rate, 2)) from invoices
          where company_id = $1 and state = 'posted' and kind in ('bill', 'vendor-credit') and date between $2 and $3) as bought,
        (select sum(case when s.kind = 'delivery-note' then 1 else -1 end * (m.value + coalesce(
            (select sum(value_change) from stock_value_corrections c where c.company_id = m.company_id and c.move_id = m.id), 0)))
          from stock_moves m join shipments s on s.company_id = m.company_id and s.id = m.shipment_id
          where m.company_id = $1 and s.kind in ('delivery-note', 'sales-return') and s.state = 'posted' and m.reverses_id is null
            and m.id not in (select reverses_id from stock_moves where company_id = $1 and reverses_id is not null)
            and s.date between $2 and $3) as cost`,
      from,
      to,
    )
    const [net, cost, bought] = [sold!.net, sold!.cost, sold!.bought].map(decimal)
    expect(net!.gt(zero) && cost!.gt(zero) && bought!.gt(zero)).toBe(true)
    for (const by of ['product', 'party', 'month']) {
      const sales = await report(`sales?from=${from}&to=${to}&by=${by}`)
      const figures = [add(sales.items, 'net'), add(sales.items, 'cost'), decimal(sales.totals['margin']!)]
      expect([by, ...figures.map(String)]).toEqual([by, ...[net!, cost!, net!.minus(cost!)].map(String)])
      expect(sales.totals['net']).toBe(net!.toString())
      for (const { net: n, cost: c, margin, marginPercent: percent } of sales.items) {
        expect(margin).toBe(decimal(n!).minus(decimal(c!)).toString())
        expect(percent).toBe(
          decimal(n!).eq(zero) ? null : round(decimal(margin!).times(hundred).div(decimal(n!)), 1).toString(),
        )
      }
      const purchases = await report(`purchases?from=${from}&to=${to}&by=${by}`)
      expect([by, add(purchases.items, 'net').toString()]).toEqual([by, bought!.toString()])
    }
    const { items: months } = (await get('/sales-by-month?months=3')) as { items: Row[] }
    const same = await report(`sales?by=month&from=${months[0]!['month']!}`)
    const figuresOf = (rows: readonly Row[]) =>
      rows
        .filter((row) => row['net'] !== '0' || row['cost'] !== '0')
        .map((row) => [row['month'], row['net'], row['cost']])
    expect(figuresOf(same.items)).toEqual(figuresOf(months))
  })

  it('add up the tax of every document by rate', async () => {
    const { items, totals } = await report(`taxes?from=${daysAgo(365)}&to=${today}`)
    const documents = await ledger<{
      kind: string
      taxes: { rate: string; net: string; tax: string }[]
      rate: string
    }>(
      `select kind, taxes, exchange_rate as rate from invoices where company_id = $1 and state = 'posted' and coalesce(sale_date, date) between $2 and $3`,
      daysAgo(365),
      today,
    )
    const expected = { sales: zero, purchases: zero }
    for (const { kind, taxes, rate } of documents) {
      const side = kind === 'invoice' || kind === 'credit-note' ? 'sales' : 'purchases'
      const sign = kind === 'invoice' || kind === 'bill' ? one : zero.minus(one)
      for (const { tax } of taxes)
        expected[side] = expected[side].plus(round(decimal(tax).times(decimal(rate)), 2).times(sign))
    }
    expect(expected.sales.gt(zero)).toBe(true)
    expect([totals['salesTax'], totals['purchasesTax'], totals['toPay']]).toEqual(
      [expected.sales, expected.purchases, expected.sales.minus(expected.purchases)].map(String),
    )
    expect(new Set(items.map(({ side }) => side))).toEqual(new Set(['sales', 'purchases']))
  })

  it('tell who owed what on any day, as its documents and what was settled until then say', async () => {
    interface Ageing {
      readonly totals: Readonly<Record<string, string>>
    }
    for (const day of [today, daysAgo(15), daysAgo(60), daysAgo(180)]) {
      for (const [path, kind] of [
        ['receivables', 'invoice'],
        ['payables', 'bill'],
      ] as const) {
        const { totals } = (await get(`/${path}?asOf=${day}`)) as Ageing
        const rows = await ledger<{ open: string; late: number }>(
          `select round((i.gross - coalesce(s.settled, 0)) * i.exchange_rate, 2) as open, $2::date - i.due_date as late
           from invoices i left join lateral (
             select sum(claim_amount) as settled from settlements s where s.company_id = i.company_id and s.claim_invoice_id = i.id and s.date <= $2) s on true
           where i.company_id = $1 and i.kind = $3 and i.state = 'posted' and i.date <= $2`,
          day,
          kind,
        )
        const open = (among: (late: number) => boolean) =>
          sum(rows.filter(({ late }) => among(late)).map((row) => decimal(row.open))).toString()
        expect([path, day, totals['open'], totals['notDue'], totals['days1to30'], totals['over90']]).toEqual([
          path,
          day,
          open(() => true),
          open((late) => late <= 0),
          open((late) => late >= 1 && late <= 30),
          open((late) => late > 90),
        ])
      }
    }
  })

  it('refuse a period that ends before it begins, by the name of the field', async () => {
    const answer = await app.call('GET', '/reports/sales?from=2026-02-01&to=2026-01-31', {
      cookie,
      company: 'crimson',
    })
    expect([
      answer.status,
      answer.json.code,
      (answer.json.errors as [{ pointer: string }])[0].pointer,
    ]).toEqual([422, 'period-ends-before-it-begins', 'to'])
  })

  it('are files for a spreadsheet, with all rows and nothing that it would run', async () => {
    const product = { sku: '=1+1', name: '@evil', unit: 'pcs' }
    const { json: made } = await app.call('POST', '/products', { cookie, company: 'crimson', body: product })
    const { json: home } = await app.call('GET', '/warehouses?limit=1', { cookie, company: 'crimson' })
    const lines = [{ productId: made.id, quantityChange: '2', unitCost: '1', reason: 'found' }]
    const [{ id: warehouseId }] = home.items as unknown as [{ id: string }]
    const body = { warehouseId, lines, post: true }
    expect((await app.call('POST', '/stock-adjustments', { cookie, company: 'crimson', body })).status).toBe(
      201,
    )
    const answer = await app.call('GET', '/reports/stock-value/file', { cookie, company: 'crimson' })
    expect(answer.status).toBe(200)
    expect(answer.text).toContain('sku,name,warehouse,quantity,unit,unitValue,value\r\n')
    expect(answer.text).toMatch(/^'=1\+1,'@evil,[^,]+,2,pcs,1,2\r$/m)
    const { rowCount } = await report('stock-value')
    expect(answer.text.trim().split('\r\n').length).toBe(rowCount + 1)
    const book = await app.call('GET', '/reports/stock-value/file?format=xlsx', {
      cookie,
      company: 'crimson',
    })
    expect([book.status, book.text.slice(0, 2)]).toEqual([200, 'PK'])
    for (const name of ['movements', 'sales', 'purchases', 'taxes'])
      expect((await app.call('GET', `/reports/${name}/file`, { cookie, company: 'crimson' })).status).toBe(
        200,
      )
  })
})
