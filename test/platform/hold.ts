import { startEmbedded } from '../../src/database/index.ts'

/**
 * A process that uses the PostgreSQL of a data folder until it is told to end:
 * `node hold.ts <data folder> [serving]`. Prints a line of JSON per event.
 */
const [dataDir, how] = process.argv.slice(2)
const say = (event: object): void => console.log(JSON.stringify(event))

try {
  const embedded = await startEmbedded({
    dataDir: dataDir!,
    serving: how === 'serving',
    notice: (notice) => say({ notice }),
    lost: (error) => say({ lost: String(error) }),
  })
  say({ ready: embedded.ownerUrl, admin: embedded.adminUrl })
  process.on('SIGTERM', () => {
    void embedded.close().then(() => process.exit(0))
  })
  setInterval(() => {}, 1000)
} catch (error) {
  say({ refused: (error as Error).message })
  process.exitCode = 1
}
