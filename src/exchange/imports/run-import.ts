import { databaseProblem } from '../../http/database-problems.ts'
import type { Context } from '../../kernel/context.ts'
import { type FieldProblem, Problem } from '../../kernel/problem.ts'
import { type Database, inTransaction } from '../../kernel/transaction.ts'
import type { FileSource, Format } from '../files/format.ts'
import type { Fault, ImportRecord, Importer, Outcome } from './importer.ts'
import type { Mapping } from './mapping.ts'
import { type Batch, readBatches } from './read-records.ts'

export interface ImportRequest {
  readonly importer: Importer
  readonly source: FileSource
  readonly format: Format
  readonly mapping: Mapping
  /** One row at fault: nothing is kept, or all but the rows at fault. */
  readonly atFault: 'nothing' | 'skip'
  /** Everything is done and taken back. */
  readonly dryRun: boolean
  /** Told after each batch. */
  readonly onProgress?: ((rows: number, phase: 'check' | 'write') => void | Promise<void>) | undefined
}

/** What an import did, or would do. Counts are of records: products, price books, documents. */
export interface ImportReport {
  readonly rows: number
  readonly created: number
  readonly changed: number
  readonly same: number
  /** Did not concern the company, such as rates of currencies that it does not keep. */
  readonly ignored: number
  readonly failed: number
  /** False when nothing was kept: a dry run, or all or nothing with faults. */
  readonly applied: boolean
  /** The first ones, in the order of the file. */
  readonly faults: readonly Fault[]
}

/** A list of more helps nobody. */
const mostFaults = 1000

/**
 * Imports a file. All or nothing is one transaction; otherwise each batch is one.
 * @throws 422 when the file or its mapping cannot be read at all.
 */
export async function runImport(db: Database, ctx: Context, request: ImportRequest): Promise<ImportReport> {
  const { dryRun, atFault } = request
  if (!dryRun && atFault === 'nothing') {
    const done = await asOne(db, ctx, request)
    if (done !== null) return { ...done, applied: done.failed === 0 }
    // The database refused something and with it the whole: what it was is found batch by batch.
    return { ...(await inBatches(db, ctx, request, true)), applied: false }
  }
  return { ...(await inBatches(db, ctx, request, dryRun)), applied: !dryRun }
}

type Counts = Omit<ImportReport, 'applied'>

class Tally {
  rows = 0
  created = 0
  changed = 0
  same = 0
  ignored = 0
  failed = 0
  readonly faults: Fault[] = []

  batch(batch: Batch): void {
    this.rows = batch.rowsRead
    this.failed += batch.failed
    this.#tell(batch.faults)
  }

  outcome(outcome: Outcome): void {
    if (outcome === 'new') this.created++
    else if (outcome === 'changed') this.changed++
    else if (outcome === 'same') this.same++
    else if (outcome === 'ignored') this.ignored++
    else {
      this.failed++
      this.#tell(outcome.faults)
    }
  }

  #tell(faults: readonly Fault[]): void {
    this.faults.push(...faults.slice(0, mostFaults - this.faults.length))
  }

  counts(): Counts {
    const { rows, created, changed, same, ignored, failed } = this
    return {
      rows,
      created,
      changed,
      same,
      ignored,
      failed,
      faults: this.faults.toSorted((a, b) => a.line - b.line),
    }
  }
}

/** Each batch in a transaction of its own, kept or taken back; rows at fault are found and left out. */
async function inBatches(
  db: Database,
  ctx: Context,
  request: ImportRequest,
  rollBack: boolean,
): Promise<Counts> {
  const tally = new Tally()
  for await (const batch of batchesOf(ctx, request)) {
    tally.batch(batch)
    const outcomes = await saveAround(db, ctx, request.importer, batch.records, rollBack)
    for (const outcome of outcomes) tally.outcome(outcome)
    await request.onProgress?.(batch.rowsRead, rollBack ? 'check' : 'write')
  }
  return tally.counts()
}

