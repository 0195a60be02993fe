/** A way to send messages between two processes: `process` in a worker, a cluster worker in the primary. */
interface Ends {
  send(message: object): void
  onMessage(listener: (message: unknown) => void): void
}

interface Sent {
  /** Sets these messages apart from others on the same channel. */
  readonly zapas: 'ask' | 'answer' | 'refuse'
  readonly id: number
  readonly content: unknown
}

/** Questions and answers between the primary process and a worker; either may ask. */
export class Line<Q> {
  readonly #ends: Ends
  readonly #waiting = new Map<number, { resolve: (answer: unknown) => void; reject: (why: Error) => void }>()
  #asked = 0
  #cut: Error | null = null

  /** @param answer what the other one asks; a promise that fails is its failure to answer. */
  constructor(ends: Ends, answer: (question: Q) => unknown) {
    this.#ends = ends
    ends.onMessage((message) => {
      if (!isOurs(message)) return
      if (message.zapas === 'ask') void this.#reply(message.id, () => answer(message.content as Q))
      else this.#hear(message)
    })
  }

  /** @throws when the other one fails to answer, or is gone. */
  ask<A>(question: unknown): Promise<A> {
    if (this.#cut) return Promise.reject(this.#cut)
    const id = ++this.#asked
    return new Promise<A>((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve as (answer: unknown) => void, reject })
      try {
        this.#ends.send({ zapas: 'ask', id, content: question } satisfies Sent)
      } catch (error) {
        this.#waiting.delete(id)
        reject(error as Error)
      }
    })
  }

  /** The other one is gone: nobody will answer any more. */
  cut(): void {
    this.#cut = new Error('the other process is gone')
    for (const { reject } of this.#waiting.values()) reject(this.#cut)
    this.#waiting.clear()
  }

  #hear(message: Sent): void {
    const waiting = this.#waiting.get(message.id)
    this.#waiting.delete(message.id)
    if (message.zapas === 'answer') waiting?.resolve(message.content)
    else waiting?.reject(new Error(String(message.content)))
  }

  async #reply(id: number, answer: () => unknown): Promise<void> {
    let sent: Sent
    try {
      sent = { zapas: 'answer', id, content: await answer() }
    } catch (error) {
      sent = { zapas: 'refuse', id, content: (error as Error).message }
    }
    try {
      this.#ends.send(sent)
    } catch {
      // Whoever asked has gone meanwhile.
    }
  }
}

function isOurs(message: unknown): message is Sent {
  return typeof message === 'object' && message !== null && 'zapas' in message
}
