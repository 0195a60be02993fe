import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type Running, type Workshop, isAlive, kill, postmasterPid, root } from '../platform/processes.ts'
import type { Server, Shop } from './person.ts'
import type { Load } from './load.ts'

const owner = { ZAPAS_OWNER_EMAIL: 'owner@example.com', ZAPAS_OWNER_PASSWORD: 'correct-horse-battery-1' }

/** An installation as people run it: `zapas serve` in a process of its own, and what can be done to it. */
export class Installation {
  readonly #workshop: Workshop
  readonly dataDir: string
  readonly #env: NodeJS.ProcessEnv
  #child: Running | null = null
  #base = ''
  #headers: Record<string, string> = {}
  companyId = ''

  /** @param env what differs: another database, several workers. */
  constructor(workshop: Workshop, dataDir: string, env: NodeJS.ProcessEnv = {}) {
    this.#workshop = workshop
    this.dataDir = dataDir
    this.#env = {
      ZAPAS_DATA: dataDir,
      ZAPAS_LOG_LEVEL: 'warn',
      ZAPAS_URL: '',
      DATABASE_URL: '',
      HOST: '127.0.0.1',
      PORT: '0',
      ...owner,
      ...env,
    }
  }

  get server(): Server {
    return { base: this.#base, headers: this.#headers }
  }

  get child(): Running {
    return this.#child!
  }

  command(...args: string[]): Running {
    return this.#workshop.run(process.execPath, [join(root, 'bin/zapas.mjs'), ...args], { env: this.#env })
  }

  /** Starts the server. @returns milliseconds until it answered. */
  async start(): Promise<number> {
    const began = performance.now()
    this.#child = this.command('serve')
    const [, port] = await this.#child.says(/Zapas \S+ is at http:\/\/localhost:(\d+)/, 120)
    this.#base = `http://127.0.0.1:${port}`
    return performance.now() - began
  }

  /** A key, and what the load works on. */
  async furnish(load: Load): Promise<Shop> {
    const made = this.command('api-key', 'create', 'torture', '--role', 'owner', '--json')
    if ((await made.ended) !== 0) throw new Error(made.output)
    const { key } = JSON.parse(made.output) as { key: string }
    this.#headers = { authorization: `Bearer ${key}` }
    const me = await this.#call<{ company: { id: string } }>('GET', '/me')
    this.companyId = me.company.id
    const party = async (name: string, role: string): Promise<string> =>
      (await this.#call<{ id: string }>('POST', '/parties', { name, roles: [role] })).id
    const products: string[] = []
    for (let i = 1; i <= 6; i++) {
      const product = { sku: `T-${i}`, name: `Thing ${i}`, unit: 'pcs', salesPrice: '10.00' }
      products.push((await this.#call<{ id: string }>('POST', '/products', product)).id)
    }
    const person = load.person()
    for (const id of products) await person.adjust(id, 500)
    return {
      customerId: await party('Buyer', 'customer'),
      vendorId: await party('Seller', 'vendor'),
      products,
    }
  }

  async #call<T>(method: string, path: string, body?: object): Promise<T> {
    const answer = await fetch(`${this.#base}/api/v1${path}`, {
      method,
      headers: { ...this.#headers, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    })
    if (!answer.ok) throw new Error(`${method} ${path}: ${await answer.text()}`)
    return (await answer.json()) as T
  }

  /** Kills the server process, and with it its workers. */
  async killServer(): Promise<void> {
    await this.child.stop('SIGKILL')
  }

  /** Kills one of the processes of PostgreSQL; without a choice, the first of them, and waits for its end. */
  async killPostgres(choose: (processes: readonly number[]) => number): Promise<string> {
    const postmaster = postmasterPid(this.dataDir)
    if (postmaster === null) return 'was not up'
    const backends = childrenOf(postmaster)
    const pid = choose([postmaster, ...backends])
    const what = pid === postmaster ? 'postmaster' : nameOf(pid)
    kill(pid, 'SIGKILL')
    while (isAlive(pid)) await pause(5)
    return what
  }

  /** Waits until the server reaches its database again. @returns milliseconds. */
  async ready(): Promise<number> {
    const began = performance.now()
    for (;;) {
      const answer = await fetch(`${this.#base}/api/ready`).catch(() => null)
      await answer?.text().catch(() => '')
      if (answer?.ok) return performance.now() - began
      if (this.child.child.exitCode !== null)
        throw new Error(`the server has ended:\n${this.child.output.slice(-3000)}`)
      if (performance.now() - began > 120_000)
        throw new Error(`not ready after two minutes:\n${this.child.output.slice(-3000)}`)
      await pause(20)
    }
  }

  /** Of the PostgreSQL that comes along, as it runs now. */
  get ownerUrl(): string {
    const folder = join(this.dataDir, 'postgres')
    const { owner: password } = JSON.parse(readFileSync(join(folder, 'passwords.json'), 'utf8')) as {
      owner: string
    }
    const port = readFileSync(join(folder, 'pgdata/postmaster.pid'), 'utf8').split('\n')[3]
    return `postgres://zapas:${password}@127.0.0.1:${port}/zapas`
  }

  /** `zapas check`, as a person runs it; beside the server or alone. @returns what it printed and its code. */
  async check(): Promise<{ code: number | null; output: string }> {
    const run = this.command('check', '--json')
    return { code: await run.ended, output: run.output.trim() }
  }
}

function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => statOf(pid)?.split(') ').at(-1)!.split(' ')[1] === String(parent))
}

function statOf(pid: number): string | null {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8')
  } catch {
    return null
  }
}

/** 'backend', or which of its helpers PostgreSQL calls it. */
function nameOf(pid: number): string {
  try {
    const title = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
    const name = title.replace(/^postgres: /, '')
    return /^\S+ \S+ 127\.0\.0\.1/.test(name) ? 'backend' : name.replace(/ *[\d/]+$/, '').slice(0, 40)
  } catch {
    return 'backend'
  }
}
