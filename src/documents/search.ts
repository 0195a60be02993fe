import { Type } from 'typebox'
import { Id, nullable, object } from '../http/schemas.ts'
import type { Context } from '../kernel/context.ts'
import { escapeLike, fold } from '../kernel/fold.ts'
import { sql, statement } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'

export const SearchQuery = Type.Object({
  q: Type.String({
    minLength: 1,
    maxLength: 200,
    description: 'A number, a name, a code, a barcode. Accents and case do not matter.',
  }),
  only: Type.Optional(
    Type.Unsafe<'documents' | 'products' | 'parties'>(
      Type.String({ enum: ['documents', 'products', 'parties'] }),
    ),
  ),
})

export const SearchOut = object({
  items: Type.Array(
    object({
      section: Type.String({ examples: ['documents'] }),
      kind: Type.String(),
      id: Id,
      label: Type.String({ description: 'Number, code or name.' }),
      detail: nullable(Type.String()),
      exact: Type.Boolean({ description: 'The very number, code or barcode that was asked for.' }),
    }),
  ),
})

/** As many of each section as a palette shows. */
const most = 8

const findDocuments = statement(
  'palette_documents',
  { kind: 'text', id: 'uuid', label: 'text', detail: 'text?', exact: 'bool' },
  (p: { companyId: string; number: string; exact: string }) => {
    // Each branch walks its own index on (company, kind, number) or (company, number).
    const branch = (table: 'orders' | 'shipments' | 'invoices') =>
      table === 'orders'
        ? sql`(select kind, id, number, party_id from orders where company_id = ${p.companyId} and number like ${p.number} limit ${most})`
        : table === 'shipments'
          ? sql`(select kind, id, number, party_id from shipments where company_id = ${p.companyId} and number like ${p.number} limit ${most})`
          : sql`(select kind, id, number, party_id from invoices where company_id = ${p.companyId} and number like ${p.number} limit ${most})`
    return sql`
      select d.kind, d.id, d.number as label, a.name as detail, d.number = ${p.exact} as exact from (
        ${branch('orders')} union all ${branch('shipments')} union all ${branch('invoices')}
        union all (select 'payment', id, number, party_id from payments where company_id = ${p.companyId} and number like ${p.number} limit ${most})
        union all (select 'stock-reservation', id, number, party_id from stock_reservations where company_id = ${p.companyId} and number like ${p.number} limit ${most})
      ) d left join parties a on a.company_id = ${p.companyId} and a.id = d.party_id
      order by exact desc, length(d.number), d.number desc`
  },
)

const findProducts = statement(
  'palette_products',
  { id: 'uuid', label: 'text', detail: 'text?', exact: 'bool' },
  (p: { companyId: string; exact: string; patterns: readonly string[] }) => sql`
    select p.id, p.sku as label, p.name as detail,
      (p.sku = ${p.exact} or p.barcode = ${p.exact}
        or exists (select from product_units u where u.company_id = p.company_id and u.product_id = p.id and u.barcode = ${p.exact})) is true as exact
    from products p
    where p.company_id = ${p.companyId} and not p.archived
      and (p.search like all (${p.patterns}::text[]) or p.barcode = ${p.exact}
        or p.id in (select u.product_id from product_units u where u.company_id = ${p.companyId} and u.barcode = ${p.exact}))
    order by exact desc, p.name, p.id limit ${most}`,
)

const findParties = statement(
  'palette_parties',
  { id: 'uuid', label: 'text', detail: 'text?', exact: 'bool' },
  (p: { companyId: string; exact: string; patterns: readonly string[] }) => sql`
    select a.id, a.name as label, a.tax_number as detail, (a.code = ${p.exact} or a.tax_number = ${p.exact}) is true as exact
    from parties a
    where a.company_id = ${p.companyId} and not a.archived and (a.search like all (${p.patterns}::text[]) or a.tax_number = ${p.exact})
    order by exact desc, a.name, a.id limit ${most}`,
)

/** Finds over all kinds for the palette: documents by number, products and parties by name or code. One burst. */
export async function searchEverything(tx: Transaction, ctx: Context, query: { q: string; only?: string }) {
  const companyId = ctx.company.id
  const asked = query.q.trim()
  const patterns = fold(asked)
    .split(' ')
    .map((word) => `%${escapeLike(word)}%`)
  const wanted = (section: string): boolean => query.only === undefined || query.only === section
  const [documents, products, parties] = await Promise.all([
    wanted('documents')
      ? tx.all(findDocuments, {
          companyId,
          number: `%${escapeLike(asked.toUpperCase())}%`,
          exact: asked.toUpperCase(),
        })
      : [],
    wanted('products') && ctx.permissions.has('products:read')
      ? tx.all(findProducts, { companyId, exact: asked, patterns })
      : [],
    wanted('parties') && ctx.permissions.has('parties:read')
      ? tx.all(findParties, { companyId, exact: asked, patterns })
      : [],
  ])
  const items = [
    ...documents
      .filter((d) => ctx.permissions.has(`${d.kind}:read`))
      .slice(0, most)
      .map((d) => ({ section: 'documents', ...d })),
    ...products.map((p) => ({ section: 'products', kind: 'product', ...p, exact: p.exact })),
    ...parties.map((p) => ({ section: 'parties', kind: 'party', ...p, exact: p.exact })),
  ]
  return { items: [...items.filter((i) => i.exact), ...items.filter((i) => !i.exact)] }
}
