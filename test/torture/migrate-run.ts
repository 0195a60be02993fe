import { setTimeout as pause } from 'node:timers/promises'
import { migrate, pendingMigrations } from '../../src/database/index.ts'
import { type Workshop, query } from '../platform/processes.ts'
import { Installation } from './installation.ts'
import { randomFrom } from './load.ts'

export interface MigrateSummary {
  readonly seed: number
  /** How many migrations had run when the process was killed, for each kill. */
  readonly ranWhenKilled: readonly number[]
  readonly differences: readonly string[]
}

/** Kills `zapas migrate` on its way, on an empty database, and lets two finish it at once. */
export async function migrateRun(
  workshop: Workshop,
  run: { readonly seed: number; readonly kills: number; readonly ownerUrl: string },
): Promise<MigrateSummary> {
  const { ownerUrl } = run
  const random = randomFrom(run.seed)
  const installation = new Installation(workshop, workshop.folder(), { DATABASE_URL: ownerUrl })
  const found: string[] = []
  const ranWhenKilled: number[] = []
  for (let i = 0; i < run.kills; i++) {
    const migrating = installation.command('migrate', '--json')
    await hasBegun(ownerUrl, () => migrating.child.exitCode !== null)
    await pause(random() * 60)
    await migrating.stop('SIGKILL')
    ranWhenKilled.push(await ran(ownerUrl))
  }
  const both = [installation.command('migrate', '--json'), installation.command('migrate', '--json')]
  const codes = await Promise.all(both.map(({ ended }) => ended))
  const results = both.map(({ output }) => output)
  if (codes.some((code) => code !== 0))
    found.push(`two at once ended with ${codes.join(', ')}: ${results.join('; ')}`)
  const pending = await pendingMigrations(ownerUrl)
  if (pending.length > 0) found.push(`${pending[0]!.name} has not run`)
  const more = await migrate(ownerUrl)
  if (more.length > 0) found.push(`${more[0]!.name} was run once more`)
  const [companies] = await query(ownerUrl, 'select count(*)::int as n from companies')
  if (companies!['n'] !== 1) found.push(`${String(companies!['n'])} first companies were made`)
  const checked = await installation.check()
  if (checked.code !== 0) found.push(`zapas check: ${checked.output}`)
  return { seed: run.seed, ranWhenKilled, differences: found }
}

/** Waits until somebody migrates. */
async function hasBegun(ownerUrl: string, isOver: () => boolean): Promise<void> {
  const busy = `select from pg_stat_activity where datname = current_database() and application_name = 'zapas owner'`
  for (let tries = 0; tries < 3000 && !isOver(); tries++) {
    if ((await query(ownerUrl, busy)).length > 0) return
    await pause(3)
  }
}

async function ran(ownerUrl: string): Promise<number> {
  const [table] = await query(ownerUrl, `select to_regclass('public.migrations') is not null as there`)
  if (table!['there'] !== true) return 0
  const [count] = await query(ownerUrl, 'select count(*)::int as n from migrations')
  return Number(count!['n'])
}
