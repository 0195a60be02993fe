import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'

export const root = fileURLToPath(new URL('../..', import.meta.url))

/** A program under test, with what it has printed so far. */
export class Running {
  readonly child: ChildProcess
  output = ''
  readonly ended: Promise<number | null>

  constructor(
    command: string,
    args: readonly string[],
    options: { env?: NodeJS.ProcessEnv; cwd?: string } = {},
  ) {
    this.child = spawn(command, args, {
      cwd: options.cwd ?? root,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const stream of [this.child.stdout, this.child.stderr])
      stream?.on('data', (chunk: Buffer) => (this.output += chunk.toString()))
    this.ended = new Promise((resolve) => this.child.once('close', (code) => resolve(code)))
  }

  /** The first match in the output, once it is there. */
  async says(pattern: RegExp, seconds = 120): Promise<RegExpExecArray> {
    const deadline = Date.now() + seconds * 1000
    for (;;) {
      const found = pattern.exec(this.output)
      if (found) return found
      if (Date.now() > deadline || this.child.exitCode !== null) {
        await pause(50) // what it said last
        const last = pattern.exec(this.output)
        if (last) return last
        throw new Error(`${pattern} was not said; said was:\n${this.output.slice(-6000)}`)
      }
      await pause(20)
    }
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    this.child.kill(signal)
    return this.ended
  }
}

/** Folders and processes of one test file, all gone afterwards, also when a test fails half-way. */
export class Workshop {
  readonly #folders: string[] = []
  readonly #running: Running[] = []

  /** A new folder; private is one that only we may enter. */
  folder(isPrivate = false): string {
    const folder = mkdtempSync(join(tmpdir(), 'zapas-platform-'))
    if (!isPrivate) chmodSync(folder, 0o755)
    this.#folders.push(folder)
    return folder
  }

  run(
    command: string,
    args: readonly string[],
    options?: { env?: NodeJS.ProcessEnv; cwd?: string },
  ): Running {
    const running = new Running(command, args, options)
    this.#running.push(running)
    return running
  }

  /** A process that uses the embedded PostgreSQL of `dataDir`. */
  hold(dataDir: string, how = ''): Running {
    return this.run(process.execPath, [join(root, 'test/platform/hold.ts'), dataDir, how])
  }

  /** Ends what a test has left running. */
  async endAll(): Promise<void> {
    for (const running of this.#running.splice(0)) {
      if (running.child.exitCode === null && running.child.signalCode === null) await running.stop('SIGKILL')
    }
    for (const data of this.#dataFolders()) {
      const pid = postmasterPid(data)
      if (pid === null) continue
      kill(pid, 'SIGQUIT')
      while (isAlive(pid)) await pause(20)
    }
  }

  async clear(): Promise<void> {
    await this.endAll()
    for (const data of this.#dataFolders()) {
      // Files that lie elsewhere because the folder is private.
      const files = join(data, 'postgres')
      if (existsSync(files)) rmSync(realpathSync(files), { recursive: true, force: true })
    }
    for (const folder of this.#folders.splice(0)) rmSync(folder, { recursive: true, force: true })
  }

  #dataFolders(): string[] {
    return this.#folders.flatMap((folder) => [folder, join(folder, 'data')])
  }
}

/** The process id of the PostgreSQL that runs, or was killed, on a data folder. */
export function postmasterPid(dataDir: string): number | null {
  const file = join(dataDir, 'postgres/pgdata/postmaster.pid')
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : null
}

export function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // it is gone
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  // A zombie answers signals until its parent looks.
  if (!existsSync('/proc/self')) return true
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    // It went between the two looks.
    return false
  }
}

export async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(text)).rows
  } finally {
    await client.end()
  }
}
