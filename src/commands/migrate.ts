import { Command } from 'commander'
import { migrate, startEmbedded } from '../database/index.ts'
import { printResult, progress } from './output.ts'
import type { CommonOptions } from './session.ts'
import { readSettings } from './settings.ts'

export function migrateCommand(): Command {
  return new Command('migrate')
    .description(
      "bring the database's schema up to this version (the server does it by itself when it starts)",
    )
    .option('--json', 'print the result as JSON')
    .action(async (options: CommonOptions) => {
      const json = options.json ?? false
      const { databaseUrl, dataDir } = readSettings(process.env)
      const notice = (text: string): void => console.error(`zapas: ${text}`)
      const embedded = databaseUrl === undefined ? await startEmbedded({ dataDir, notice }) : null
      const bar = progress(json)
      try {
        const ran = await migrate(databaseUrl ?? embedded!.ownerUrl, {
          onMigration: (migration, done, total) => bar.step(done, total, migration.name),
        })
        bar.end()
        const names = ran.map((migration) => migration.name)
        const words = names.length === 0 ? 'The database is up to date.' : `Ran ${names.join(', ')}.`
        printResult({ ran: names }, json, words)
      } finally {
        bar.end()
        await embedded?.close()
      }
    })
}
