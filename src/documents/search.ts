import { Type } from 'typebox'
import { Id, nullable, object } from '../http/schemas.ts'
import type { Context } from '../kernel/context.ts'
import { asSpelled, searchPatterns, spelledPatterns } from '../kernel/search.ts'
import { type Sql, sql, statement } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { type Asked, type DocumentTable, documentIds, isNamed, readAsked } from '../journal/search.ts'
import { invoiceKinds, orderKinds, shipmentKinds } from '../kinds.ts'

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

/**
 * By number, its count or the reference: a table at a time, each by its own indexes. Numbers that begin with what was typed
 * come before those that end in its digits: INV-2026-002 means INV-2026-0021 and hardly SO-2026-0002.
 */
const findDocuments = documentsFound('palette_documents', (p, table, kinds) => {
  const ids = documentIds({ ...p, table, kinds, most }, sql`null`)
  return sql`t.id = any((select ${ids})::uuid[])`
})

/**
 * The same for a customer's login, which may not look past its policy as document_ids() does: it sees the few documents
 * of one party, so that they are read row by row.
 */
const findDocumentsOfParty = documentsFound('palette_documents_of_party', (p, _table, kinds) => {
  const ofKind = kinds === null ? sql`true` : sql`t.kind = any(${kinds}::text[])`
  return sql`${ofKind} and ${isNamed(p, p.companyId, sql`t`)}`
})

type DocumentsAsked = Omit<Asked, 'names'> & { companyId: string; exact: string } & ReadableKinds

function documentsFound(
  name: string,
  isFound: (p: DocumentsAsked, table: DocumentTable, kinds: readonly string[] | null) => Sql,
) {
  return statement(
    name,
    { kind: 'text', id: 'uuid', label: 'text', detail: 'text?', exact: 'bool' },
    (p: DocumentsAsked) => {
      const found = (table: DocumentTable, kinds: readonly string[] | null) =>
        sql`t.company_id = ${p.companyId} and ${isFound(p, table, kinds)}`
      return sql`
        select d.kind, d.id, coalesce(d.number, d.reference) as label, a.name as detail, (d.number = ${p.exact}) is true as exact from (
          select kind, id, number, reference, party_id from orders t where ${found('orders', p.orders)}
          union all select kind, id, number, reference, party_id from shipments t where ${found('shipments', p.shipments)}
          union all select kind, id, number, reference, party_id from invoices t where ${found('invoices', p.invoices)}
          union all select 'payment', id, number, reference, party_id from payments t where ${found('payments', null)}
          union all select 'stock-reservation', id, number, reference, party_id from stock_reservations t where ${found('stock_reservations', null)}
        ) d left join parties a on a.company_id = ${p.companyId} and a.id = d.party_id
        order by exact desc, (d.number like ${p.beginning}) is true desc, d.number is null, length(d.number), d.number desc, d.id desc limit ${5 * most}`
    },
  )
}

/** So many hits of the trigram index are looked at for the best of them. */
const mostHits = 500

/** What is asked for of products and parties: word for word, folded, and as it is spelled. */
interface Named {
  readonly companyId: string
  readonly exact: string
  readonly patterns: readonly string[]
  readonly spelled: readonly string[]
}

const findProducts = statement(
  'palette_products',
  { id: 'uuid', label: 'text', detail: 'text?', exact: 'bool' },
  (p: Named) => sql`
    with known as (
      select id from products where company_id = ${p.companyId} and sku = ${p.exact}
      union select id from products where company_id = ${p.companyId} and barcode = ${p.exact}
      union select product_id from product_units where company_id = ${p.companyId} and barcode = ${p.exact}
    )
    select p.id, p.sku as label, p.name as detail, p.id = any(array(select id from known)) as exact
    from products p
    where p.company_id = ${p.companyId} and not p.archived
      and p.id = any(array(select id from known) || search_ids('products', ${p.companyId}::uuid, ${p.patterns}::text[], ${mostHits}::integer))
    order by exact desc, lower(p.name) = lower(${p.exact}) desc, ${asSpelled(sql`p.search`, p.spelled)} desc, p.name, p.id limit ${most}`,
)

const findParties = statement(
  'palette_parties',
  { id: 'uuid', label: 'text', detail: 'text?', exact: 'bool' },
  (p: Named) => sql`
    select a.id, a.name as label, a.tax_number as detail, (a.code = ${p.exact} or a.tax_number = ${p.exact}) is true as exact
    from parties a
    where a.company_id = ${p.companyId} and not a.archived
      and (a.code = ${p.exact} or a.tax_number = ${p.exact}
        or a.id = any((select search_ids('parties', ${p.companyId}::uuid, ${p.patterns}::text[], ${mostHits}::integer))::uuid[]))
    order by exact desc, lower(a.name) = lower(${p.exact}) desc, ${asSpelled(sql`a.search`, p.spelled)} desc, a.name, a.id limit ${most}`,
)

/** Finds over all kinds for the palette: documents by number, products and parties by name or code. One burst. */
export async function searchEverything(tx: Transaction, ctx: Context, query: { q: string; only?: string }) {
  const companyId = ctx.company.id
  const asked = query.q.trim()
  const named = { companyId, exact: asked, patterns: searchPatterns(asked), spelled: spelledPatterns(asked) }
  const wanted = (section: string): boolean => query.only === undefined || query.only === section
  const [documents, products, parties] = await Promise.all([
    wanted('documents')
      ? tx.all(ctx.partyId === null ? findDocuments : findDocumentsOfParty, {
          companyId,
          ...readAsked(asked),
          ...readableKinds(ctx),
          exact: asked.toUpperCase(),
        })
      : [],
    wanted('products') && ctx.permissions.has('products:read') ? tx.all(findProducts, named) : [],
    wanted('parties') && ctx.permissions.has('parties:read') ? tx.all(findParties, named) : [],
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

interface ReadableKinds {
  readonly orders: readonly string[]
  readonly shipments: readonly string[]
  readonly invoices: readonly string[]
}

/** By table; what the caller may not see is not looked for, lest it take the places of what it may. */
function readableKinds(ctx: Context): ReadableKinds {
  const readable = (kinds: readonly string[]) => kinds.filter((kind) => ctx.permissions.has(`${kind}:read`))
  return {
    orders: readable(orderKinds),
    shipments: readable(shipmentKinds),
    invoices: readable(invoiceKinds),
  }
}
