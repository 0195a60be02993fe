import { Command } from 'commander'
import { firstStart } from '../setup/index.ts'
import { printResult } from './output.ts'
import { type CommonOptions, withInstallation } from './session.ts'
import { readSettings } from './settings.ts'

export function migrateCommand(): Command {
  return new Command('migrate')
    .description(
      'bring the database up to this version, and give an empty one its first company (the server does both when it starts)',
    )
    .option('--json', 'print the result as JSON')
    .action(async (options: CommonOptions) => {
      await withInstallation({ ...options, migrate: true }, async ({ db, migrated }) => {
        const { madeCompany } = await firstStart(db, readSettings(process.env))
        const ran = migrated.map((migration) => migration.name)
        const words = ran.length === 0 ? 'The database is up to date.' : `Ran ${ran.join(', ')}.`
        printResult(
          { ran, madeCompany },
          options.json ?? false,
          madeCompany ? `${words} Made the first company.` : words,
        )
      })
    })
}
