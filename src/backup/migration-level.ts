import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrate, readMigrations } from '../database/index.ts'
import type { Manifest } from './manifest.ts'

/** Refuses a backup whose schema this program cannot make: one of a later program, or of changed migrations. */
export async function refuseUnknownMigrations(manifest: Manifest, programVersion: string): Promise<void> {
  const ours = new Map((await readMigrations()).map((migration) => [migration.name, migration]))
  for (const { name, sha256 } of manifest.migrations) {
    const own = ours.get(name)
    if (own === undefined) {
      throw new Error(
        `The backup was made by Zapas ${manifest.programVersion} after migration ${name}, which this Zapas (${programVersion}) does not have. ` +
          `Nothing was restored. Restore it with Zapas ${manifest.programVersion} or later.`,
      )
    }
    if (sha256 !== own.sha256) {
      throw new Error(
        `Migration ${name} was another one when the backup was made (by Zapas ${manifest.programVersion}; this is ${programVersion}): its checksum differs, ` +
          `so the rows may not fit. Nothing was restored. Restore it with the Zapas that made it.`,
      )
    }
  }
}

/** Brings an empty database to the schema that the backup's rows were read from, and no further. */
export async function migrateToLevel(ownerUrl: string, manifest: Manifest): Promise<void> {
  const names = new Set(manifest.migrations.map(({ name }) => name))
  const folder = await mkdtemp(join(tmpdir(), 'zapas-migrations-'))
  try {
    for (const { name, sql } of await readMigrations())
      if (names.has(name)) await writeFile(join(folder, name), sql)
    await migrate(ownerUrl, { folder })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
