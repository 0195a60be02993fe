import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'
import { openInstallation, startEmbedded } from '../src/database/index.ts'
import { asSystem, createApiKey } from '../src/identity/index.ts'
import { firstStart } from '../src/setup/index.ts'

const program = fileURLToPath(new URL('../bin/zapas.mjs', import.meta.url))

/** A Zapas of its own for the measurements: the embedded PostgreSQL, durable as in production, in a folder that goes away. */
export interface Installation {
  readonly ownerUrl: string
  /** Of the superuser, for loading rows without checking every one of them. */
  readonly adminUrl: string
  readonly key: string
  readonly companyId: string
  /** Of the same server: what is measured there does not touch this database. */
  serve(options?: ServeOptions): Promise<Server>
  close(): Promise<void>
}

export interface ServeOptions {
  readonly workers?: number
  readonly nodeOptions?: string
}

export interface Server {
  readonly url: string
  /** Milliseconds from the start of the process to its first answer. */
  readonly startedIn: number
  /** Resident memory of all its processes, MiB. */
  memory(): Promise<number>
  /** Processor seconds of all its processes so far. */
  processorSeconds(): Promise<number>
  stop(): Promise<void>
}

export async function install(): Promise<Installation> {
  const folder = await mkdtemp(join(tmpdir(), 'zapas-bench-'))
  const postgres = await startEmbedded({ dataDir: folder, durable: true })
  const { ownerUrl } = postgres
  const database = await openInstallation({ dataDir: folder, databaseUrl: ownerUrl, migrate: true })
  await firstStart(database.db)
  const { key, companyId } = await asSystem(database.db, null, 'bench', async (tx, ctx) => {
    const made = createApiKey(tx, ctx, { name: 'bench', role: 'owner', expiresAt: null })
    return { key: made.key, companyId: ctx.company.id }
  })
  await database.close()
  return {
    ownerUrl,
    adminUrl: `${postgres.adminUrl}/zapas`,
    key,
    companyId,
    serve: (options = {}) => serve(ownerUrl, folder, options),
    async close() {
      await postgres.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function serve(databaseUrl: string, folder: string, options: ServeOptions): Promise<Server> {
  const port = await freePort()
  const started = performance.now()
  const child = spawn(process.execPath, [program, 'serve'], {
    env: {
      ...process.env,
      DATABASE_URL: databaseUrl,
      ZAPAS_DATA: folder,
      PORT: String(port),
      ZAPAS_LOG_LEVEL: 'warn',
      ...(options.workers && { ZAPAS_WORKERS: String(options.workers) }),
      ...(options.nodeOptions && { NODE_OPTIONS: options.nodeOptions }),
    },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const url = `http://127.0.0.1:${port}`
  await answers(`${url}/api/health`, child)
  return {
    url,
    startedIn: performance.now() - started,
    memory: async () => (await family(child.pid!)).reduce((sum, each) => sum + each.memory, 0),
    processorSeconds: async () => (await family(child.pid!)).reduce((sum, each) => sum + each.seconds, 0),
    async stop() {
      if (child.exitCode !== null) return
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}

async function answers(url: string, child: ChildProcess): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error('the server ended before it answered')
    try {
      if ((await fetch(url)).ok) return
    } catch {
      // not yet
    }
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

/** Linux only: a process and those that it started, from /proc. */
async function family(pid: number): Promise<{ memory: number; seconds: number }[]> {
  try {
    const status = await readFile(`/proc/${pid}/status`, 'utf8')
    const stat = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ')[1]!.split(' ')
    const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')
    const own = {
      memory: Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024,
      seconds: (Number(stat[11]) + Number(stat[12])) / 100,
    }
    const others = await Promise.all(
      children
        .trim()
        .split(/\s+/)
        .filter(Boolean)
        .map((each) => family(Number(each))),
    )
    return [own, ...others.flat()]
  } catch {
    return []
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}

/** Runs statements as the superuser, in order, on one connection. */
export async function asAdmin<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
