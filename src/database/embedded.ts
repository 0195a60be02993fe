import { createHmac } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Client, DatabaseError } from 'pg'
import { type Cluster, openCluster } from './cluster.ts'
import {
  type Starting,
  findPostmaster,
  freePort,
  isDiskFull,
  lastWords,
  startPostmaster,
  stopPostmaster,
} from './postmaster.ts'

export interface EmbeddedOptions {
  readonly dataDir: string
  /** False: a server for tests that keeps nothing, ends with us and is deleted on `close`. */
  readonly durable?: boolean
  /** Refuse to share the data folder with another process that says so (two `serve`). */
  readonly serving?: boolean
  /** What a person should know: where files went, that PostgreSQL had to be started again. */
  readonly notice?: (text: string) => void
  /** PostgreSQL is gone and could not be started again. */
  readonly lost?: (error: unknown) => void
}

export interface Embedded {
  /** Of the role that owns the database `zapas`; not a superuser. */
  readonly ownerUrl: string
  /** What the server logs in as: it can become the application's roles and nothing else. */
  readonly appUrl: string
  /** Of the superuser, without a database name. For tests. */
  readonly adminUrl: string
  /** Leaves the server, and stops it if no other process uses it. */
  close(): Promise<void>
}

/**
 * The PostgreSQL that comes with the npm packages: started if it is not up, joined if it is, and stopped
 * by the last process that leaves.
 *
 * Who uses it is known by PostgreSQL itself: every process holds a connection with a shared advisory lock
 * for as long as it lives, and whoever leaves and gets that lock exclusively was the last one. The locks
 * of a killed process end with its connection, so there is no file that could say something untrue.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const dataDir = resolve(options.dataDir)
  const notice = options.notice ?? (() => {})
  const cluster = await openCluster(dataDir, notice)
  const member = new Member({ ...options, dataDir, notice }, cluster)
  await member.enter()
  return member
}

const lockSpace = 0x5a41_5041 // 'ZAPA', apart from the locks of anything else
const using = 1
const serving = 2
const creating = 3

/** Crash recovery of a large database takes its time; without end nobody would know that it hangs. */
const patience = 10 * 60_000
const mostEntries = 50
const database = 'zapas'
const owner = 'zapas'
const login = 'zapas_login'

class Member implements Embedded {
  readonly #options: EmbeddedOptions & { readonly notice: (text: string) => void }
  readonly #cluster: Cluster
  readonly #durable: boolean
  #connection: Client | null = null
  #port = 0
  #leaving = false

  constructor(options: EmbeddedOptions & { readonly notice: (text: string) => void }, cluster: Cluster) {
    this.#options = options
    this.#cluster = cluster
    this.#durable = options.durable ?? true
  }

  get ownerUrl(): string {
    return `postgres://${owner}:${this.#cluster.passwords.owner}@127.0.0.1:${this.#port}/${database}`
  }

