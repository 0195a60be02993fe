import { Client, type ClientBase, type ClientConfig, Pool, types } from 'pg'
import type { Database } from '../kernel/transaction.ts'

// Calendar dates stay text: a Date would move them with the time zone (R14).
types.setTypeParser(types.builtins.DATE, (text) => text)

/** The role that the application works as: row-level security binds it and ledgers are closed to it. */
const applicationRole = 'zapas_app'
const oldestServer = 16

export interface ConnectOptions {
  /** Most connections at a time. */
  readonly max?: number
  /** After this a statement is given up; 0 for long work of the command line. */
  readonly statementTimeoutMs?: number
  /** So long one waits for a connection; left out: 10 s. */
  readonly connectTimeoutMs?: number
  /** What pg_stat_activity shows. */
  readonly applicationName?: string
  /** An idle connection broke; the pool has replaced it already. */
  readonly onError?: (error: Error) => void
}

/**
 * Connections of the application: they come in as the role of the address and act as `zapas_app`. With the
 * address of a role that can become nothing but the application's, whatever a statement says.
 */
export function openDatabase(url: string, options: ConnectOptions = {}): Database {
  const { max = 10, statementTimeoutMs = 30_000 } = options
  return pool(url, { ...options, max }, [
    `role=${applicationRole}`,
    `statement_timeout=${statementTimeoutMs}`,
    'lock_timeout=10000',
    'idle_in_transaction_session_timeout=60000',
    // Statements here find rows by key; compiling them costs more than running them.
    'jit=off',
    // One plan serves all parameters: planning a statement anew costs several times what running it does.
    'plan_cache_mode=force_generic_plan',
    // An operation finds its rows by key. A plan made while a table was small would read the whole of it, and go
    // on doing so while it grows; statistics come minutes later. What reads widely says so (see transaction.ts).
    'enable_seqscan=off',
    'enable_hashjoin=off',
    'enable_mergejoin=off',
  ])
}

/** @throws when the role that `db` logs in as could become the owner of the schema after all. */
export async function refuseOwner(db: Database): Promise<void> {
  const { rows } = await db.query<{ name: string; owns: boolean }>(
    `select r.rolname as name, r.rolsuper or r.rolcreaterole or pg_has_role(r.oid, c.relowner, 'member') as owns
       from pg_roles r, pg_class c where r.rolname = session_user and c.oid = 'public.companies'::regclass`,
  )
  if (!rows[0]!.owns) return
  throw new Error(
    `The role ${rows[0]!.name} of DATABASE_APP_URL may do what the owner of the schema may, so it protects nothing. ` +
      'It needs to be a member of zapas_app and zapas_portal and of nothing else: see docs/database.md.',
  )
}

/** Connections of the role that owns the schema: it sees every company. For migrations, checks, set-up. */
export function ownerPool(url: string, options: ConnectOptions = {}): Database {
  return pool(url, { max: 2, ...options }, [])
}

/** One connection of the owner. The caller ends it. */
export async function ownerClient(url: string): Promise<Client> {
  const client = new Client({ ...config(url, []), application_name: 'zapas owner' })
  client.on('error', () => {}) // the statement under way fails with it, and is what is reported
  try {
    await client.connect()
  } catch (error) {
    const { host, port, database } = client
    throw new Error(
      `Zapas cannot connect to the database ${database} at ${host}:${port}: ${reasonOf(error)}. ` +
        'If it should be elsewhere or come in as somebody else, correct DATABASE_URL.',
      { cause: error },
    )
  }
  try {
    await checkServer(client)
  } catch (error) {
    await client.end()
    throw error
  }
  return client
}

function reasonOf(error: unknown): string {
  // A name with several addresses fails with an error that gathers theirs and has no words of its own.
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join('; ')
  return error instanceof Error ? error.message : String(error)
}

function pool(url: string, options: ConnectOptions, settings: readonly string[]): Database {
  // The pool waits for the promise, though its types do not say so.
  const onConnect: (client: ClientBase) => unknown = (client) => checkConnection(client, settings)
  const made = new Pool({
    ...config(url, settings),
    max: options.max,
    application_name: options.applicationName ?? 'zapas',
    pipeline: true,
    keepAlive: true,
    connectionTimeoutMillis: options.connectTimeoutMs ?? 10_000,
    idleTimeoutMillis: 60_000,
    onConnect,
  })
  made.on('error', (error) => options.onError?.(error))
  // A connection that breaks while it is in use fails the statement under way; the event of its own, unheard,
  // would end the process.
  made.on('connect', (client) => client.on('error', () => {}))
  return made
}

/** A pooler in between may drop start-up options silently; then row-level security would not bind. */
async function checkConnection(client: ClientBase, settings: readonly string[]): Promise<void> {
  if (!settings.includes(`role=${applicationRole}`)) return
  const { rows } = await client.query<{ role: string }>('select current_user as role')
  if (rows[0]?.role === applicationRole) return
  throw new Error(
    `The database connects Zapas as "${rows[0]?.role}" instead of "${applicationRole}". ` +
      'A connection pooler drops the start-up options: connect to PostgreSQL itself, or let the pooler pass `options` on.',
  )
}

async function checkServer(client: Client): Promise<void> {
  const { rows } = await client.query<{ version: string; number: number; encoding: string }>(
    `select current_setting('server_version') as version, current_setting('server_version_num')::int as number,
            current_setting('server_encoding') as encoding`,
  )
  const server = rows[0]!
  if (server.number < oldestServer * 10_000) {
    throw new Error(
      `This database is PostgreSQL ${server.version}; Zapas needs PostgreSQL ${oldestServer} or later. ` +
        'Upgrade it, or leave DATABASE_URL away to use the one that comes with Zapas.',
    )
  }
  if (server.encoding !== 'UTF8') {
    throw new Error(
      `This database is encoded in ${server.encoding}; Zapas needs UTF8. ` +
        "Make one with: create database zapas encoding 'UTF8' template template0;",
    )
  }
}

/** Options in the address itself are kept, behind ours: ours decide. */
function config(url: string, settings: readonly string[]): ClientConfig {
  let address: URL
  try {
    address = new URL(url)
  } catch (error) {
    throw new Error(
      'DATABASE_URL is not an address of a database. It looks like postgres://user:password@host:5432/name.',
      { cause: error },
    )
  }
  const own = address.searchParams.get('options')
  address.searchParams.delete('options')
  const options = [...(own === null ? [] : [own]), ...['TimeZone=UTC', ...settings].map((s) => `-c ${s}`)]
  return { connectionString: address.href, options: options.join(' ') }
}
