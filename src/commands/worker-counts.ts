import type { Counted } from '../http/siblings.ts'

/** Past it somebody comes from ever new addresses; the memory must not grow. */
const mostKept = 50_000

/** Counts for all workers together, each key in windows of its own. */
export class Counts {
  readonly #windows = new Map<string, { count: number; ends: number }>()

  count(key: string, windowMilliseconds: number, now = performance.now()): Counted {
    const known = this.#windows.get(key)
    if (known && known.ends > now) {
      known.count++
      return { count: known.count, milliseconds: known.ends - now }
    }
    if (this.#windows.size >= mostKept) this.#dropEnded(now)
    this.#windows.delete(key) // so that the oldest stand first
    this.#windows.set(key, { count: 1, ends: now + windowMilliseconds })
    return { count: 1, milliseconds: windowMilliseconds }
  }

  /** How many keys are counted. */
  get size(): number {
    return this.#windows.size
  }

  #dropEnded(now: number): void {
    for (const [key, { ends }] of this.#windows) {
      if (ends > now && this.#windows.size < mostKept) return
      this.#windows.delete(key)
    }
  }
}
