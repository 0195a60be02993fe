import { api } from '../api/index.ts'
import { isDecimal } from '../ui/inputs/index.ts'
import { withoutFaults } from './fill.ts'
import type { GridKind } from './columns.ts'
import type { Line, Quote } from './line.ts'
import type { LineStore } from './line-store.ts'

/** What prices and availability depend on besides the line. */
export interface QuoteContext {
  readonly partyId: string | null
  readonly warehouseId: string | null
  readonly currency: string | null
  readonly date: string | null
  /** Null: not a document with prices. */
  readonly pricesIncludeTax: boolean | null
}

interface Answer {
  readonly lines: readonly (Omit<Quote, 'price' | 'source' | 'explanation' | 'bookName' | 'minQuantity'> & {
    readonly price: {
      readonly price: string | null
      readonly source: Quote['source']
      readonly explanation: string
      readonly priceBookName: string | null
      readonly minQuantity: string | null
    }
  })[]
}

/** Lines asked about in one request. */
const batch = 50
/** Milliseconds in which questions are gathered. */
const gathering = 25

/** Asks for price and availability of lines, many in one request, and never overwrites a price set by hand. */
export class Quoter {
  readonly #store: LineStore
  readonly #kind: GridKind
  #context: QuoteContext
  #wanted = new Set<string>()
  #timer: ReturnType<typeof setTimeout> | null = null

  constructor(store: LineStore, kind: GridKind, context: QuoteContext) {
    this.#store = store
    this.#kind = kind
    this.#context = context
  }

  /** Later questions are about this; lines that are there are asked anew with `askAll`. */
  setContext(context: QuoteContext): void {
    this.#context = context
  }

  ask(key: string): void {
    if (this.#kind.prices === null && !this.#kind.availability) return
    const line = this.#store.line(key)
    if (line === undefined || line.product === null) return
    this.#wanted.add(key)
    if (line.quoteState !== 'waiting') this.#store.update(key, { quoteState: 'waiting' })
    this.#timer ??= setTimeout(() => void this.#flush(true), gathering)
  }

  /** @param takePrices false: prices stay; only what is known about them and the stock is brought up to date. */
  async askAll(takePrices: boolean): Promise<void> {
    this.#wanted = new Set(this.#store.all().flatMap((line) => (line.product === null ? [] : [line.key])))
    await this.#flush(takePrices)
  }

  async #flush(takePrices: boolean): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    const keys = [...this.#wanted]
    this.#wanted = new Set()
    const parts: string[][] = []
    for (let at = 0; at < keys.length; at += batch) parts.push(keys.slice(at, at + batch))
    await Promise.all(parts.map((part) => this.#askPart(part, takePrices)))
  }

  async #askPart(keys: readonly string[], takePrices: boolean): Promise<void> {
    const asked = keys.flatMap((key) => {
      const line = this.#store.line(key)
      return line === undefined || line.product === null ? [] : [line]
    })
    if (asked.length === 0) return
    const { partyId, warehouseId, currency, date, pricesIncludeTax } = this.#context
    try {
      const answer = await api.post<Answer>('/stock/availability', {
        ...(partyId !== null && { partyId }),
        ...(warehouseId !== null && { warehouseId }),
        ...(currency !== null && { currency }),
        ...(date !== null && { date }),
        ...(pricesIncludeTax !== null && { pricesIncludeTax }),
        side: this.#kind.prices ?? 'sales',
        lines: asked.map((line) => question(line)),
      })
      const changes = new Map<string, Partial<Line>>()
      for (const [i, line] of asked.entries()) {
        const now = this.#store.line(line.key)
        // Changed in the meantime: its own question is on the way.
        if (now === undefined || !sameQuestion(now, line)) continue
        const { price, ...stock } = answer.lines[i]!
        const { price: amount, source, explanation, priceBookName, minQuantity } = price
        const quote: Quote = {
          ...stock,
          price: amount,
          source,
          explanation,
          bookName: priceBookName,
          minQuantity,
        }
        const takes = takePrices && !now.priceByHand && this.#kind.prices !== null
        changes.set(line.key, {
          quote,
          quoteState: 'there',
          ...(takes && { price: amount ?? '' }),
          ...(takes && amount !== null && { faults: withoutFaults(now, 'price') }),
        })
      }
      this.#store.updateMany(changes)
    } catch {
      this.#store.updateMany(new Map(asked.map((line) => [line.key, { quoteState: 'failed' as const }])))
    }
  }
}

function question(line: Line): object {
  const known = line.product!.units.some(({ unit }) => unit === line.unit)
  return {
    productId: line.product!.id,
    ...(known && { unit: line.unit }),
    ...(isDecimal(line.quantity) && !line.quantity.startsWith('-') && { quantity: line.quantity }),
    ...(line.taxIds !== null && { taxIds: line.taxIds }),
  }
}

function sameQuestion(a: Line, b: Line): boolean {
  return (
    a.product?.id === b.product?.id && a.unit === b.unit && a.quantity === b.quantity && a.taxIds === b.taxIds
  )
}