/**
 * Everything in one transaction, which is kept when no row is at fault.
 * @returns null when the database, or a rule that looks at it, refused rows.
 */
async function asOne(db: Database, ctx: Context, request: ImportRequest): Promise<Counts | null> {
  let tally = new Tally()
  try {
    await inTransaction(db, { companyId: ctx.company.id }, async (tx) => {
      tally = new Tally()
      for await (const batch of batchesOf(ctx, request)) {
        tally.batch(batch)
        const outcomes = batch.records.length === 0 ? [] : await request.importer.save(tx, ctx, batch.records)
        // Not too much on the way at once, and a refusal of the database is seen here.
        await tx.settle()
        for (const outcome of outcomes) tally.outcome(outcome)
        await request.onProgress?.(batch.rowsRead, 'write')
      }
      if (tally.failed > 0) throw new TakenBack()
    })
  } catch (error) {
    if (error instanceof TakenBack) return tally.counts()
    if (refusalOf(error) === null || isOfFile(error)) throw error
    return null
  }
  return tally.counts()
}

class TakenBack extends Error {
  override readonly name = 'TakenBack'
}

/** What rows may be at fault for; null for everything else. */
function refusalOf(error: unknown): Problem | null {
  const problem = error instanceof Problem ? error : (databaseProblem(error)?.problem ?? null)
  return problem === null || problem.status >= 500 ? null : problem
}

/** The file cannot be read, or not by this mapping. */
function isOfFile(error: unknown): boolean {
  return error instanceof Problem && (error.code === 'broken-file' || error.code === 'mapping-wrong')
}

function batchesOf(
  ctx: Context,
  { importer, source, format, mapping }: ImportRequest,
): AsyncGenerator<Batch> {
  return readBatches(importer, source, format, mapping, ctx.company)
}

/** Saves records; when some break it, finds out which and saves the others. */
async function saveAround(
  db: Database,
  ctx: Context,
  importer: Importer,
  records: readonly ImportRecord[],
  rollBack: boolean,
): Promise<Outcome[]> {
  if (records.length === 0) return []
  try {
    return await inTransaction(db, { companyId: ctx.company.id }, (tx) => importer.save(tx, ctx, records), {
      rollBack,
    })
  } catch (error) {
    const problem = refusalOf(error)
    if (problem === null) throw error
    const named = recordsOf(problem, records.length)
    if (named.size === 0 && records.length > 1) {
      const half = records.length >> 1
      const first = await saveAround(db, ctx, importer, records.slice(0, half), rollBack)
      return [...first, ...(await saveAround(db, ctx, importer, records.slice(half), rollBack))]
    }
    if (named.size === 0) return [{ faults: faultsOf(problem.errors, problem.message, records[0]!) }]
    const others = records.filter((_, index) => !named.has(index))
    const saved = (await saveAround(db, ctx, importer, others, rollBack)).values()
    return records.map((record, index) => {
      const errors = named.get(index)
      return errors === undefined
        ? saved.next().value!
        : { faults: faultsOf(errors, problem.message, record) }
    })
  }
}

/** The records that the pointers of a problem name, with what is said of each. */
function recordsOf(problem: Problem, count: number): Map<number, FieldProblem[]> {
  const named = new Map<number, FieldProblem[]>()
  for (const error of problem.errors) {
    const index = Number(/^\/(\d+)(\/|$)/.exec(error.pointer)?.[1] ?? count)
    if (index < count) named.set(index, [...(named.get(index) ?? []), error])
  }
  return named
}

function faultsOf(errors: readonly FieldProblem[], message: string, record: ImportRecord): Fault[] {
  const { line } = record.rows[0]
  if (errors.length === 0) return [{ line, field: null, message }]
  return errors.map((error) => {
    const [field] = error.pointer
      .replace(/^\/\d+(?=\/|$)/, '')
      .split('/')
      .filter((part) => part !== '')
    return { line, field: field ?? null, message: error.message }
  })
}
