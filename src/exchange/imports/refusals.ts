import { databaseProblem } from '../../http/database-problems.ts'
import { type FieldProblem, Problem } from '../../kernel/problem.ts'
import type { Fault, ImportRecord } from './importer.ts'

/** What rows may be at fault for; null for everything else. */
export function refusalOf(error: unknown): Problem | null {
  const problem = error instanceof Problem ? error : (databaseProblem(error)?.problem ?? null)
  return problem === null || problem.status >= 500 || isOfFile(problem) ? null : problem
}

/** The file cannot be read, or not by this mapping. */
export function isOfFile(error: unknown): boolean {
  return error instanceof Problem && (error.code === 'broken-file' || error.code === 'mapping-wrong')
}

/** The records that the pointers of a problem name, with what is said of each. */
export function recordsOf(problem: Problem, count: number): Map<number, FieldProblem[]> {
  const named = new Map<number, FieldProblem[]>()
  for (const error of problem.errors) {
    const index = Number(/^\/(\d+)(\/|$)/.exec(error.pointer)?.[1] ?? count)
    if (index < count) named.set(index, [...(named.get(index) ?? []), error])
  }
  return named
}

/** What is said of a record, as faults of its rows: a pointer to a line of a document names the row that it came from. */
export function faultsOf(errors: readonly FieldProblem[], message: string, record: ImportRecord): Fault[] {
  if (errors.length === 0) return [{ line: record.rows[0].line, field: null, message }]
  return errors.map((error) => {
    const parts = error.pointer
      .replace(/^\/\d+(?=\/|$)/, '')
      .split('/')
      .filter((part) => part !== '')
    const ofLine = parts[0] === 'lines' && /^\d+$/.test(parts[1] ?? '')
    const row = (ofLine ? record.rows[Number(parts[1])] : undefined) ?? record.rows[0]
    return { line: row.line, field: (ofLine ? parts[2] : parts[0]) ?? null, message: error.message }
  })
}
