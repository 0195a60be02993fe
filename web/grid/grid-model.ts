import type { Language } from '../i18n/index.ts'
import type { ShortcutName } from '../ui/shortcuts.ts'
import { type ColumnId, type GridKind, isEditable } from './columns.ts'
import { type FaultWords, type FillContext, cellText, filled } from './fill.ts'
import { type Field, isEmpty, newLine } from './line.ts'
import type { Editing, GridPorts, GridState, Key, Making } from './grid-state.ts'
import type { LineStore } from './line-store.ts'
import { afterCell, tabFrom, takeLineAway } from './cell-walk.ts'
import { CodeEntry } from './code-entry.ts'
import { choicesOf, gridShortcut, keptKeys, nothingEdited, stepFrom, stepped, withHits } from './grid-keys.ts'
import { KeyPace } from './key-pace.ts'
import { asksForLots, lackLots } from './line-lots.ts'
import { LotsNaming } from './lots-naming.ts'
import { Observed } from './observed.ts'
import { type Cursor, mayEdit } from './moves.ts'
import { type Hit, meantOf } from './products.ts'
import { Soon } from './soon.ts'

/** Cursor, editing and keys of the line grid, apart from how it is drawn. */
export class GridModel extends Observed<GridState> {
  readonly store: LineStore
  readonly kind: GridKind
  readonly naming = new LotsNaming()
  language: Language
  words: FaultWords
  readonly #ports: GridPorts
  readonly #pace = new KeyPace()
  readonly #codes: CodeEntry
  #kept: Key[] = []
  #visited = false
  #making: Making | null = null
  /** Whether this person may make products: the list of hits then ends with a new one. */
  makes = false
  readonly #soon = new Soon()

  constructor(store: LineStore, kind: GridKind, ports: GridPorts, language: Language, words: FaultWords) {
    super({ cursor: null, editing: null })
    this.store = store
    this.kind = kind
    this.#ports = ports
    this.#codes = new CodeEntry(store, kind, ports)
    this.language = language
    this.words = words
  }

  /** In another language from now on, for a person who may make products or not. */
  speak(language: Language, words: FaultWords, makes: boolean): void {
    Object.assign(this, { language, words, makes })
  }
  get context(): FillContext {
    return { kind: this.kind, language: this.language, words: this.words }
  }

  /** Puts the cursor on a cell; what is edited elsewhere is taken first. */
  focus(key: string, column: ColumnId, edit = false): void {
    const { cursor, editing } = this.state()
    if (editing !== null && (cursor?.key !== key || cursor.column !== column)) this.leaveCell()
    if (this.state().editing === null) this.set({ cursor: { key, column }, editing: null })
    if (edit) this.edit()
  }

  /** Puts the cursor on a cell from outside of the grid, and the focus with it. */
  visit(key: string, column: ColumnId): void {
    this.#visited = true
    this.focus(key, column)
  }
  /** Whether the focus is to come into the grid; said once. */
  takeVisit(): boolean {
    const visited = this.#visited
    this.#visited = false
    return visited
  }

  /** Begins to edit the cell under the cursor. @param begun the first characters typed, in place of its text. */
  edit(begun?: string): void {
    const { cursor, editing } = this.state()
    if (cursor === null || editing !== null || !isEditable(cursor.column)) return
    const line = this.store.line(cursor.key)
    if (line === undefined || !this.mayEdit(cursor.column)) return
    if (cursor.column === 'lots') {
      if (asksForLots(this.kind, line)) this.naming.open(cursor.key, begun ?? '')
      return
    }
    const text = begun ?? cellText(line, cursor.column, this.language)
    this.set({ cursor, editing: { text, begun: begun !== undefined, ...nothingEdited } })
    if (cursor.column === 'product' && (begun !== undefined || text === '')) this.#searchSoon(text)
  }

  mayEdit(column: ColumnId): boolean {
    return mayEdit(this.kind, column)
  }

  setText(text: string): void {
    const { cursor, editing } = this.state()
    if (cursor === null || editing === null || editing.waiting) return
    this.set({ cursor, editing: { ...editing, text, begun: true, index: -1, steps: 0, fault: null } })
    if (cursor.column === 'product') this.#searchSoon(text)
  }

  /** Takes a value at once: a choice of a list. */
  choose(text: string): void {
    const { cursor, editing } = this.state()
    if (cursor !== null && editing !== null) this.set({ cursor, editing: { ...editing, text, begun: true } })
  }

  /** Asks for price and availability of a line. */
  askFor(key: string): void {
    if (this.store.line(key)?.product != null) this.#ports.ask(key)
  }

  pick(hit: Hit): void {
    const { cursor } = this.state()
    if (cursor === null) return
    this.#codes.take(cursor.key, hit)
    this.#advance()
  }

