import { Command, CommanderError } from 'commander'
import { apiKeyCommand } from './commands/api-key.ts'
import { backupCommand } from './commands/backup.ts'
import { checkCommand } from './commands/check.ts'
import { demoCommand } from './commands/demo.ts'
import { exportCommand } from './commands/export.ts'
import { importCommand } from './commands/import.ts'
import { migrateCommand } from './commands/migrate.ts'
import { exitCodes, reportFailure } from './commands/outcome.ts'
import { restoreCommand } from './commands/restore.ts'
import { serveCommand } from './commands/serve.ts'
import { environmentHelp } from './commands/settings.ts'
import { userCommand } from './commands/user.ts'
import { version } from './commands/version.ts'

/** The command line `zapas`: one file per command in commands/. */

function program(): Command {
  const zapas = new Command('zapas')
    .description('Inventory and order management: orders promise, shipments move goods, invoices move money.')
    .version(version)
    .addHelpText('after', environmentHelp)
    .showHelpAfterError('Run it with --help to see how it is used.')
  for (const command of [
    serveCommand(),
    migrateCommand(),
    demoCommand(),
    importCommand(),
    exportCommand(),
    checkCommand(),
    backupCommand(),
    restoreCommand(),
    userCommand(),
    apiKeyCommand(),
  ])
    zapas.addCommand(command)
  for (const command of withSubcommands(zapas)) command.exitOverride()
  return zapas
}

function withSubcommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withSubcommands)]
}

try {
  await program().parseAsync()
} catch (error) {
  if (error instanceof CommanderError) {
    // It has told what is wrong; asking for help or the version is nothing wrong.
    process.exitCode = error.exitCode === 0 ? exitCodes.done : exitCodes.usage
  } else {
    process.exitCode = reportFailure(error, process.argv.includes('--json'), process.env.ZAPAS_DEBUG === '1')
  }
}
