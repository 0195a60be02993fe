import { decimal } from '../../src/kernel/decimal.ts'

interface Figure {
  readonly what: string
  readonly expected: string
  readonly got: string
  readonly same: boolean
}

type Value = string | number

/** Figures that must agree: gathered first, shown as one table, judged together. */
export class Figures {
  readonly #figures: Figure[] = []

  /** Numbers are compared by value, so 12.5 is 12.50; everything else by its text. */
  compare(what: string, expected: Value, got: Value | null | undefined): void {
    const one = { what, expected: plain(expected), got: plain(got ?? 'nothing') }
    this.#figures.push({ ...one, same: sameValue(one.expected, one.got) })
  }

  /** Many figures of one sort, by name: one line of the table when all agree, else one for each that differs. */
  compareAll(what: string, expected: ReadonlyMap<string, Value>, got: ReadonlyMap<string, Value>): void {
    const names = new Set([...expected.keys(), ...got.keys()])
    const wrong = [...names].filter(
      (name) => !sameValue(String(expected.get(name) ?? 0), String(got.get(name) ?? 0)),
    )
    this.compare(`${what}: how many of ${names.size} agree`, names.size, names.size - wrong.length)
    for (const name of wrong.slice(0, 20)) {
      this.compare(`${what}: ${name}`, expected.get(name) ?? 'nothing', got.get(name))
    }
  }

  get differences(): string[] {
    return this.#figures
      .filter((figure) => !figure.same)
      .map(({ what, expected, got }) => `${what}: ${expected} expected, ${got} found`)
  }

  get table(): string {
    const head = { what: 'what', expected: 'expected', got: 'got', same: true }
    const rows = [head, ...this.#figures]
    const wide = (column: 'what' | 'expected' | 'got'): number =>
      Math.max(...rows.map((row) => row[column].length))
    const [what, expected, got] = [wide('what'), wide('expected'), wide('got')]
    const lines = rows.map((row) =>
      [
        row.what.padEnd(what),
        row.expected.padStart(expected),
        row.got.padStart(got),
        row.same ? '' : '<- differs',
      ]
        .join(' | ')
        .trimEnd(),
    )
    return lines.map((line) => line.replace(/ \|$/, '')).join('\n')
  }
}

function sameValue(a: string, b: string): boolean {
  return a === b || (isNumber(a) && isNumber(b) && decimal(a).eq(decimal(b)))
}

/** As people write it: PostgreSQL gives a product all the decimals of its factors. */
function plain(value: Value): string {
  const text = String(value)
  return isNumber(text) ? decimal(text).toFixed() : text
}

function isNumber(text: string): boolean {
  return /^-?\d+(\.\d+)?$/.test(text)
}

/** Expected rows by key in the form that `askTable` gives: 'key column' to value. */
export function tableOf<K extends string>(
  rows: Readonly<Record<string, Readonly<Record<K, Value>>>>,
  columns: readonly K[],
): Map<string, Value> {
  return new Map(
    Object.entries(rows).flatMap(([key, row]) =>
      columns.map((column): [string, Value] => [`${key} ${column}`, row[column]]),
    ),
  )
}
