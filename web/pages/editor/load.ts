import type { QueryClient } from '@tanstack/react-query'
import { type OneOf, type Resource, api, documentQuery, listQuery } from '../../api/index.ts'
import { type Line, type LineProduct, type TaxInfo, lineProduct } from '../../grid/index.ts'
import { type EditorKind, withLotsColumn } from './editor-kind.ts'
import { type AnyDocument, type Head, emptyHead, headOf, lineOf } from './form.ts'

/** All that a form begins with. */
export interface Loaded {
  /** With a column for lots, where there are products that have some. */
  readonly editor: EditorKind
  /** Null: a new one. */
  readonly document: AnyDocument | null
  readonly head: Head
  readonly lines: readonly Line[]
  readonly party: OneOf<'parties'> | null
  readonly taxes: ReadonlyMap<string, TaxInfo>
}

interface Defaults {
  readonly currency: string
  readonly today: string
  readonly pricesIncludeTax: boolean
  readonly paymentTermDays: number
}

export async function loadNew(client: QueryClient, editor: EditorKind, defaults: Defaults): Promise<Loaded> {
  const [shown, taxes, warehouses] = await Promise.all([
    withLots(client, editor),
    loadTaxes(client),
    client.fetchQuery(listQuery('warehouses', { sort: 'id', limit: 2 })),
  ])
  const { today, currency, pricesIncludeTax, paymentTermDays } = defaults
  const head: Head = {
    ...emptyHead,
    date: editor.dateName === null ? '' : today,
    currency: editor.fields.includes('currency') ? currency : '',
    pricesIncludeTax,
    paymentTermDays: editor.fields.includes('paymentTermDays') ? String(paymentTermDays) : '',
    warehouseId: editor.fields.includes('warehouseId') ? (warehouses.items[0]?.id ?? null) : null,
    toWarehouseId: editor.fields.includes('toWarehouseId') ? (warehouses.items[1]?.id ?? null) : null,
  }
  return { editor: shown, document: null, head, lines: [], party: null, taxes }
}

export async function loadDraft(
  client: QueryClient,
  editor: EditorKind,
  resource: Resource,
  id: string,
): Promise<Loaded> {
  const [shown, taxes, document] = await Promise.all([
    withLots(client, editor),
    loadTaxes(client),
    readDocument(resource, id),
  ])
  const head = headOf(editor, document)
  const [products, party] = await Promise.all([
    productsOf(client, document),
    head.partyId === null ? null : client.fetchQuery(documentQuery('parties', head.partyId)),
  ])
  const lines = document.lines.map((line) => lineOf(line, products))
  return { editor: shown, document, head, lines, party, taxes }
}

/** As it is on the server now, past every cache: it is edited. */
export function readDocument(resource: Resource, id: string): Promise<AnyDocument> {
  return api.get<AnyDocument>(`/${resource}/${id}`)
}

/** The products of all lines in one call by their codes; an archived one by itself. */
export async function productsOf(
  client: QueryClient,
  { lines }: Pick<AnyDocument, 'lines'>,
): Promise<ReadonlyMap<string, LineProduct>> {
  const codes = [...new Set(lines.flatMap(({ sku }) => (typeof sku === 'string' && sku !== '' ? [sku] : [])))]
  const answer =
    codes.length === 0
      ? { products: [] }
      : await api.post<{ products: OneOf<'products'>[] }>('/products/match', { codes })
  const found = new Map(answer.products.map((product) => [product.id, lineProduct(product)]))
  const ids = new Set(lines.flatMap(({ productId }) => (typeof productId === 'string' ? [productId] : [])))
  const missing = [...ids].filter((id) => !found.has(id))
  const others = await Promise.all(missing.map((id) => client.fetchQuery(documentQuery('products', id))))
  for (const product of others) found.set(product.id, lineProduct(product))
  return found
}

/** A company without lots and serial numbers is not asked for them. */
async function withLots(client: QueryClient, editor: EditorKind): Promise<EditorKind> {
  if (editor.grid.lots === undefined) return editor
  const found = await Promise.all(
    ['lot', 'serial'].map((tracking) =>
      client.fetchQuery({ ...listQuery('products', { tracking, limit: 1 }), staleTime: 60_000 }),
    ),
  )
  return found.some(({ items }) => items.length > 0) ? withLotsColumn(editor) : editor
}

async function loadTaxes(client: QueryClient): Promise<ReadonlyMap<string, TaxInfo>> {
  const { items } = await client.fetchQuery({ ...listQuery('taxes', { limit: 200 }), staleTime: 60_000 })
  return new Map(items.map(({ id, name, rate, category }) => [id, { id, name, rate, category }]))
}
