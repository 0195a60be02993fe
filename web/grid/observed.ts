/** A state that others are told of when it changes, as React's useSyncExternalStore wants it. */
export class Observed<State> {
  #state: State
  readonly #listeners = new Set<() => void>()

  constructor(state: State) {
    this.#state = state
  }

  readonly state = (): State => this.#state

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  protected set(state: State): void {
    this.#state = state
    for (const listener of this.#listeners) listener()
  }
}
