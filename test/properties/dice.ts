/**
 * The choices of one command, made from numbers that fast-check draws (or a seeded generator). What is
 * chosen depends on the state at that moment, the numbers do not; smaller numbers choose simpler things,
 * so that a failing history shrinks to a simple one.
 */
export class Dice {
  readonly #numbers: readonly number[]
  #next = 0

  constructor(numbers: readonly number[]) {
    this.#numbers = numbers
  }

  #draw(): number {
    return this.#numbers[this.#next++] ?? 0
  }

  /** 0 to `below` - 1. */
  int(below: number): number {
    return this.#draw() % below
  }

  /** True in so many of a hundred cases; never for the number 0. */
  chance(percent: number): boolean {
    return this.#draw() % 100 >= 100 - percent
  }

  /** One of the list, null when it is empty. */
  any<T>(list: readonly T[]): T | null {
    return list.length === 0 ? null : list[this.#draw() % list.length]!
  }

  /** As `any`, more often one of the last: what has just been made is what people work on. */
  recent<T>(list: readonly T[]): T | null {
    const drawn = this.#draw()
    if (list.length === 0) return null
    const among = drawn % 3 === 0 ? list.length : Math.min(list.length, 3)
    return list[list.length - 1 - (Math.floor(drawn / 3) % among)]!
  }

  one<T>(first: T, ...others: T[]): T {
    return [first, ...others][this.#draw() % (others.length + 1)]!
  }
}

/** Numbers of a seeded generator (mulberry32), for what fast-check does not draw. */
export function numbersFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % 10_000
  }
}
