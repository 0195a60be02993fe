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

/** Runs of a script per second under pgbench; null where pgbench is not installed (Debian: postgresql-contrib). */
export async function limitPerSecond(
  { ownerUrl }: Installation,
  script: 'order-to-cash' | 'purchase-to-pay' | 'hot-item',
  connections: number,
  seconds: number,
): Promise<number | null> {
  const address = new URL(ownerUrl)
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
  ]
  try {
    const { stdout } = await run('pgbench', [...args, '-T', String(seconds), ownerUrl], {
      env: { ...process.env, PGPASSWORD: decodeURIComponent(address.password) },
    })
    const failed = /number of failed transactions: (\d+)/.exec(stdout)?.[1] ?? '0'
    if (failed !== '0') throw new Error(`${failed} runs of ${script}.sql failed:\n${stdout}`)
    return Number(/tps = ([\d.]+)/.exec(stdout)![1])
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
