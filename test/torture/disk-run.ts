import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type Workshop, query } from '../platform/processes.ts'
import { Installation } from './installation.ts'
import { Load, randomFrom } from './load.ts'
import { differences } from './verify.ts'

export interface DiskRun {
  readonly seed: number
  readonly clients: number
  /** Also until PostgreSQL itself ends for want of space, and cannot start. */
  readonly untilItEnds: boolean
  readonly say: (text: string) => void
}

export interface DiskSummary {
  readonly seed: number
  /** Refused with 503 and this code, in words, while the disk was full. */
  readonly unavailable: Record<string, number>
  readonly readsWhileFull: number
  readonly postgresEnded: boolean
  readonly acknowledged: number
  readonly acknowledgedBefore: number
  readonly differences: readonly string[]
}

const size = '220m'

/** A small disk of memory, for root on Linux. @returns null where that is not possible. */
export function mountSmallDisk(folder: string): (() => void) | null {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size},mode=755`, 'tmpfs', folder], {
      stdio: 'ignore',
    })
    return () => void execFileSync('umount', ['--lazy', folder])
  } catch {
    return null
  }
}

/** Fills the disk of the database under load, and makes space again. */
export async function diskRun(workshop: Workshop, folder: string, run: DiskRun): Promise<DiskSummary> {
  const installation = new Installation(workshop, folder)
  const load = new Load(() => installation.server, randomFrom(run.seed))
  await installation.start()
  const shop = await installation.furnish(load)
  load.start(shop, run.clients)
  const { journal } = load
  const found: string[] = []
  await pause(1500)

  const ballast = join(folder, 'ballast')
  const fill = (): void => {
    for (let tries = 0; tries < 5; tries++) {
      const { bavail, bsize } = statfsSync(folder)
      const left = bavail * bsize
      if (left > 0) writeFileSync(ballast, Buffer.alloc(left), { flag: 'a' })
    }
  }
  try {
    fill()
  } catch {
    // as full as can be
  }
  const acknowledgedBefore = journal.acknowledged.length
  run.say(`the disk is full after ${acknowledgedBefore} requests`)
  const refused = (): number => journal.unavailable.get('database-full') ?? 0
  for (let tries = 0; refused() < 10 && tries < 300; tries++) await pause(100)
  if (refused() === 0)
    found.push(`nobody was told that the disk is full: ${JSON.stringify([...journal.unavailable])}`)
  const readsWhileFull = await reads(installation)
  if (readsWhileFull === 0) found.push('nothing could be read while the disk was full')

  let postgresEnded = false
  if (run.untilItEnds) {
    postgresEnded = await endForWantOfSpace(installation)
    if (!postgresEnded) found.push('PostgreSQL has not ended for want of space')
    else await installation.child.says(/is full, so PostgreSQL does not start/, 60)
    run.say('PostgreSQL has ended and does not start')
  }
  rmSync(ballast)
  await installation.ready()
  run.say('there is space again, and the server answers')
  await pause(1000)
  await load.finish()
  const { server, ownerUrl, companyId } = installation
  found.push(...(await differences(journal, server, ownerUrl, companyId, journal.acknowledged)))
  const code = await installation.child.stop()
  if (code !== 0) found.push(`the server ended with code ${code}:\n${installation.child.output.slice(-2000)}`)
  return {
    seed: run.seed,
    unavailable: Object.fromEntries(journal.unavailable),
    readsWhileFull,
    postgresEnded,
    acknowledged: journal.acknowledged.length,
    acknowledgedBefore,
    differences: found,
  }
}

async function reads(installation: Installation): Promise<number> {
  const { base, headers } = installation.server
  let read = 0
  for (let i = 0; i < 10; i++) {
    const answer = await fetch(`${base}/api/v1/sales-orders?limit=5`, { headers })
    await answer.text()
    if (answer.ok) read++
  }
  return read
}

/** The log of changes needs a new file, for which there is no space. */
async function endForWantOfSpace(installation: Installation): Promise<boolean> {
  const { superuser } = JSON.parse(
    readFileSync(join(installation.dataDir, 'postgres/passwords.json'), 'utf8'),
  ) as { superuser: string }
  const url = new URL(installation.ownerUrl)
  url.username = 'postgres'
  url.password = superuser
  for (let tries = 0; tries < 100; tries++) {
    try {
      await query(url.href, `select pg_logical_emit_message(true, 'torture', 'x'), pg_switch_wal()`)
    } catch (error) {
      // Refused for want of space, PostgreSQL goes on; it ends when it cannot write its log.
      if ((error as { code?: string }).code !== '53100') return true
      await pause(100)
    }
  }
  return false
}
