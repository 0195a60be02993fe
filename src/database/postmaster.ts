import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { open, readFile, readdir, rm, stat, statfs } from 'node:fs/promises'
import { type Socket, createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { type Cluster, isAlive, postgresEnvironment } from './cluster.ts'

const run = promisify(execFile)

/** A running PostgreSQL, as it says itself in its pid file. */
export interface Postmaster {
  readonly pid: number
  readonly port: number
}

/** What `start` gives: the process, and a promise of the log's words should it end before it is of use. */
export interface Starting {
  readonly port: number
  readonly ended: Promise<string>
}

/**
 * The PostgreSQL that runs on these files, whoever started it: another Zapas process, or one that was
 * killed and left it behind. A pid file that outlived its server is removed, since PostgreSQL would trust
 * it as soon as any other process gets that pid.
 */
export async function findPostmaster(cluster: Cluster): Promise<Postmaster | null> {
  const file = join(cluster.pgdata, 'postmaster.pid')
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
  const [pid, , , port] = text.split('\n')
  const postmaster = { pid: Number(pid), port: Number(port) }
  if (await runsHere(postmaster.pid, cluster)) return postmaster
  // Another process may be at the same point, or a new server may have come up meanwhile.
  if (existsSync(file) && (await readFile(file, 'utf8')) === text) await rm(file, { force: true })
  return null
}

/** Whether the process is a PostgreSQL on these files, and not one that got the pid of a dead one. */
async function runsHere(pid: number, cluster: Cluster): Promise<boolean> {
  if (!Number.isInteger(pid) || pid <= 0 || !isAlive(pid)) return false
  if (process.platform === 'win32') return true
  try {
    const command =
      process.platform === 'linux'
        ? await readFile(`/proc/${pid}/cmdline`, 'utf8')
        : (await run('ps', ['-ww', '-o', 'command=', '-p', String(pid)])).stdout
    return command.includes(cluster.pgdata)
  } catch {
    return false // gone meanwhile
  }
}

/** Starts PostgreSQL on a port of this machine alone. It outlives us if we are killed, and is found again. */
export async function startPostmaster(cluster: Cluster, port: number, durable: boolean): Promise<Starting> {
  const settings: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    ...(durable ? { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' } : throwAway),
  }
  const args = ['-D', cluster.pgdata, ...Object.entries(settings).flatMap(([k, v]) => ['-c', `${k}=${v}`])]
  const logFile = join(cluster.folder, 'start.log')
  const log = await open(logFile, 'w', 0o600)
  try {
    const [program, ...rest] = durable ? [cluster.binaries.postgres, ...args] : guarded(cluster, args)
    const child = spawn(program!, rest, {
      ...cluster.user,
      cwd: cluster.pgdata,
      env: postgresEnvironment(),
      stdio: [durable ? 'ignore' : 'pipe', log.fd, log.fd],
      // Ctrl-C in a terminal goes to the whole group; the database must outlive the requests in progress.
      detached: true,
    })
    child.unref()
    if (child.stdin && 'unref' in child.stdin) (child.stdin as Socket).unref()
    return { port, ended: endOf(child, logFile) }
  } finally {
    await log.close()
  }
}

const throwAway: Record<string, string> = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  autovacuum: 'off',
  max_connections: '200',
  logging_collector: 'off',
  log_min_messages: 'fatal',
}

/** A server that is to be thrown away ends with us even if we are killed: then our end of its pipe closes. */
function guarded(cluster: Cluster, args: readonly string[]): string[] {
  if (process.platform === 'win32') return [cluster.binaries.postgres, ...args]
  const script = 'exec 3<&0; (cat <&3; kill -QUIT $$) >/dev/null 2>&1 & exec "$@" <&- 3<&-'
  return ['/bin/sh', '-c', script, 'sh', cluster.binaries.postgres, ...args]
}

async function endOf(child: ChildProcess, logFile: string): Promise<string> {
  await new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.once('error', () => resolve())
  })
  return readFile(logFile, 'utf8').catch(() => '')
}

/** What PostgreSQL wrote to its own log last: why it ended, where the disk had space for that. */
export async function lastWords(cluster: Cluster): Promise<string> {
  const folder = join(cluster.pgdata, 'log')
  try {
    const logs = (await readdir(folder)).map(async (name) => {
      const path = join(folder, name)
      return { path, written: (await stat(path)).mtimeMs }
    })
    const [latest] = (await Promise.all(logs)).sort((a, b) => b.written - a.written)
    return latest === undefined ? '' : await readFile(latest.path, 'utf8')
  } catch {
    return ''
  }
}

/** A new file of its log of changes must have space, or PostgreSQL ends. */
const oneLogOfChanges = 16 * 1024 * 1024

/** Whether the disk of the database is as good as full. */
export async function isDiskFull(cluster: Cluster): Promise<boolean> {
  try {
    const { bavail, bsize } = await statfs(cluster.pgdata)
    return bavail * bsize < oneLogOfChanges
  } catch {
    return false
  }
}

/** Stops PostgreSQL, rolling back what is not committed, and waits until it is gone. */
export async function stopPostmaster(cluster: Cluster, durable: boolean): Promise<void> {
  const running = await findPostmaster(cluster)
  if (running === null) return
  if (process.platform === 'win32') return stopByProgram(cluster, durable)
  // The signal first: should we be killed while we wait, PostgreSQL ends in order all the same.
  process.kill(running.pid, durable ? 'SIGINT' : 'SIGQUIT')
  while (await runsHere(running.pid, cluster)) await pause(10)
}

async function stopByProgram(cluster: Cluster, durable: boolean): Promise<void> {
  const mode = durable ? 'fast' : 'immediate'
  await run(cluster.binaries.pgCtl, ['stop', '-D', cluster.pgdata, '-m', mode, '-w', '-t', '120'], {
    cwd: cluster.pgdata,
    env: postgresEnvironment(),
  })
}

/** A port that is free now; somebody else may still be faster. */
export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => {
        if (typeof address === 'object' && address) resolve(address.port)
        else reject(new Error('this machine gives no free port on 127.0.0.1'))
      })
    })
  })
}
