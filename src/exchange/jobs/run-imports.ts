import { findAllCompanies, loadCompany, systemContext } from '../../identity/index.ts'
import { recordEvents } from '../../journal/events.ts'
import { now } from '../../kernel/clock.ts'
import type { Context } from '../../kernel/context.ts'
import { Problem } from '../../kernel/problem.ts'
import { type Statement, sql, statement } from '../../kernel/sql.ts'
import { type Database, type Transaction, inTransaction } from '../../kernel/transaction.ts'
import { importerOf } from '../imports/importers.ts'
import { presetOf } from '../imports/presets.ts'
import { type Counts, type Keeper, type Part, type Progress, runImport } from '../imports/run-import.ts'
import { type ImportRow, type Key, claimImport, deleteRejects, forgetTry, insertRejects } from './records.ts'
import { storedFile } from './stored-file.ts'

/** So long (ms) nobody else takes up an import that is being read; each batch gives it anew. */
const lease = 60_000

/** Whoever works on an import: another that took it up has a higher number. */
interface Holder extends Key {
  readonly attempt: number
}

const noteProgress = statement(
  'note_import_progress',
  { id: 'uuid' },
  (p: Holder & { rows: number; line: number; until: Date }) => sql`
    update imports set row_count = ${p.rows}::int, line = ${p.line}::int, leased_until = ${p.until}::timestamptz
    where company_id = ${p.companyId} and id = ${p.id} and attempt = ${p.attempt}::int and state = 'running'
    returning id`,
)
const countPart = statement(
  'count_import_part',
  { id: 'uuid' },
  (p: Holder & Counts & { settled: number }) => sql`
    update imports set settled = ${p.settled}::int, row_count = ${p.rows}::int,
      created_count = created_count + ${p.created}::int, changed_count = changed_count + ${p.changed}::int,
      same_count = same_count + ${p.same}::int, ignored_count = ignored_count + ${p.ignored}::int,
      failed_count = failed_count + ${p.failed}::int
    where company_id = ${p.companyId} and id = ${p.id} and attempt = ${p.attempt}::int and state = 'running'
    returning id`,
)
const finish = statement(
  'finish_import',
  { id: 'uuid' },
  (p: Holder & { state: string; message: string | null; now: Date }) => sql`
    update imports set state = ${p.state}, message = ${p.message}::text, finished_at = ${p.now}::timestamptz,
      leased_until = null, version = version + 1
    where company_id = ${p.companyId} and id = ${p.id} and attempt = ${p.attempt}::int and state = 'running'
    returning id`,
)

/** Reads what waits in all companies, one file after the other, until nothing does. */
export async function runImports(db: Database): Promise<void> {
  const companies = await inTransaction(db, { companyId: null }, findAllCompanies, { readOnly: true })
  for (const { id: companyId } of companies) {
    for (;;) {
      const row = await inTransaction(db, { companyId }, (tx) =>
        tx.maybe(claimImport, { companyId, now: now(), until: leaseEnd() }),
      )
      if (row === null) break
      await runOne(db, companyId, row)
    }
  }
}

function leaseEnd(): Date {
  return new Date(now().getTime() + lease)
}

/** Somebody stopped the import, or another process took it up: what is not committed is not written. */
class NotHeld extends Error {
  override readonly name = 'NotHeld'
}

/** Writes what only the holder of an import may write. @throws NotHeld, which takes the transaction back. */
async function held<P>(tx: Transaction, of: Statement<P, { id: string }>, p: P): Promise<void> {
  if ((await tx.maybe(of, p)) === null) throw new NotHeld('the import was stopped or taken over')
}

async function runOne(db: Database, companyId: string, row: ImportRow): Promise<void> {
  const company = await loadCompany(db, companyId)
  if (company === null) return
  const holder: Holder = { companyId, id: row.id, attempt: row.attempt }
  // It is the doing of whoever asked.
  const ctx: Context = {
    ...systemContext(company, 'import'),
    actor: { type: 'user', id: row.createdById, name: row.createdBy },
  }
  const within = <T>(work: (tx: Transaction) => Promise<T>): Promise<T> =>
    inTransaction(db, { companyId }, work)
  const skips = !row.dryRun && row.atFault === 'skip'
  // Only what was left out and kept counts further; of a try that was taken back nothing does.
  if (!skips) await within((tx) => forget(tx, holder))
  try {
    const report = await runImport(db, ctx, {
      importer: importerOf(row.what),
      source: storedFile(db, row.name, holder),
      format: row.format,
      mapping: row.mapping,
      preset: presetOf(row.preset),
      atFault: row.atFault === 'skip' ? 'skip' : 'nothing',
      dryRun: row.dryRun,
      keeper: keeperOf(ctx, row, holder, within),
      onProgress: ({ rows, line }: Progress) =>
        within((tx) => held(tx, noteProgress, { ...holder, rows, line, until: leaseEnd() })),
    })
    if (report.applied && !skips) return
    const state = row.dryRun ? 'checked' : report.applied ? 'done' : 'refused'
    await within((tx) => end(tx, ctx, row, holder, state))
  } catch (error) {
    if (error instanceof NotHeld) return
    // What is no refusal is a fault of ours: the import is taken up again when its time is over.
    if (!(error instanceof Problem)) throw error
    await within((tx) => held(tx, finish, { ...holder, state: 'failed', message: error.message, now: now() }))
  }
}

async function forget(tx: Transaction, holder: Holder): Promise<void> {
  tx.write(deleteRejects, holder)
  tx.write(forgetTry, holder)
  await tx.settle()
}

/** Each part is counted in the transaction that it is written in; whoever lost the import to another writes nothing. */
function keeperOf(
  ctx: Context,
  row: ImportRow,
  holder: Holder,
  within: (work: (tx: Transaction) => Promise<void>) => Promise<void>,
): Keeper {
  return {
    from: row.settled,
    settle: (tx, part) => note(tx, holder, part),
    tried: (part) => within((tx) => note(tx, holder, part)),
    async finish(tx, counts) {
      await note(tx, holder, { ...counts, settled: 0, rejected: [] })
      await end(tx, ctx, row, holder, 'done')
    },
  }
}

async function note(tx: Transaction, holder: Holder, part: Part): Promise<void> {
  const { rejected, ...counts } = part
  if (rejected.length > 0) {
    tx.write(insertRejects, {
      rows: rejected.map(({ position, lines, faults }) => ({
        companyId: holder.companyId,
        importId: holder.id,
        position,
        lines,
        faults,
      })),
    })
  }
  await held(tx, countPart, { ...holder, ...counts })
}

async function end(
  tx: Transaction,
  ctx: Context,
  row: ImportRow,
  holder: Holder,
  state: 'checked' | 'refused' | 'done',
): Promise<void> {
  await held(tx, finish, { ...holder, state, message: null, now: now() })
  if (state !== 'done') return
  recordEvents(tx, ctx, [
    {
      type: 'import.done',
      objectKind: 'import',
      objectId: row.id,
      after: { what: row.what, name: row.name },
    },
  ])
}
