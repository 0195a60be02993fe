/** Milliseconds between keys that only a scanner keeps up over a whole code. */
const fastest = 35
/** Shorter codes are typed as fast by people. */
const shortest = 4

/** Tells a scanner from a person by how fast the keys of a code came. */
export class KeyPace {
  #times: number[] = []

  pressed({ key, time }: { readonly key: string; readonly time: number }): void {
    if (key.length === 1) {
      // A rest begins a new code.
      if (time - (this.#times.at(-1) ?? time) > 200) this.#times = []
      this.#times.push(time)
    } else if (key !== 'Enter' && key !== 'Shift') this.#times = []
  }

  /** Whether this text came as one fast burst of keys just now. */
  isScan(text: string): boolean {
    const count = text.length
    if (count < shortest || this.#times.length < count) return false
    const [first, last] = [this.#times.at(-count)!, this.#times.at(-1)!]
    return (last - first) / (count - 1) <= fastest
  }

  clear(): void {
    this.#times = []
  }
}
