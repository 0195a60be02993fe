import { resolve } from 'node:path'
import { Command } from 'commander'
import type { OnProgress } from '../backup/make-backup.ts'
import { Backup } from '../backup/read-backup.ts'
import { type Restored, restoreBackup } from '../backup/restore-backup.ts'
import { verifyBackup } from '../backup/verify-backup.ts'
import { withDatabase } from '../backup/with-database.ts'
import { exitCodes } from './outcome.ts'
import { printResult, progress } from './output.ts'
import type { CommonOptions } from './session.ts'
import { readSettings } from './settings.ts'
import { version } from './version.ts'

export function restoreCommand(): Command {
  return new Command('restore')
    .description('bring a backup back into an empty data folder or database, compare and check')
    .argument('<file>', 'as `zapas backup` wrote it')
    .option('--verify', 'into a throw-away database only: see whether the file comes back whole')
    .option('--json', 'print the result as JSON')
    .action(restore)
}

async function restore(given: string, options: CommonOptions & { verify?: boolean }): Promise<void> {
  const file = resolve(given)
  const json = options.json ?? false
  const bar = progress(json)
  const step: OnProgress = (done, total, what) => bar.step(done, total, what)
  try {
    const { where, restored } = options.verify
      ? { where: null, restored: await verifyBackup(file, version, step) }
      : await restoreHere(file, step)
    bar.end()
    const { rows, companies, takenAt, migrated, differences } = restored
    const words = [
      `${rows} rows of ${companies} companies, as of ${takenAt}, came back the same${where === null ? ' in a throw-away database' : ` into ${where}`}.`,
      ...(migrated.length > 0 ? [`Then ran ${migrated.join(', ')}.`] : []),
      ...differences.map(
        ({ company, what, key }) => `${company}: ${what} of ${key} is not as the ledgers say.`,
      ),
      ...(differences.length > 0
        ? ['So it was when the backup was made. `zapas check` tells more.']
        : ['Every balance is as the ledgers say.']),
    ]
    printResult({ file, where, ...restored }, json, words.join('\n'))
    if (differences.length > 0) process.exitCode = exitCodes.refused
  } finally {
    bar.end()
  }
}

async function restoreHere(file: string, step: OnProgress): Promise<{ where: string; restored: Restored }> {
  const { dataDir, databaseUrl } = readSettings(process.env)
  // Before a data folder is made for it.
  const backup = await Backup.open(file)
  try {
    return await withDatabase({ dataDir, databaseUrl, alone: true }, async (ownerUrl, where) => ({
      where,
      restored: await restoreBackup(ownerUrl, where, backup, version, step),
    }))
  } finally {
    backup.close()
  }
}
