import { resolve } from 'node:path'
import { Command } from 'commander'
import { type OnProgress, makeBackup } from '../backup/make-backup.ts'
import { verifyBackup } from '../backup/verify-backup.ts'
import { withDatabase } from '../backup/with-database.ts'
import { now } from '../kernel/clock.ts'
import { exitCodes } from './outcome.ts'
import { printResult, progress } from './output.ts'
import type { CommonOptions } from './session.ts'
import { readSettings } from './settings.ts'
import { version } from './version.ts'

export function backupCommand(): Command {
  return new Command('backup')
    .description('write everything into one file, as of one moment, also while the server works')
    .argument('[file]', 'where to; by default zapas-<moment>.tar.zst in this folder')
    .option('--verify', 'restore it into a throw-away database afterwards, compare and check')
    .option('--json', 'print the result as JSON')
    .action(backup)
}

async function backup(
  given: string | undefined,
  options: CommonOptions & { verify?: boolean },
): Promise<void> {
  const file = resolve(given ?? `zapas-${now().toISOString().slice(0, 19).replaceAll(':', '')}Z.tar.zst`)
  const { dataDir, databaseUrl } = readSettings(process.env)
  const json = options.json ?? false
  const bar = progress(json)
  const step: OnProgress = (done, total, what) => bar.step(done, total, what)
  try {
    const made = await withDatabase({ dataDir, databaseUrl }, (ownerUrl) =>
      makeBackup(ownerUrl, file, version, step),
    )
    const verified = options.verify ? await verifyBackup(file, version, step) : null
    bar.end()
    const differences = verified?.differences ?? []
    const words = [
      `${file}: ${made.rows} rows of ${made.companies} companies in ${made.bytes} bytes, as of ${made.takenAt}.`,
      ...(verified ? ['It was restored into a throw-away database and came back the same.'] : []),
      ...differences.map(
        ({ company, what, key }) => `${company}: ${what} of ${key} is not as the ledgers say.`,
      ),
      ...(differences.length > 0 ? ['So it is in the database, too: run `zapas check`.'] : []),
    ]
    printResult({ file, ...made, verified: verified !== null, differences }, json, words.join('\n'))
    if (differences.length > 0) process.exitCode = exitCodes.refused
  } finally {
    bar.end()
  }
}
