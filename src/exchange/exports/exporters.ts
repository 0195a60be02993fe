import { findAllTaxes, findProductsAfterSku } from '../../catalogue/index.ts'
import { sql, statement } from '../../kernel/sql.ts'
import { findPartiesAfterId } from '../../parties/index.ts'
import { packsCell } from '../imports/products.ts'
import { openBills, openInvoices, purchaseOrders, salesOrders } from './documents.ts'
import type { ExportRow, Exporter } from './exporter.ts'
import { priceBooks } from './price-books.ts'

const pageSize = 1000

const products: Exporter = {
  what: 'products',
  async *pages(tx, ctx) {
    const taxes = await findAllTaxes(tx, ctx.company.id)
    const names = (ids: readonly string[]): string =>
      ids.flatMap((id) => taxes.get(id)?.name ?? []).join('; ')
    for (let after = ''; ;) {
      const page = await findProductsAfterSku(tx, ctx.company.id, after, pageSize)
      yield page.map((product): ExportRow => {
        const { units, vendors: _, taxIds, purchaseTaxIds, archived: _a, createdAt: _c, ...fields } = product
        return {
          ...fields,
          packs: packsCell(units),
          taxes: names(taxIds),
          purchaseTaxes: names(purchaseTaxIds),
        }
      })
      if (page.length < pageSize) return
      after = page.at(-1)!.sku
    }
  },
}

const parties: Exporter = {
  what: 'parties',
  async *pages(tx, ctx) {
    for (let after: string | null = null; ;) {
      const page = await findPartiesAfterId(tx, ctx.company.id, after, pageSize)
      yield page.map((party): ExportRow => {
        const { roles, addresses, contacts: _, archived: _a, createdAt: _c, ...fields } = party
        const { line1, line2, postalCode, city, region, country } =
          addresses.find((address) => address.type === 'billing') ?? {}
        const address = { line1, line2, postalCode, city, region, country }
        return {
          ...fields,
          ...address,
          customer: roles.includes('customer'),
          vendor: roles.includes('vendor'),
        }
      })
      if (page.length < pageSize) return
      after = page.at(-1)!.id
    }
  },
}

const contacts: Exporter = {
  what: 'contacts',
  async *pages(tx, ctx) {
    for (let after: string | null = null; ;) {
      const page = await findPartiesAfterId(tx, ctx.company.id, after, pageSize)
      yield page.flatMap((party) =>
        party.contacts.map(({ name, role, email, phone }): ExportRow => ({
          party: party.code ?? party.name,
          name,
          role,
          email,
          phone,
        })),
      )
      if (page.length < pageSize) return
      after = page.at(-1)!.id
    }
  },
}

const findRatesPage = statement(
  'find_rates_of_export',
  { id: 'uuid', date: 'date', currency: 'text', rate: 'text', source: 'text?' },
  (p: { companyId: string; after: string | null; limit: number }) => sql`
    select id, date, currency, rate::text, source from exchange_rates
    where company_id = ${p.companyId} and (${p.after}::uuid is null or id > ${p.after}::uuid) order by id limit ${p.limit}`,
)

const exchangeRates: Exporter = {
  what: 'exchange-rates',
  async *pages(tx, ctx) {
    for (let after: string | null = null; ;) {
      const page: (ExportRow & { readonly id: string })[] = await tx.all(findRatesPage, {
        companyId: ctx.company.id,
        after,
        limit: pageSize,
      })
      yield page
      if (page.length < pageSize) return
      after = page.at(-1)!.id
    }
  },
}

const findStockPage = statement(
  'find_stock_of_export',
  {
    sku: 'text',
    warehouse: 'text',
    lot: 'text?',
    expiresOn: 'date?',
    quantity: 'text',
    unitCost: 'text?',
  },
  (p: { companyId: string; sku: string; limit: number }) => sql`
    select p.sku, w.code as warehouse, t.number as lot, t.expires_on, trim_scale(sum(b.quantity))::text as quantity,
      trim_scale(round(v.value / nullif(v.on_hand + v.quarantined, 0), 6))::text as unit_cost
    from stock_balances b
    join locations l on l.company_id = b.company_id and l.id = b.location_id and l.type = 'stock'
    join warehouses w on w.company_id = b.company_id and w.id = b.warehouse_id
    join products p on p.company_id = b.company_id and p.id = b.product_id
    join stock_levels v on v.company_id = b.company_id and v.product_id = b.product_id and v.warehouse_id = b.warehouse_id
    left join lots t on t.company_id = b.company_id and t.id = b.lot_id
    where b.company_id = ${p.companyId} and b.quantity > 0 and p.id in (
      select s.id from products s where s.company_id = ${p.companyId} and s.sku > ${p.sku} order by s.sku limit ${p.limit})
    group by p.sku, w.code, t.number, t.expires_on, v.value, v.on_hand, v.quarantined
    order by p.sku, w.code, t.number`,
)

const lastSku = statement(
  'find_last_sku_of_page',
  { sku: 'text?' },
  (p: { companyId: string; sku: string; limit: number }) => sql`
    select max(sku) as sku from (
      select s.sku from products s where s.company_id = ${p.companyId} and s.sku > ${p.sku} order by s.sku limit ${p.limit}) page`,
)

const stock: Exporter = {
  what: 'opening-stock',
  async *pages(tx, ctx) {
    const companyId = ctx.company.id
    for (let after = ''; ;) {
      const p = { companyId, sku: after, limit: pageSize }
      const [page, last] = await Promise.all([tx.all(findStockPage, p), tx.one(lastSku, p)])
      if (last.sku === null) return
      yield page
      after = last.sku
    }
  },
}

/** Every list that can be exported, in the order in which it is imported. */
export const exporters: readonly Exporter[] = [
  exchangeRates,
  parties,
  contacts,
  products,
  priceBooks,
  stock,
  salesOrders,
  purchaseOrders,
  openInvoices,
  openBills,
]
