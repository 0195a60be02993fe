import { NetworkFailure, type OneOf, api } from '../../api/index.ts'
import { codesOfGtin, parseGs1 } from '../../ui/scan/gs1.ts'
import { stateNow, today } from '../state.ts'
import { productOf } from './load.ts'
import type { Read } from './read-code.ts'
import type { Product } from './types.ts'

interface Matched {
  readonly matches: readonly { readonly code: string; readonly productId: string }[]
  readonly products: readonly OneOf<'products'>[]
}

/** What a code names: by the copies on the device, and where they do not know it by the server. */
export async function resolveCode(code: string): Promise<Read> {
  const { table, online } = stateNow()
  if (table === null) return { kind: 'unknown', code }
  const read = table.read(code, today())
  if (read.kind !== 'unknown' || !online) return read
  const gtin = parseGs1(code, today())?.gtin
  const codes = gtin ? codesOfGtin(gtin) : [code.trim().slice(0, 100)]
  try {
    const { matches, products } = await api.post<Matched>('/products/match', { codes }, { anonymous: true })
    for (const { code: known, productId } of matches) {
      const product = products.find(({ id }) => id === productId)
      if (product) table.add(productOf(product), known)
    }
    return table.read(code, today())
  } catch (error) {
    if (error instanceof NetworkFailure) return read
    throw error
  }
}

/** Products by words of their name or code, among the copies. */
export function searchProducts(words: string, most = 8): Product[] {
  const parts = fold(words).split(/\s+/).filter(Boolean)
  if (parts.length === 0) return []
  const found: Product[] = []
  for (const product of stateNow().table?.products.values() ?? []) {
    const text = fold(`${product.sku} ${product.name}`)
    if (parts.every((part) => text.includes(part))) found.push(product)
    if (found.length === most) break
  }
  return found
}

function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replace(/ł/g, 'l').replace(/Ł/g, 'L').toLowerCase()
}
