import type { Context } from '../../kernel/context.ts'
import { type Database, type Transaction, inTransaction } from '../../kernel/transaction.ts'
import type { Entry, Fault, ImportRecord, Outcome, Rejected } from './importer.ts'
import { type Batch, type Reading, readBatches } from './read-records.ts'
import { faultsOf, isOfFile, recordsOf, refusalOf } from './refusals.ts'

export interface ImportRequest extends Reading {
  /** One row at fault: nothing is kept, or all but the rows at fault. */
  readonly atFault: 'nothing' | 'skip'
  /** Everything is done and taken back. */
  readonly dryRun: boolean
  /** Told after each batch. */
  readonly onProgress?: ((progress: Progress) => void | Promise<void>) | undefined
  /** Of an import that somebody keeps a record of. */
  readonly keeper?: Keeper | undefined
}

export interface Progress {
  readonly rows: number
  /** Where the last row begins in the file. */
  readonly line: number
  readonly phase: 'check' | 'write'
}

/** What became of entries of a file that stand below each other. */
export interface Part extends Counts {
  /** Entries of the file up to here. */
  readonly settled: number
  readonly rejected: readonly (Rejected & { readonly position: number })[]
}

/**
 * Keeps how far an import is, so that one that was interrupted goes on where it was and writes nothing twice.
 * Each method is given a part once only.
 */
export interface Keeper {
  /** Entries that were settled before: the import begins behind them. */
  readonly from: number
  /** A part and the record of it are committed together. */
  settle(tx: Transaction, part: Part): Promise<void>
  /** All or nothing: everything and the record of it are committed together. */
  finish(tx: Transaction, report: Counts): Promise<void>
  /** A part was tried and taken back. */
  tried(part: Part): Promise<void>
}

/** Counts are of records: products, price books, documents. */
export interface Counts {
  rows: number
  created: number
  changed: number
  same: number
  /** Did not concern the company, such as rates of currencies that it does not keep. */
  ignored: number
  failed: number
}

/** What an import did, or would do. */
export interface ImportReport extends Readonly<Counts> {
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
  if (dryRun || atFault === 'skip') {
    const tally = await inBatches(db, ctx, request, dryRun)
    return { ...tally.report(), applied: !dryRun }
  }
  const done = await asOne(db, ctx, request)
  if (!('refused' in done)) return { ...done, applied: true, faults: [] }
  // What is wrong is found batch by batch.
  const tally = await inBatches(db, ctx, request, true)
  // It holds between rows of different batches only, such as two with one barcode.
  if (tally.counts.failed === 0) await tally.refuse(done.refused, request.keeper)
  return { ...tally.report(), applied: false }
}

function noCounts(): Counts {
  return { rows: 0, created: 0, changed: 0, same: 0, ignored: 0, failed: 0 }
}

function count(counts: Counts, outcome: Outcome): void {
  if (outcome === 'new') counts.created++
  else if (typeof outcome === 'string') counts[outcome]++
  else counts.failed++
}

class Tally {
  readonly counts = noCounts()
  settled = 0
  readonly #faults: Fault[] = []

  add(part: Part): void {
    this.settled = part.settled
    this.counts.rows = part.rows
    for (const name of ['created', 'changed', 'same', 'ignored', 'failed'] as const)
      this.counts[name] += part[name]
    for (const { faults } of part.rejected)
      this.#faults.push(...faults.slice(0, mostFaults - this.#faults.length))
  }

  /** Refuses the whole where no row of its own is at fault. */
  async refuse(rejected: Rejected, keeper: Keeper | undefined): Promise<void> {
    const { rows } = this.counts
    const part: Part = {
      ...noCounts(),
      rows,
      failed: 1,
      settled: this.settled,
      rejected: [{ position: this.settled, ...rejected }],
    }
    this.add(part)
    await keeper?.tried(part)
  }

