import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'pg'
import type { Workshop } from '../platform/processes.ts'
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

  const superuser = await connectSuperuser(installation)
  const fill = (): void => fillDisk(folder)
  fill()
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
    const goesOn = await endForWantOfSpace(superuser, fill)
    postgresEnded = goesOn === null
    if (goesOn !== null) found.push(`PostgreSQL has not ended for want of space: ${goesOn}`)
    else await installation.child.says(/is full, so PostgreSQL does not start/, 60)
    run.say('PostgreSQL has ended and does not start')
  }
  await superuser.end().catch(() => {})
  rmSync(join(folder, ballast))
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

/**
 * The log of changes needs a new file, for which there is no space. What checkpoints give back meanwhile is
 * taken again each time.
 *
 * @param superuser connected while there was space: a new connection may have to write a file of its own.
 * @returns null once PostgreSQL has ended, or why it went on.
 */
async function endForWantOfSpace(superuser: Client, fill: () => void): Promise<string | null> {
  let answers = 0
  let last: unknown = 'it answered each time'
  for (const end = Date.now() + 60_000; Date.now() < end;) {
    fill()
    try {
      // Without a transaction: its number could ask for space of its own, and be refused it.
      await superuser.query(`select pg_logical_emit_message(false, 'torture', 'x'), pg_switch_wal()`)
      answers++
    } catch (error) {
      // Refused for want of space, PostgreSQL goes on; it ends when it cannot write its log.
      if ((error as { code?: string }).code !== '53100') return null
      last = error
      await pause(100)
    }
  }
  return `${answers} answers, and ${String(last)}`
}

async function connectSuperuser({ dataDir, ownerUrl }: Installation): Promise<Client> {
  const { superuser } = JSON.parse(readFileSync(join(dataDir, 'postgres/passwords.json'), 'utf8')) as {
    superuser: string
  }
  const url = new URL(ownerUrl)
  url.username = 'postgres'
  url.password = superuser
  const client = new Client({ connectionString: url.href })
  // PostgreSQL ends under it, which is what it is for.
  client.on('error', () => {})
  await client.connect()
  return client
}

const ballast = 'ballast'

/** As full as can be: several times, since files that grow meanwhile leave room beside them. */
function fillDisk(folder: string): void {
  for (let tries = 0; tries < 5; tries++) {
    try {
      const { bavail, bsize } = statfsSync(folder)
      if (bavail > 0) writeFileSync(join(folder, ballast), Buffer.alloc(bavail * bsize), { flag: 'a' })
    } catch {
      // Somebody else took the space.
    }
  }
}
