import type { QueryClient } from '@tanstack/react-query'
import { type OneOf, api, dataKey, listQuery } from '../api/index.ts'
import { type LineProduct, lineProduct } from './line.ts'

/** A product that a text may mean. */
export interface Hit {
  readonly product: LineProduct
  /** The unit whose barcode it is; the base unit otherwise. */
  readonly unit: string
  /** The text is its very code, barcode or vendor code. */
  readonly exact: boolean
}

export interface CodeAnswer {
  readonly matches: readonly { code: string; productId: string; unit: string; by: string }[]
  readonly products: readonly OneOf<'products'>[]
}

/** Hits shown under a product cell. */
const most = 8

/** Asks for many exact codes in one call. */
export function matchCodes(codes: readonly string[], partyId: string | null): Promise<CodeAnswer> {
  return api.post<CodeAnswer>('/products/match', { codes, ...(partyId !== null && { partyId }) })
}

export function exactHits(answer: CodeAnswer, code: string): Hit[] {
  const products = new Map(answer.products.map((product) => [product.id, product]))
  const wanted = answer.matches.filter((match) => match.code === code)
  return wanted.map(({ productId, unit }) => ({
    product: lineProduct(products.get(productId)!),
    unit,
    exact: true,
  }))
}

/** Products by exact code; people type codes in small letters too. */
export async function findExact(client: QueryClient, text: string, partyId: string | null): Promise<Hit[]> {
  const upper = text.toUpperCase()
  const answer = await client.fetchQuery({
    queryKey: dataKey('match-codes', text, partyId),
    queryFn: () => matchCodes([...new Set([text, upper])], partyId),
    staleTime: 60_000,
  })
  const same = exactHits(answer, text)
  return same.length > 0 ? same : exactHits(answer, upper)
}

/** What a product cell offers for a text: exact ones first, then by name and the rest. */
export async function findProducts(
  client: QueryClient,
  text: string,
  partyId: string | null,
): Promise<readonly Hit[]> {
  const [exact, page] = await Promise.all([
    text === '' ? [] : findExact(client, text, partyId),
    client.fetchQuery({ ...listQuery('products', { q: text, limit: most }), staleTime: 30_000 }),
  ])
  const taken = new Set(exact.map(({ product }) => product.id))
  const others = page.items
    .filter(({ id }) => !taken.has(id))
    .map((product) => ({ product: lineProduct(product), unit: product.unit, exact: false }))
  return [...exact, ...others].slice(0, Math.max(most, exact.length))
}

/** The product that Enter takes without a choice: the one of this very code, or the only hit. */
export function meantOf(hits: readonly Hit[]): Hit | undefined {
  const exact = hits.filter((hit) => hit.exact)
  if (exact.length === 1) return exact[0]
  return exact.length === 0 && hits.length === 1 ? hits[0] : undefined
}
