/** Milliseconds of rest before the server is asked for products. */
const pause = 120

/** Does the latest thing that was asked for, once nothing more is asked for. */
export class Soon {
  #timer: ReturnType<typeof setTimeout> | null = null

  get isWaiting(): boolean {
    return this.#timer !== null
  }

  do(work: () => void): void {
    this.stop()
    this.#timer = setTimeout(() => {
      this.#timer = null
      work()
    }, pause)
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
  }
}