  report() {
    return { ...this.counts, faults: this.#faults.toSorted((a, b) => a.line - b.line) }
  }
}

/** Everything in one transaction, which is kept when no row is at fault. */
async function asOne(
  db: Database,
  ctx: Context,
  request: ImportRequest,
): Promise<Counts | { readonly refused: Rejected }> {
  let begins = 1
  try {
    return await inTransaction(db, { companyId: ctx.company.id }, async (tx) => {
      const counts = noCounts()
      for await (const { entries, rowsRead, line } of readBatches(request, ctx.company)) {
        begins = entries[0] === undefined ? begins : lineOf(entries[0])
        const records = entries.map((entry) => ('faults' in entry ? refuse(entry) : entry))
        const outcomes = records.length === 0 ? [] : await request.importer.save(tx, ctx, records)
        // Not too much on the way at once, and a refusal of the database is seen here.
        await tx.settle()
        for (const [index, outcome] of outcomes.entries()) {
          if (typeof outcome === 'object') refuse({ lines: linesOf(records[index]!), ...outcome })
          count(counts, outcome)
        }
        counts.rows = rowsRead
        await request.onProgress?.({ rows: rowsRead, line, phase: 'write' })
      }
      await request.keeper?.finish(tx, counts)
      return counts
    })
  } catch (error) {
    if (error instanceof RowRefused) return { refused: error.rejected }
    const problem = refusalOf(error)
    if (problem === null || isOfFile(problem)) throw error
    const message = `From this line on: ${problem.message}`
    return { refused: { lines: [begins], faults: [{ line: begins, field: null, message }] } }
  }
}

class RowRefused extends Error {
  override readonly name = 'RowRefused'
  readonly rejected: Rejected
  constructor(rejected: Rejected) {
    super('a row is at fault')
    this.rejected = rejected
  }
}

function refuse(rejected: Rejected): never {
  throw new RowRefused(rejected)
}

function linesOf(record: ImportRecord): number[] {
  return record.rows.map((row) => row.line)
}

function lineOf(entry: Entry): number {
  return 'faults' in entry ? entry.lines[0]! : entry.rows[0].line
}

/** Each batch in a transaction of its own, kept or taken back; rows at fault are found and left out. */
async function inBatches(
  db: Database,
  ctx: Context,
  request: ImportRequest,
  takeBack: boolean,
): Promise<Tally> {
  const tally = new Tally()
  const from = takeBack ? 0 : (request.keeper?.from ?? 0)
  let first = 0
  for await (const batch of readBatches(request, ctx.company)) {
    const end = first + batch.entries.length
    if (end > from) {
      const start = Math.max(0, from - first)
      await saveRange(
        { db, ctx, request, takeBack, tally, batch, first, refused: new Map() },
        start,
        batch.entries.length,
      )
    }
    first = end
    const { rowsRead: rows, line } = batch
    await request.onProgress?.({ rows, line, phase: takeBack ? 'check' : 'write' })
  }
  return tally
}

interface Run {
  readonly db: Database
  readonly ctx: Context
  readonly request: ImportRequest
  readonly takeBack: boolean
  readonly tally: Tally
  readonly batch: Batch
  /** Of the file, the number of the batch's first entry. */
  readonly first: number
  /** What the rules or the database refused, by the number of the entry in the batch. */
  readonly refused: Map<number, Rejected>
}

/**
 * Saves the entries of a batch from `start` up to `end`, in one transaction. When some break it, finds out which,
 * from the front to the back, and saves the others: what is settled is always all entries up to one.
 */
async function saveRange(run: Run, start: number, end: number): Promise<void> {
  const { db, ctx, request, batch, refused, takeBack, tally } = run
  const good: number[] = []
  for (let index = start; index < end; index++)
    if (!('faults' in batch.entries[index]!) && !refused.has(index)) good.push(index)
  const records = good.map((index) => batch.entries[index] as ImportRecord)
  try {
    const part = await inTransaction(
      db,
      { companyId: ctx.company.id },
      async (tx) => {
        const outcomes = records.length === 0 ? [] : await request.importer.save(tx, ctx, records)
        const done = partOf(run, start, end, good, outcomes)
        if (!takeBack) await request.keeper?.settle(tx, done)
        return done
      },
      { rollBack: takeBack },
    )
    tally.add(part)
    if (takeBack) await request.keeper?.tried(part)
  } catch (error) {
    const problem = refusalOf(error)
    if (problem === null || records.length === 0) throw error
    const named = recordsOf(problem, records.length)
    if (named.size > 0 || records.length === 1) {
      for (const [at, record] of records.entries()) {
        const errors = named.get(at)
        if (errors === undefined && named.size > 0) continue
        const faults = faultsOf(errors ?? problem.errors, problem.message, record)
        refused.set(good[at]!, { lines: linesOf(record), faults })
      }
      return saveRange(run, start, end)
    }
    const middle = good[good.length >> 1]!
    await saveRange(run, start, middle)
    await saveRange(run, middle, end)
  }
}

function partOf(
  { batch, first, refused }: Run,
  start: number,
  end: number,
  good: readonly number[],
  outcomes: readonly Outcome[],
): Part {
  const counts = noCounts()
  const rejected: (Rejected & { position: number })[] = []
  const outcomeOf = new Map(good.map((index, at) => [index, outcomes[at]!]))
  for (let index = start; index < end; index++) {
    const entry = batch.entries[index]!
    const outcome = outcomeOf.get(index)
    const no =
      'faults' in entry
        ? entry
        : (refused.get(index) ??
          (typeof outcome === 'object' ? { lines: linesOf(entry), faults: outcome.faults } : null))
    if (no === null) count(counts, outcome!)
    else {
      counts.failed++
      rejected.push({ position: first + index, lines: no.lines, faults: no.faults })
    }
  }
  return { ...counts, rows: batch.rowsRead, settled: first + end, rejected }
}
