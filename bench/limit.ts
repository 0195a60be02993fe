import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type Installation, asAdmin } from './installation.ts'

const run = promisify(execFile)
const folder = fileURLToPath(new URL('limit/', import.meta.url))

/** The functions that write what Zapas writes, without Zapas. */
export async function makeLimit(installation: Installation): Promise<void> {
  const functions = await readFile(`${folder}functions.sql`, 'utf8')
  await asAdmin(installation.ownerUrl, (client) => client.query(functions))
}

export interface Limit {
  /** Runs per second once every connection has planned its statements. */
  readonly perSecond: number
  /** All of them, those before included. */
  readonly runs: number
}

/**
 * What pgbench does with a script, for so many seconds after half as many in which it is not looked at; null where it is
 * not installed (Debian: postgresql-contrib).
 */
export async function measureLimit(
  { ownerUrl }: Installation,
  script: 'order-to-cash' | 'purchase-to-pay' | 'hot-item',
  connections: number,
  seconds: number,
): Promise<Limit | null> {
  const address = new URL(ownerUrl)
  const before = Math.ceil(seconds / 2)
  const args = [
    '-n',
    '-M',
    'prepared',
    '-f',
    `${folder}${script}.sql`,
    '-c',
    String(connections),
    '-j',
    String(Math.min(connections, 2)),
    '-P',
    '1',
    '-T',
    String(before + seconds),
  ]
  try {
    const { stdout, stderr } = await run('pgbench', [...args, ownerUrl], {
      env: { ...process.env, PGPASSWORD: decodeURIComponent(address.password) },
    })
    const failed = /number of failed transactions: (\d+)/.exec(stdout)?.[1] ?? '0'
    if (failed !== '0') throw new Error(`${failed} runs of ${script}.sql failed:\n${stdout}`)
    const runs = Number(/transactions actually processed: (\d+)/.exec(stdout)![1])
    const rates = [...stderr.matchAll(/^progress: [\d.]+ s, ([\d.]+) tps/gm)].map(([, tps]) => Number(tps))
    const measured = rates.slice(before)
    if (measured.length === 0) throw new Error(`pgbench told no progress:\n${stderr}`)
    return { runs, perSecond: measured.reduce((sum, rate) => sum + rate, 0) / measured.length }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
