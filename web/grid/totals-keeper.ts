import { decimal } from '../../src/kernel/decimal.ts'
import { type Totals, computeTotals } from '../../src/totals.ts'
import { isDecimal } from '../ui/inputs/index.ts'
import { type TaxInfo, totalsLine } from './line.ts'
import type { LineStore } from './line-store.ts'

/** What of the head takes part in the totals. */
export interface TotalsHead {
  readonly minorDigits: number
  readonly pricesIncludeTax: boolean
  readonly taxRounding: 'document' | 'line'
  readonly discountPercent: string
  readonly discountAmount: string
  readonly side: 'sales' | 'purchase'
  readonly taxes: ReadonlyMap<string, TaxInfo>
}

export interface KnownTotals {
  readonly totals: Totals
  /** Net of a line by its key. */
  readonly nets: ReadonlyMap<string, string>
}

/** Adds the document up with the function the server uses, once in a frame however many lines changed. */
export class TotalsKeeper {
  readonly #store: LineStore
  #head: TotalsHead
  #known: KnownTotals
  #frame = 0
  readonly #listeners = new Set<() => void>()

  constructor(store: LineStore, head: TotalsHead) {
    this.#store = store
    this.#head = head
    this.#known = this.#computed()
  }

  /** Listens to the lines until the answer is called. */
  start(): () => void {
    const stop = this.#store.subscribe(() => this.#soon())
    this.#soon()
    return () => {
      stop()
      cancelAnimationFrame(this.#frame)
      this.#frame = 0
    }
  }
  setHead(head: TotalsHead): void {
    this.#head = head
    this.#soon()
  }
  readonly known = (): KnownTotals => this.#known
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #soon(): void {
    if (this.#frame !== 0) return
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0
      this.#known = this.#computed()
      for (const listener of this.#listeners) listener()
    })
  }

  #computed(): KnownTotals {
    const { side, taxes, discountPercent, discountAmount, ...head } = this.#head
    const lines = this.#store.filled()
    const figure = (text: string) => decimal(isDecimal(text) ? text : '0')
    const totals = computeTotals({
      ...head,
      discountPercent: figure(discountPercent),
      discountAmount: figure(discountAmount),
      lines: lines.map((line) => totalsLine(line, side, taxes)),
    })
    const nets = new Map(lines.map((line, i) => [line.key, totals.lines[i]!.net.toFixed()]))
    return { totals, nets }
  }
}
