import { type Embedded, startEmbedded } from '../database/index.ts'

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
  const { embedded, ownerUrl, where } = await open(place)
  const interrupted = (): void => {
    // What is not committed is rolled back, and a PostgreSQL that runs for us alone must not stay behind.
    void (embedded?.close() ?? Promise.resolve()).finally(() => process.exit(1))
  }
  process.once('SIGINT', interrupted)
  process.once('SIGTERM', interrupted)
  try {
    return await work(ownerUrl, where)
  } finally {
    process.off('SIGINT', interrupted)
    process.off('SIGTERM', interrupted)
    await embedded?.close()
  }
}

async function open(place: Place): Promise<{ embedded: Embedded | null; ownerUrl: string; where: string }> {
  const { databaseUrl, dataDir } = place
  if (databaseUrl !== undefined) {
    const address = URL.parse(databaseUrl)
    return { embedded: null, ownerUrl: databaseUrl, where: `${address?.host}${address?.pathname}` }
  }
  const embedded = await startEmbedded({
    dataDir,
    serving: place.alone ?? false,
    durable: !place.throwAway,
    notice: (text) => {
      if (!place.throwAway) console.error(`zapas: ${text}`)
    },
  })
  return { embedded, ownerUrl: embedded.ownerUrl, where: dataDir }
}
