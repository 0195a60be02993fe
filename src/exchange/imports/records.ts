import { Problem, type FieldProblem } from '../../kernel/problem.ts'
import { decimal } from '../../kernel/decimal.ts'
import type { Fault, ImportRow, Value } from './importer.ts'

/** The values of a row that are there, without those that an empty cell leaves as they are or to the default. */
export function valuesOf(row: ImportRow, kept: ReadonlySet<string>): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(row.values).filter(([name, value]) => value !== null || !kept.has(name)),
  )
}

/** A decimal that is the same number stays as it was written: 12.5 does not change 12.50. */
export function keepDecimals(
  was: Readonly<Record<string, unknown>>,
  values: Record<string, unknown>,
  names: readonly string[],
): void {
  for (const name of names) {
    const [before, after] = [was[name], values[name]]
    if (typeof before === 'string' && typeof after === 'string' && decimal(before).eq(decimal(after))) {
      values[name] = before
    }
  }
}

/** What the validator found, as faults of a row. */
export function asFaults(row: ImportRow, problems: readonly FieldProblem[]): Fault[] {
  return problems.map(({ pointer, message }) => ({
    line: row.line,
    field: pointer.split('/')[1] || null,
    message,
  }))
}

/** Runs something whose refusal points to something else than the records of a file, and makes it point there. */
export async function pointing<T>(to: (pointer: string) => string, work: () => Promise<T> | T): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const errors = error.errors.length > 0 ? error.errors : [{ pointer: '', message: error.message }]
    throw new Problem(error.status, error.code, error.message, {
      errors: errors.map((each) => ({ ...each, pointer: to(each.pointer) })),
      facts: error.facts,
    })
  }
}

/** Runs something for one record of many; a refusal names the record. */
export function forRecord<T>(index: number, work: () => Promise<T> | T): Promise<T> {
  return pointing((pointer) => `/${index}${pointer}`, work)
}

/** The taxes of a cell such as `VAT 23%; Eco`, by name. */
export function taxIdsOf(
  names: string | null,
  known: ReadonlyMap<string, string>,
): { ids: string[] } | { unknown: string } {
  const ids: string[] = []
  for (const name of (names ?? '')
    .split(';')
    .map((each) => each.trim())
    .filter((each) => each !== '')) {
    const id = known.get(name.toLowerCase())
    if (id === undefined) return { unknown: name }
    if (!ids.includes(id)) ids.push(id)
  }
  return { ids }
}
