import { rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { OnProgress } from './make-backup.ts'
import { Backup } from './read-backup.ts'
import { type Restored, restoreBackup } from './restore-backup.ts'
import { withDatabase } from './with-database.ts'

/** Restores the file into a database that is thrown away afterwards: what came back once comes back again. */
export async function verifyBackup(
  file: string,
  programVersion: string,
  onProgress: OnProgress = () => {},
): Promise<Restored> {
  const backup = await Backup.open(file)
  const folder = await mkdtemp(join(tmpdir(), 'zapas-verify-'))
  const remove = (): void => rmSync(folder, { recursive: true, force: true })
  process.once('exit', remove) // interrupted
  try {
    return await withDatabase({ dataDir: folder, throwAway: true }, (ownerUrl, where) =>
      restoreBackup(ownerUrl, where, backup, programVersion, onProgress),
    )
  } finally {
    backup.close()
    process.off('exit', remove)
    remove()
  }
}
