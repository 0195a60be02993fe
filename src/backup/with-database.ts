import { startEmbedded } from '../database/index.ts'

export interface Place {
  readonly dataDir: string
  readonly databaseUrl?: string | undefined
  /** Keep out servers on the same data folder, and wait for none. */
  readonly alone?: boolean
  /** A database that is thrown away afterwards. */
  readonly throwAway?: boolean
}

/**
 * Opens the database as its owner, whatever its schema: a backup reads any, a restore begins with none.
 * `openInstallation` would refuse the one and fill the other.
 */
export async function withDatabase<T>(
  place: Place,
  work: (ownerUrl: string, where: string) => Promise<T>,
): Promise<T> {
  if (place.databaseUrl !== undefined) {
    const { host, pathname } = URL.parse(place.databaseUrl) ?? { host: '', pathname: '' }
    return work(place.databaseUrl, `${host}${pathname}`)
  }
  const embedded = await startEmbedded({
    dataDir: place.dataDir,
    serving: place.alone ?? false,
    durable: !place.throwAway,
    notice: (text) => {
      if (!place.throwAway) console.error(`zapas: ${text}`)
    },
  })
  const interrupted = (): void => {
    // What is not committed is rolled back, and a PostgreSQL that runs for us alone must not stay behind.
    void embedded.close().finally(() => process.exit(1))
  }
  process.once('SIGINT', interrupted)
  process.once('SIGTERM', interrupted)
  try {
    return await work(embedded.ownerUrl, place.dataDir)
  } finally {
    process.off('SIGINT', interrupted)
    process.off('SIGTERM', interrupted)
    await embedded.close()
  }
}
