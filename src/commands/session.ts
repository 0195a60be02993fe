import { type Installation, type InstallationOptions, openInstallation } from '../database/index.ts'
import { exitCodes } from './outcome.ts'
import { progress } from './output.ts'
import { readSettings } from './settings.ts'

/** What every command that prints results takes. */
export interface CommonOptions {
  readonly json?: boolean
}

/** Opens the installation for one command, beside a running server or alone, and leaves it afterwards. */
export async function withInstallation<T>(
  options: CommonOptions & Pick<InstallationOptions, 'migrate'>,
  work: (installation: Installation) => Promise<T>,
): Promise<T> {
  const settings = readSettings(process.env)
  const bar = progress(options.json ?? false)
  const installation = await openInstallation({
    dataDir: settings.dataDir,
    databaseUrl: settings.databaseUrl,
    databaseAppUrl: settings.databaseAppUrl,
    migrate: options.migrate,
    // Long work is a person's to interrupt.
    connections: { max: 4, statementTimeoutMs: 0, applicationName: 'zapas command' },
    onMigration: (migration, done, total) => bar.step(done, total, migration.name),
    notice: (text) => console.error(`zapas: ${text}`),
  }).finally(() => bar.end())
  const interrupted = (): void => {
    // What is not committed is rolled back, and a PostgreSQL that runs for us alone must not stay behind.
    void installation.close().finally(() => process.exit(exitCodes.refused))
  }
  process.once('SIGINT', interrupted)
  process.once('SIGTERM', interrupted)
  try {
    return await work(installation)
  } finally {
    process.off('SIGINT', interrupted)
    process.off('SIGTERM', interrupted)
    await installation.close()
  }
}
