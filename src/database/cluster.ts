import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, lstatSync } from 'node:fs'
import {
  chmod,
  chown,
  mkdir,
  readFile,
  readdir,
  realpath,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { type Binaries, findBinaries, sharedPlace } from './binaries.ts'
import { type RunAs, canEnter, unprivilegedUser } from './run-as.ts'

const run = promisify(execFile)

/** The files of one embedded PostgreSQL and what is needed to run it. */
export interface Cluster {
  /** Holds `pgdata`, the passwords and the log of the last start. */
  readonly folder: string
  readonly pgdata: string
  readonly binaries: Binaries
  readonly user: RunAs | null
  readonly passwords: Passwords
}

interface Passwords {
  /** Of the superuser `postgres`. */
  readonly superuser: string
  /** Of `zapas`, who owns the database. */
  readonly owner: string
}

const passwordFile = 'passwords.json'

/** Settings that an administrator may change afterwards, in pgdata/postgresql.conf. */
const tuning: Record<string, string> = {
  shared_buffers: '256MB',
  effective_cache_size: '1GB',
  work_mem: '8MB',
  maintenance_work_mem: '128MB',
  max_connections: '100',
  random_page_cost: '1.1',
  effective_io_concurrency: '64',
  checkpoint_timeout: '15min',
  max_wal_size: '2GB',
  min_wal_size: '128MB',
  jit: 'off',
  // Without statistics the planner takes every company for one row. A company that is filled in its first
  // minute (demo, import) must not wait for the usual minute until it is looked at.
  autovacuum_naptime: '5s',
  client_connection_check_interval: '5s',
  log_min_duration_statement: '2s',
  // Parameters are people's data; they do not belong into logs.
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
  logging_collector: 'on',
  log_filename: 'postgresql-%a.log',
  log_rotation_age: '1d',
  log_truncate_on_rotation: 'on',
  log_timezone: 'UTC',
  timezone: 'UTC',
}

/** Opens the PostgreSQL files of a data folder, and makes them the first time. */
export async function openCluster(dataDir: string, notice: (text: string) => void): Promise<Cluster> {
  const made = await mkdir(dataDir, { recursive: true }).catch((cause: unknown) => {
    const why = (cause as Error).message
    throw new Error(`The data folder ${dataDir} cannot be made: ${why}. Choose another by ZAPAS_DATA.`, {
      cause,
    })
  })
  // Whatever the umask, the user that PostgreSQL runs as must get through.
  if (made !== undefined) await chmod(dataDir, 0o755)
  const place = join(dataDir, 'postgres')
  const user = await unprivilegedUser()
  if (!existsSync(place)) {
    refuseDangling(place)
    await create(dataDir, place, user, notice)
  }
  return open(await realpath(place), user)
}

async function open(folder: string, user: RunAs | null): Promise<Cluster> {
  const pgdata = join(folder, 'pgdata')
  try {
    const passwords = JSON.parse(await readFile(join(folder, passwordFile), 'utf8')) as Passwords
    const runAs = await ownerOf(pgdata, user)
    const binaries = await findBinaries(runAs)
    await refuseOtherVersion(pgdata, binaries)
    return { folder, pgdata, binaries, user: runAs, passwords }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EACCES') throw error
    throw new Error(
      `The database in ${folder} belongs to another user. Start Zapas as the user who started it before ` +
        '(root, perhaps), or choose another data folder by ZAPAS_DATA.',
      { cause: error },
    )
  }
}

/** Who made the files runs them, even where a likelier user has come into being since. */
async function ownerOf(pgdata: string, user: RunAs | null): Promise<RunAs | null> {
  if (user === null) return null
  const owner = await stat(pgdata)
  if (owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  // A copy made by root (a restored backup).
  await run('chown', ['-R', `${user.uid}:${user.gid}`, pgdata])
  return user
}

async function refuseOtherVersion(pgdata: string, binaries: Binaries): Promise<void> {
  const theirs = (await readFile(join(pgdata, 'PG_VERSION'), 'utf8')).trim()
  const { stdout } = await run(binaries.postgres, ['--version'])
  const ours = /(\d+)/.exec(stdout)?.[1]
  if (theirs === ours) return
  throw new Error(
    `The database in ${pgdata} was made by PostgreSQL ${theirs}; this Zapas brings PostgreSQL ${ours}, which cannot read it. ` +
      'Make a backup with the Zapas that made it, and restore that into a new data folder.',
  )
}

function refuseDangling(place: string): void {
  if (lstatSync(place, { throwIfNoEntry: false }) === undefined) return
  throw new Error(
    `${place} points to a folder that is gone. Bring the database's files back to where it points, ` +
      'or remove it to begin with an empty database.',
  )
}

/**
 * Makes the files aside and moves them into place in one step: a start that is killed half-way leaves
 * nothing that looks like a database, and of two starts at once one wins.
 */
async function create(
  dataDir: string,
  place: string,
  user: RunAs | null,
  notice: (text: string) => void,
): Promise<void> {
  const within = user === null || (await canEnter(user, dataDir))
  const base = within ? dataDir : sharedPlace
  if (!within) {
    await mkdir(sharedPlace, { recursive: true })
    await chmod(sharedPlace, 0o755)
  }
  await removeAbandoned(base)
  const fresh = join(base, `new-${process.pid}`)
  try {
    await initialise(fresh, user)
    if (within) {
      await rename(fresh, place)
    } else {
      const kept = join(base, `${basename(dirname(dataDir))}-${randomBytes(4).toString('hex')}`)
      await rename(fresh, kept)
      await symlink(kept, place).catch(async (error: unknown) => {
        await rm(kept, { recursive: true, force: true })
        throw error
      })
      notice(
        `The database's files are in ${kept}: PostgreSQL does not run as root, and another user cannot enter ${dataDir}.`,
      )
    }
  } catch (error) {
    await rm(fresh, { recursive: true, force: true })
    if (!existsSync(place)) throw error // otherwise another process was faster
  }
}

async function initialise(folder: string, user: RunAs | null): Promise<void> {
  const binaries = await findBinaries(user)
  const pgdata = join(folder, 'pgdata')
  const passwords: Passwords = { superuser: secret(), owner: secret() }
  await mkdir(pgdata, { recursive: true })
  // Others pass through to pgdata, which is its user's alone.
  await chmod(folder, 0o711)
  await chmod(pgdata, 0o700)
  const forInitdb = join(folder, 'superuser-password')
  await writeFile(forInitdb, passwords.superuser, { mode: 0o600 })
  if (user) await Promise.all([pgdata, forInitdb].map((path) => chown(path, user.uid, user.gid)))
  const settings = Object.entries(tuning).flatMap(([name, value]) => ['--set', `${name}=${value}`])
  await run(
    binaries.initdb,
    [
      `--pgdata=${pgdata}`,
      '--username=postgres',
      `--pwfile=${forInitdb}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      // Built in, so that sorting and upper case are the same on every machine and after every upgrade.
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      ...settings,
    ],
    { ...user, cwd: pgdata, env: postgresEnvironment() },
  )
  await rm(forInitdb)
  await writeFile(join(folder, passwordFile), JSON.stringify(passwords), { mode: 0o600, flush: true })
}

/** Nothing of our own environment: it may hold other databases' PG* settings, and secrets. */
export function postgresEnvironment(): NodeJS.ProcessEnv {
  const { PATH, SystemRoot, TEMP } = process.env
  return { PATH, LC_ALL: 'C', ...(SystemRoot !== undefined && { SystemRoot, TEMP }) }
}

async function removeAbandoned(base: string): Promise<void> {
  for (const name of await readdir(base)) {
    const pid = /^new-(\d+)$/.exec(name)?.[1]
    if (pid !== undefined && !isAlive(Number(pid)))
      await rm(join(base, name), { recursive: true, force: true })
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function secret(): string {
  return randomBytes(24).toString('base64url')
}