  /** What a new product is made of; null: none is being made. */
  readonly making = (): Making | null => this.#making

  /** Asks for a new product for the line under the cursor; what was typed goes along. */
  make(text = this.state().editing?.text ?? ''): void {
    const { cursor } = this.state()
    if (cursor === null || !this.makes) return
    this.#making = { key: cursor.key, text: text.trim() }
    this.cancel()
  }

  /** The product was made, or (null) not: then the cell is as it was left, with what was typed. */
  made(hit: Hit | null): void {
    const making = this.#making
    this.#making = null
    if (making === null || this.store.line(making.key) === undefined) return
    this.visit(making.key, 'product')
    if (hit !== null) this.pick(hit)
    else if (making.text !== '') this.edit(making.text)
  }

  cancel(): void {
    this.#soon.stop()
    this.#kept = []
    this.set({ cursor: this.state().cursor, editing: null })
  }

  /** The cell is left by a click or by moving on: its text is taken, an exact code as well. */
  leaveCell(): void {
    const { cursor, editing } = this.state()
    if (cursor === null || editing === null) return
    if (cursor.column === 'product') {
      const text = editing.text.trim()
      const line = this.store.line(cursor.key)
      const exact = (editing.hitsFor === text ? (editing.hits ?? []) : []).filter((hit) => hit.exact)
      this.cancel()
      if (line === undefined || text === (line.product?.sku ?? line.code)) return
      if (text === '') this.#clearProduct(cursor.key)
      else if (exact.length === 1) this.#codes.take(cursor.key, exact[0]!)
      else void this.#codes.lookUp(cursor.key, text, false, this.words)
      return
    }
    this.#fill(cursor.key, cursor.column as Exclude<Field, 'product'>, editing.text)
    this.cancel()
  }

  /** @returns whether the key was the grid's; the browser then does nothing with it. */
  key(key: Key): boolean {
    this.#pace.pressed(key)
    if (this.state().cursor === null) return false
    const { editing } = this.state()
    return editing === null ? this.#keyOnCell(key) : this.#keyInCell(key, editing)
  }

