import { Journal } from './journal.ts'
import { Person, type Server, type Shop } from './person.ts'

/** Many clients at work, who can be stopped between two requests to compare notes. */
export class Load {
  readonly journal = new Journal()
  readonly #server: () => Server
  readonly #random: () => number
  #open = Promise.withResolvers<void>()
  #enough = false
  /** Of clients that wait at the gate. */
  #waiting = 0
  #people: Promise<void>[] = []
  #failure: unknown = null

  constructor(server: () => Server, random: () => number) {
    this.#server = server
    this.#random = random
    this.#open.resolve()
  }

  person(): Person {
    return new Person(this.journal, this.#server, { pass: () => this.#pass() }, this.#random)
  }

  start(shop: Shop, clients: number): void {
    this.#people = Array.from({ length: clients }, () =>
      this.person()
        .work(shop, () => this.#enough)
        .catch((error: unknown) => {
          this.#failure = error
        }),
    )
  }

  /** Done when every request that was begun has its answer and no other is begun. */
  async rest(): Promise<void> {
    this.#open = Promise.withResolvers<void>()
    const deadline = Date.now() + 120_000
    while (this.#waiting < this.#people.length) {
      if (this.#failure !== null) throw this.#failure
      if (Date.now() > deadline) {
        const open = this.journal.entries.filter(({ status }) => status === 0)
        throw new Error(
          `${open.length} requests found no answer in two minutes, first ${JSON.stringify(open[0])}`,
        )
      }
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  }

  resume(): void {
    this.#open.resolve()
  }

  /** Lets all finish the case that they are in, and go home. */
  async finish(): Promise<void> {
    this.#enough = true
    this.resume()
    await Promise.all(this.#people)
    if (this.#failure !== null) throw this.#failure
  }

  async #pass(): Promise<void> {
    this.#waiting++
    await this.#open.promise
    this.#waiting--
  }
}

/** Numbers in [0, 1) that a seed gives; the order in which clients take them is the network's. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
