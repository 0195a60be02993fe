import { createHash } from 'node:crypto'
import { copyFile, mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { migrate } from '../database/index.ts'
import type { Manifest } from './manifest.ts'

const packaged = fileURLToPath(new URL('../../migrations', import.meta.url))

/** Refuses a backup whose schema this program cannot make: one of a later program, or of changed migrations. */
export async function refuseUnknownMigrations(manifest: Manifest, programVersion: string): Promise<void> {
  const ours = new Set((await readdir(packaged)).filter((name) => name.endsWith('.sql')))
  for (const { name, sha256 } of manifest.migrations) {
    if (!ours.has(name)) {
      throw new Error(
        `The backup was made by Zapas ${manifest.programVersion} after migration ${name}, which this Zapas (${programVersion}) does not have. ` +
          `Nothing was restored. Restore it with Zapas ${manifest.programVersion} or later.`,
      )
    }
    if (sha256 !== (await checksumOf(name))) {
      throw new Error(
        `Migration ${name} was another one when the backup was made (by Zapas ${manifest.programVersion}; this is ${programVersion}): its checksum differs, ` +
          `so the rows may not fit. Nothing was restored. Restore it with the Zapas that made it.`,
      )
    }
  }
}

/** As the table `migrations` has it: a checkout with other line ends is the same migration. */
async function checksumOf(name: string): Promise<string> {
  const text = await readFile(join(packaged, name), 'utf8')
  return createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('hex')
}

/** Brings an empty database to the schema that the backup's rows were read from, and no further. */
export async function migrateToLevel(ownerUrl: string, manifest: Manifest): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'zapas-migrations-'))
  try {
    for (const { name } of manifest.migrations) await copyFile(join(packaged, name), join(folder, name))
    await migrate(ownerUrl, { folder })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
