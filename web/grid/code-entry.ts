import { decimal, one } from '../../src/kernel/decimal.ts'
import { isDecimal } from '../ui/inputs/index.ts'
import type { GridKind } from './columns.ts'
import { type FaultWords, withProduct } from './fill.ts'
import type { Line } from './line.ts'
import type { LineStore } from './line-store.ts'
import type { Hit } from './products.ts'

export interface CodePorts {
  /** Exact codes only. */
  readonly findExact: (text: string) => Promise<readonly Hit[]>
  /** Price and availability of a line are wanted. */
  readonly ask: (key: string) => void
}

/** Gives lines their products: picked ones, and codes that are looked up while one goes on. */
export class CodeEntry {
  readonly #store: LineStore
  readonly #kind: GridKind
  readonly #ports: CodePorts

  constructor(store: LineStore, kind: GridKind, ports: CodePorts) {
    this.#store = store
    this.#kind = kind
    this.#ports = ports
  }

  take(key: string, hit: Hit): void {
    const line = this.#store.line(key)
    if (line === undefined) return
    const change = withProduct(line, hit)
    const counts = !this.#kind.columns.includes('quantity')
    this.#store.update(key, counts ? { ...change, quantity: '' } : change)
    this.#ports.ask(key)
  }

  /**
   * Looks a code up for a line that waits for it. A scanned one adds to the line that has its product.
   * @returns the line that has the product now; null: none, it says why; undefined: the line was changed meanwhile
   */
  async lookUp(
    key: string,
    code: string,
    scanned: boolean,
    words: FaultWords,
  ): Promise<string | null | undefined> {
    this.#store.update(key, { code })
    const refuse = (message: string) => {
      const line = this.#store.line(key)
      if (line?.code === code) this.#store.update(key, { faults: { ...line.faults, product: message } })
    }
    let hits: readonly Hit[] = []
    try {
      hits = await this.#ports.findExact(code)
    } catch (error) {
      refuse(error instanceof Error ? error.message : String(error))
      return null
    }
    const line = this.#store.line(key)
    if (line === undefined || line.code !== code) return undefined
    const hit = hits.length === 1 ? hits[0] : undefined
    if (hit === undefined) {
      refuse(words(hits.length > 1 ? 'not-chosen' : 'no-product', code, line))
      return null
    }
    const same = scanned ? this.#lineWith(key, hit) : undefined
    if (same === undefined) {
      this.take(key, hit)
      if (scanned && !this.#kind.columns.includes('quantity')) this.#addOne(this.#store.line(key)!)
    } else {
      this.#store.remove(key)
      this.#addOne(same)
    }
    return same?.key ?? key
  }

  #lineWith(key: string, hit: Hit): Line | undefined {
    const counts = !this.#kind.columns.includes('quantity')
    return this.#store
      .all()
      .find(
        (line) =>
          line.key !== key && line.product?.id === hit.product.id && (counts || line.unit === hit.unit),
      )
  }

  #addOne(line: Line): void {
    const field = this.#kind.columns.includes('quantity') ? 'quantity' : 'counted'
    const now = decimal(isDecimal(line[field]) ? line[field] : '0')
    this.#store.update(line.key, { [field]: now.plus(one).toFixed() })
    this.#ports.ask(line.key)
  }
}