  #keyOnCell(key: Key): boolean {
    const { cursor } = this.state()
    if (cursor === null) return false
    const shortcut = gridShortcut(key)
    if (shortcut !== null) return this.#take(shortcut, cursor)
    if (key.ctrl && !key.alt) return this.#farWithControl(key)
    const beside = stepFrom(cursor, key.key, this.store.order(), this.kind.columns)
    if (beside !== null) return this.#move(beside)
    switch (key.key) {
      case 'Tab':
        return this.#tab(key.shift)
      case 'Enter':
        return this.#enter()
      case 'Delete':
        if (cursor.column === 'product') return false
        if (this.mayEdit(cursor.column)) {
          this.store.remember()
          this.#fill(cursor.key, cursor.column as Exclude<Field, 'product'>, '')
        }
        return true
      case 'Backspace':
        this.edit('')
        return true
      case 'Process':
      case 'Dead':
        this.edit('')
        return false
      default:
        if (key.key.length !== 1) return false
        // Space on an empty product cell shows what there is.
        this.edit(key.key === ' ' ? '' : key.key)
        return true
    }
  }

  #take(shortcut: ShortcutName, cursor: Cursor): boolean {
    if (shortcut === 'edit-cell') this.edit()
    else if (shortcut === 'copy-above') this.copyFromAbove(cursor)
    else if (shortcut === 'remove-line') this.removeLine(cursor.key)
    else if (shortcut === 'undo') this.undo()
    else {
      this.store.remember()
      this.store.move(cursor.key, shortcut === 'line-up' ? -1 : 1)
    }
    return true
  }

  #farWithControl({ key }: Key): boolean {
    if (key !== 'Home' && key !== 'End') return false
    return this.#move({ key: this.store.order().at(key === 'Home' ? 0 : -1)!, column: this.kind.columns[0]! })
  }

  #keyInCell(key: Key, editing: Editing): boolean {
    const { cursor } = this.state()
    if (cursor === null) return false
    if (editing.waiting) {
      // What the grid would do nothing with, such as saving, goes to the page.
      if (key.ctrl || (key.key.length > 1 && !keptKeys.has(key.key))) return false
      if (key.key === 'Escape') this.cancel()
      else this.#kept.push(key)
      return true
    }
    const hits = editing.hits ?? []
    switch (key.key) {
      case 'Escape':
        // Always the whole cell: what a key does must not hang on whether an answer of the server was faster.
        this.cancel()
        return true
      case 'Enter':
        if (key.alt || key.ctrl || (key.shift && cursor.column === 'description')) return false
        return this.#enterInCell(cursor, editing)
      case 'Tab': {
        const back = key.shift
        if (editing.steps !== 0 && !back) {
          this.#waitForHits(cursor, editing, () => this.#again(key))
          return true
        }
        if (cursor.column === 'product' && !back && editing.index >= 0) {
          const hit = hits[editing.index]
          if (hit === undefined) {
            this.make()
            return true
          }
          this.#codes.take(cursor.key, hit)
        }
        if (this.state().editing !== null) this.leaveCell()
        return this.#tab(back)
      }
      case 'ArrowDown':
      case 'ArrowUp': {
        if (cursor.column !== 'product') return false
        const step = key.key === 'ArrowDown' ? 1 : -1
        if (editing.hits !== null && editing.hitsFor === editing.text.trim()) {
          this.set({
            cursor,
            editing: { ...editing, index: stepped(editing.index, step, choicesOf(hits, this.makes)) },
          })
        } else {
          this.set({ cursor, editing: { ...editing, steps: editing.steps + step } })
          if (!this.#soon.isWaiting) this.#searchSoon(editing.text)
        }
        return true
      }
      default:
        return false
    }
  }

  #enterInCell(cursor: Cursor, editing: Editing): boolean {
    const text = editing.text.trim()
    if (cursor.column !== 'product') {
      const scan = this.#pace.isScan(text)
      if (scan && /^\d{8,}$/.test(text)) {
        // A scanner does not look where the cursor is; the cell keeps what it had.
        this.cancel()
        this.#scan(this.store.order().at(-1)!, text)
        return true
      }
      this.leaveCell()
      this.#advance()
      return true
    }
    if (editing.index >= 0 && editing.hits !== null) {
      this.#choose(editing.hits[editing.index])
      return true
    }
    if (editing.steps !== 0) {
      this.#waitForHits(cursor, editing, (hits) => this.#decide(cursor.key, text, hits))
      return true
    }
    const line = this.store.line(cursor.key)
    if (line === undefined || text === '' || text === line.product?.sku) {
      if (text === '' && line !== undefined && (line.product !== null || line.code !== ''))
        this.#clearProduct(cursor.key)
      this.cancel()
      return this.#enter()
    }
    if (isEmpty(line) && this.#pace.isScan(text)) {
      this.#scan(cursor.key, text)
      return true
    }
    if (editing.hitsFor === text && editing.hits !== null) this.#decide(cursor.key, text, editing.hits)
    else this.#waitForHits(cursor, editing, (hits) => this.#decide(cursor.key, text, hits))
    return true
  }

  /** A key that came before the hits waits for them, and the keys behind it: none acts on another row's hits. */
  #waitForHits(cursor: Cursor, editing: Editing, act: (hits: readonly Hit[]) => void): void {
    const text = editing.text.trim()
    this.#soon.stop()
    this.set({ cursor, editing: { ...editing, waiting: true } })
    this.#ports.find(text).then(
      (hits) => this.#hitsCame(cursor, text, hits, act),
      (error: unknown) => this.#failed(cursor.key, error),
    )
  }

  #hitsCame(cursor: Cursor, text: string, hits: readonly Hit[], act: (hits: readonly Hit[]) => void): void {
    const { cursor: at, editing } = this.state()
    if (at?.key !== cursor.key || editing === null || !editing.waiting || editing.text.trim() !== text) return
    this.set({ cursor: at, editing: { ...withHits(editing, text, hits, this.makes), waiting: false } })
    const kept = this.#kept
    this.#kept = []
    act(hits)
    this.#pace.clear()
    for (const key of kept) {
      const now = this.state().cursor
      // Not taken: arrows and Enter choose now, but what was typed for the next cell would go into this one.
      if (key.key.length === 1 && now?.key === cursor.key && now.column === 'product') return
      if (this.#making !== null) return
      this.#again(key)
    }
  }

  #failed(key: string, error: unknown): void {
    const { cursor, editing } = this.state()
    this.#kept = []
    if (cursor?.key !== key || editing === null) return
    const fault = error instanceof Error ? error.message : String(error)
    this.set({ cursor, editing: { ...editing, waiting: false, fault } })
  }

  #decide(key: string, text: string, hits: readonly Hit[]): void {
    const { cursor, editing } = this.state()
    if (editing !== null && editing.index >= 0) {
      this.#choose(hits[editing.index])
      return
    }
    const meant = meantOf(hits)
    if (meant !== undefined) return this.pick(meant)
    if (cursor === null || editing === null) return
    const line = this.store.line(key) ?? newLine()
    const fault =
      hits.length === 0 ? this.words('no-product', text, line) : this.words('not-chosen', text, line)
    this.set({ cursor, editing: { ...editing, hits, hitsFor: text, fault } })
  }

  #choose(hit: Hit | undefined): void {
    if (hit === undefined) this.make()
    else this.pick(hit)
  }

  /** A key that waited does now what it would have done, in the cell where the cursor is by now. */
  #again(key: Key): void {
    const { editing } = this.state()
    if (editing === null || editing.waiting || (key.key.length > 1 && key.key !== 'Backspace')) {
      this.key(key)
      return
    }
    // What the browser does in a field.
    this.#pace.pressed(key)
    const text = editing.begun ? editing.text : ''
    this.setText(key.key === 'Backspace' ? text.slice(0, -1) : text + key.key)
  }

  /** A scan is kept on its line until its product is known; the next one goes into the next line at once. */
  #scan(key: string, code: string): void {
    this.cancel()
    this.#pace.clear()
    void this.#tellOf(code, this.#codes.lookUp(key, code, true, this.words))
    this.set({ cursor: { key: this.store.order().at(-1)!, column: 'product' }, editing: null })
  }
  async #tellOf(code: string, looking: Promise<string | null | undefined>): Promise<void> {
    const found = await looking
    if (found !== undefined) this.#ports.scanned(code, found !== null)
  }
  /** The same from outside of the grid. @returns the line that has the product then; null: none has the code */
  async scan(code: string): Promise<string | null> {
    return (await this.#codes.lookUp(this.store.order().at(-1)!, code, true, this.words)) ?? null
  }

  #clearProduct(key: string): void {
    this.store.update(key, { product: null, code: '', quote: null, quoteState: 'none', faults: {} })
  }

  #fill(key: string, field: Exclude<Field, 'product'>, text: string): void {
    const line = this.store.line(key)
    if (line === undefined) return
    if (text === cellText(line, field, this.language) && line.faults[field] === undefined) return
    const change = filled(line, field, text, this.context)
    this.store.update(key, change)
    const asks =
      change.quantity !== undefined || change.unit !== undefined || field === 'price' || field === 'taxes'
    if (asks && line.product !== null) this.#ports.ask(key)
  }

  #enter(): boolean {
    const { cursor } = this.state()
    if (cursor === null) return false
    const line = this.store.line(cursor.key)
    if (cursor.column === 'lots' && line !== undefined && lackLots(this.kind, line)) {
      this.edit()
    } else if (line === undefined || !isEmpty(line) || cursor.key !== this.store.order().at(-1)) {
      this.#advance()
    } else {
      this.set({ cursor, editing: null })
      this.#ports.leave()
    }
    return true
  }

  #advance(): void {
    const { cursor } = this.state()
    if (cursor === null) return
    this.#soon.stop()
    this.set({ cursor: afterCell(cursor, this.store, this.kind), editing: null })
  }

  #move(cursor: Cursor): boolean {
    this.set({ cursor, editing: null })
    return true
  }

  /** At either end the browser goes on behind the grid; an empty last line is left as a whole. */
  #tab(back: boolean): boolean {
    const { cursor } = this.state()
    if (cursor === null) return false
    const next = tabFrom(cursor, this.store, this.kind, back)
    this.set({ cursor: next ?? cursor, editing: null })
    return next !== null
  }

  copyFromAbove(cursor: Cursor): void {
    const order = this.store.order()
    const above = this.store.line(order[order.indexOf(cursor.key) - 1] ?? '')
    if (above === undefined || !this.mayEdit(cursor.column)) return
    this.store.remember()
    const { column, key } = cursor
    if (column !== 'product')
      this.#fill(key, column as Exclude<Field, 'product'>, cellText(above, column as Field, this.language))
    else if (above.product !== null)
      this.#codes.take(key, { product: above.product, unit: above.unit, exact: true })
  }

  /** Takes a line away; the cursor goes to the one that is there then. */
  removeLine(key: string): void {
    const taken = takeLineAway(this.store, key, this.state().cursor?.column ?? this.kind.columns[0]!)
    if (taken === null) return
    this.set({ cursor: taken.cursor, editing: null })
    this.#ports.removed(taken.putBack)
  }

  undo(): boolean {
    if (!this.store.undo()) return false
    const { cursor } = this.state()
    if (cursor !== null && this.store.line(cursor.key) === undefined)
      this.set({ cursor: { key: this.store.order().at(-1)!, column: cursor.column }, editing: null })
    return true
  }

  #searchSoon(text: string): void {
    const asked = text.trim()
    this.#soon.do(() => void this.#search(asked))
  }
  async #search(asked: string): Promise<void> {
    try {
      const hits = await this.#ports.find(asked)
      const { cursor, editing } = this.state()
      if (cursor?.column !== 'product' || editing === null || editing.waiting) return
      if (editing.text.trim() !== asked) return
      this.set({ cursor, editing: withHits(editing, asked, hits, this.makes) })
    } catch (error) {
      const { cursor } = this.state()
      if (cursor !== null) this.#failed(cursor.key, error)
    }
  }
}
