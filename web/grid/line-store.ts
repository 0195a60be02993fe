import { type Line, isEmpty, newLine } from './line.ts'

type Listener = () => void
interface Step {
  readonly order: readonly string[]
  readonly lines: ReadonlyMap<string, Line>
}

/**
 * The lines of a document outside of React: each row listens to its own line only, so that a change of one draws
 * one. The last line is always an empty one, where the next is entered.
 */
export class LineStore {
  #order: readonly string[]
  #lines: Map<string, Line>
  #version = 0
  readonly #undo: Step[] = []
  readonly #rowListeners = new Map<string, Set<Listener>>()
  readonly #orderListeners = new Set<Listener>()
  readonly #changeListeners = new Set<Listener>()

  constructor(lines: readonly Line[] = []) {
    const all = withEmptyEnd(lines)
    this.#order = all.map(({ key }) => key)
    this.#lines = new Map(all.map((line) => [line.key, line]))
  }

  /** Keys from top to bottom; the same array until it changes. */
  readonly order = (): readonly string[] => this.#order
  readonly line = (key: string): Line | undefined => this.#lines.get(key)
  /** Goes up with each change of any line. */
  readonly version = (): number => this.#version
  all(): Line[] {
    return this.#order.map((key) => this.#lines.get(key)!)
  }
  /** Without the empty one at the end, and any other that is empty. */
  filled(): Line[] {
    return this.all().filter((line) => !isEmpty(line))
  }

  subscribeRow(key: string, listener: Listener): () => void {
    const known = this.#rowListeners.get(key) ?? new Set()
    known.add(listener)
    this.#rowListeners.set(key, known)
    return () => {
      known.delete(listener)
      if (known.size === 0) this.#rowListeners.delete(key)
    }
  }
  readonly subscribeOrder = (listener: Listener): (() => void) => {
    this.#orderListeners.add(listener)
    return () => this.#orderListeners.delete(listener)
  }
  readonly subscribe = (listener: Listener): (() => void) => {
    this.#changeListeners.add(listener)
    return () => this.#changeListeners.delete(listener)
  }

  /** Changes one line; an entered last line gets an empty one below. */
  update(key: string, change: Partial<Line>): void {
    const line = this.#lines.get(key)
    if (line === undefined) return
    const next = { ...line, ...change }
    this.#lines.set(key, next)
    if (key === this.#order.at(-1) && !isEmpty(next)) this.#append(newLine())
    this.#told([key])
  }

  /** Changes several at once, told once: answers of the server. */
  updateMany(changes: ReadonlyMap<string, Partial<Line>>): void {
    for (const [key, change] of changes) {
      const line = this.#lines.get(key)
      if (line !== undefined) this.#lines.set(key, { ...line, ...change })
    }
    this.#told([...changes.keys()])
  }

  insertAfter(key: string | null, lines: readonly Line[]): void {
    const at = key === null ? 0 : this.#order.indexOf(key) + 1
    for (const line of lines) this.#lines.set(line.key, line)
    const before = this.#order.slice(0, at)
    const order = [...before, ...lines.map((line) => line.key), ...this.#order.slice(at)]
    this.#setOrder(order)
    this.#told([])
  }

  remove(key: string): void {
    this.#lines.delete(key)
    this.#setOrder(this.#order.filter((each) => each !== key))
    this.#told([])
  }

  /** Swaps a line with its neighbour; the empty one at the end stays there. */
  move(key: string, by: -1 | 1): boolean {
    const at = this.#order.indexOf(key)
    const to = at + by
    const last = this.#order.length - 1
    if (at < 0 || at === last || to < 0 || to >= last) return false
    const order = [...this.#order]
    order[at] = order[to]!
    order[to] = key
    this.#setOrder(order)
    this.#told([])
    return true
  }

  replaceAll(lines: readonly Line[]): void {
    const all = withEmptyEnd(lines)
    this.#lines = new Map(all.map((line) => [line.key, line]))
    this.#setOrder(all.map(({ key }) => key))
    this.#told([...this.#rowListeners.keys()])
  }

  /** Remembers the lines as they are; `undo` brings them back. */
  remember(): void {
    this.#undo.push({ order: this.#order, lines: new Map(this.#lines) })
    if (this.#undo.length > 50) this.#undo.shift()
  }
  undo(): boolean {
    const step = this.#undo.pop()
    if (step === undefined) return false
    this.#lines = new Map(step.lines)
    this.#setOrder(step.order)
    this.#told([...this.#rowListeners.keys()])
    return true
  }

  #append(line: Line): void {
    this.#lines.set(line.key, line)
    this.#setOrder([...this.#order, line.key])
  }

  #setOrder(order: readonly string[]): void {
    this.#order = order
    const last = order.at(-1)
    if (last === undefined || !isEmpty(this.#lines.get(last)!)) {
      const line = newLine()
      this.#lines.set(line.key, line)
      this.#order = [...order, line.key]
    }
    for (const listener of this.#orderListeners) listener()
  }

  #told(keys: readonly string[]): void {
    this.#version += 1
    for (const key of keys) {
      for (const listener of this.#rowListeners.get(key) ?? []) listener()
    }
    for (const listener of this.#changeListeners) listener()
  }
}

function withEmptyEnd(lines: readonly Line[]): readonly Line[] {
  const last = lines.at(-1)
  return last !== undefined && isEmpty(last) ? lines : [...lines, newLine()]
}