  get appUrl(): string {
    const password = loginPassword(this.#cluster.passwords.owner)
    return `postgres://${login}:${password}@127.0.0.1:${this.#port}/${database}`
  }

  get adminUrl(): string {
    return `postgres://postgres:${this.#cluster.passwords.superuser}@127.0.0.1:${this.#port}`
  }

  /** Joins the running server or starts one. After the first time on the same port, which others know. */
  async enter(): Promise<void> {
    for (let tries = 1; ; tries++) {
      const connection = await this.#connect()
      try {
        if (this.#options.serving) await this.#claim(connection)
        await prepare(connection, this.#cluster.passwords.owner)
        this.#connection = connection
        connection.once('end', () => void this.#recover())
        return
      } catch (error) {
        // It ended again in the moment in between: that is no other failure than the first.
        if (tries < mostEntries && isPassing(error)) {
          await connection.end().catch(() => {})
          await pause(100)
        } else {
          await this.#leave(connection)
          throw error
        }
      }
    }
  }

  async close(): Promise<void> {
    if (this.#leaving) return
    this.#leaving = true
    if (this.#connection !== null) await this.#leave(this.#connection)
  }

  async #leave(connection: Client): Promise<void> {
    let last = false
    try {
      await connection.query(`select pg_advisory_unlock_shared(${lockSpace}, ${using})`)
      const answer = await connection.query<{ last: boolean }>(
        `select pg_try_advisory_lock(${lockSpace}, ${using}) as last`,
      )
      last = answer.rows[0]!.last
    } catch {
      return // PostgreSQL has ended already
    }
    // While the lock is held, whoever comes now waits, is thrown out by the stop, and starts it anew.
    if (last) await stopPostmaster(this.#cluster, this.#durable)
    await connection.end().catch(() => {})
    if (last && !this.#durable) {
      await rm(this.#cluster.folder, { recursive: true, force: true })
      await rm(join(this.#options.dataDir, 'postgres'), { recursive: true, force: true })
    }
  }

  async #connect(): Promise<Client> {
    const deadline = Date.now() + patience
    let starting: Starting | null = null
    let saidSo = false
    for (const began = Date.now(); ; await pause(25)) {
      const running = await findPostmaster(this.#cluster)
      if (running === null && starting === null) {
        starting = await startPostmaster(this.#cluster, this.#port || (await freePort()), this.#durable)
      }
      const port = running?.port ?? starting!.port
      const connection = port > 0 ? await this.#tryPort(port) : null
      if (connection) return connection
      if (starting && running === null)
        starting = await stillStarting(starting, Date.now() - began, this.#cluster)
      if (!saidSo && Date.now() - began > 5000) {
        saidSo = true
        this.#options.notice(
          'PostgreSQL is still starting; after a crash it first recovers what was committed.',
        )
      }
      if (Date.now() > deadline) {
        throw new Error(
          `PostgreSQL on ${this.#cluster.pgdata} did not become ready within ${patience / 60_000} minutes. ` +
            `Its log is in ${join(this.#cluster.pgdata, 'log')}.`,
        )
      }
    }
  }

  /** A connection that counts us as a user of the server, or null when it is not ready yet. */
  async #tryPort(port: number): Promise<Client | null> {
    const connection = new Client({
      host: '127.0.0.1',
      port,
      user: 'postgres',
      password: this.#cluster.passwords.superuser,
      database: 'postgres',
      application_name: `zapas, process ${process.pid}`,
      keepAlive: true,
    })
    connection.on('error', () => {}) // 'end' follows and is what counts
    try {
      await connection.connect()
      await connection.query(`select pg_advisory_lock_shared(${lockSpace}, ${using})`)
      this.#port = port
      return connection
    } catch (error) {
      await connection.end().catch(() => {})
      if (isPassing(error)) return null
      throw new Error(
        `PostgreSQL on ${this.#cluster.pgdata} (port ${port}) refuses Zapas: ${String(error)}. ` +
          `The passwords are in ${join(this.#cluster.folder, 'passwords.json')}.`,
        { cause: error },
      )
    }
  }

  async #claim(connection: Client): Promise<void> {
    // A server that was killed a moment ago may still hold it until PostgreSQL sees the connection closed.
    for (let tries = 1; ; tries++) {
      const { rows } = await connection.query<{ claimed: boolean }>(
        `select pg_try_advisory_lock(${lockSpace}, ${serving}) as claimed`,
      )
      if (rows[0]!.claimed) return
      if (tries >= 5) break
      await pause(100)
    }
    const holder = await connection.query<{ name: string }>(
      `select application_name as name from pg_stat_activity join pg_locks using (pid)
        where locktype = 'advisory' and classid = ${lockSpace} and objid = ${serving} and granted`,
    )
    throw new Error(
      `Another Zapas server (${holder.rows[0]?.name.replace('zapas, ', '') ?? 'just ending'}) uses the data folder ${this.#options.dataDir}. ` +
        'Stop that one first, or give this one a folder of its own by ZAPAS_DATA.',
    )
  }

  /** A full disk ends PostgreSQL and keeps it from starting; somebody makes space, and nobody should have to start us. */
  async #enterOnceThereIsSpace(): Promise<void> {
    for (let tries = 0; ; tries++) {
      try {
        return await this.enter()
      } catch (error) {
        if (this.#leaving || !(await isDiskFull(this.#cluster))) throw error
        if (tries % 60 === 0) {
          this.#options.notice(
            `The disk of ${this.#cluster.pgdata} is full, so PostgreSQL does not start. It is tried again every five seconds: make space there.`,
          )
        }
        await pause(5000)
      }
    }
  }

  /** PostgreSQL ended under us (killed, out of memory): it is brought up again on the port that the pools know. */
  async #recover(): Promise<void> {
    if (this.#leaving) return
    this.#connection = null
    this.#options.notice('PostgreSQL ended unexpectedly; it is being started again.')
    const port = this.#port
    try {
      await this.#enterOnceThereIsSpace()
      if (this.#port !== port) throw new Error(`PostgreSQL came up on port ${this.#port} instead of ${port}`)
      if (this.#leaving) this.#leaving = false // asked to leave meanwhile
      else return this.#options.notice('PostgreSQL is up again; nothing that was committed is lost.')
      await this.close()
    } catch (error) {
      this.#options.lost?.(error)
    }
  }
}

/** What a server answers, or does not, while it starts or stops. */
function isPassing(error: unknown): boolean {
  const code = (error as { code?: string }).code ?? ''
  // cannot connect now, shut down by an administrator, crashed
  if (error instanceof DatabaseError) return ['57P03', '57P01', '57P02'].includes(code)
  return (
    ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT'].includes(code) ||
    /Connection terminated|not queryable/.test(String(error))
  )
}

/** Null: try to start it again. The server that we started may have lost a race that is no failure. */
async function stillStarting(starting: Starting, waited: number, cluster: Cluster): Promise<Starting | null> {
  const log = await Promise.race([starting.ended, pause(0, null)])
  if (log === null) return starting
  // The port was taken in between; another process starts it too; processes of a killed one are still ending.
  const passing = /could not bind|Address already in use|lock file "postmaster.pid"|is still in use/.test(log)
  if (passing && waited < 60_000) {
    await pause(200)
    return null
  }
  throw new Error(
    `PostgreSQL does not start. Its last words:\n${lastLines(log)}\n${lastLines(await lastWords(cluster))}`,
  )
}

function lastLines(text: string): string {
  return text.trim().split('\n').slice(-12).join('\n')
}

/** Who knows it cannot tell the owner's from it, and a folder of before needs no new file. */
function loginPassword(ownerPassword: string): string {
  return createHmac('sha256', ownerPassword).update(login).digest('base64url')
}

/** The database, the role that owns it, and the one that the server logs in as. Nobody works as the superuser. */
async function prepare(connection: Client, password: string): Promise<void> {
  await connection.query(`select pg_advisory_lock(${lockSpace}, ${creating})`)
  const { rows } = await connection.query<{ name: string }>(
    `select rolname as name from pg_roles union all select 'database' from pg_database where datname = '${database}'`,
  )
  const lacks = (name: string): boolean => !rows.some((row) => row.name === name)
  if (lacks(owner)) await connection.query(`create role ${owner} login createrole password '${password}'`)
  if (lacks('database')) await connection.query(`create database ${database} owner ${owner}`)
  if (lacks(login)) {
    for (const role of ['zapas_app', 'zapas_portal'])
      if (lacks(role)) await connection.query(`create role ${role} nologin`)
    await connection.query(
      `grant zapas_app, zapas_portal to ${owner} with admin option;
       create role ${login} login noinherit password '${loginPassword(password)}';
       grant zapas_app, zapas_portal to ${login}`,
    )
  }
  await connection.query(`select pg_advisory_unlock(${lockSpace}, ${creating})`)
}
