import { type Wire, openWire } from '../support/wire.ts'

/** What becomes of a commit that passes by. */
export type Fate =
  /** Nothing. */
  | 'pass'
  /** The connection ends before the database gets it: nothing was done. */
  | 'before'
  /** It is done, and the answer never arrives. */
  | 'after'

export interface Proxy extends Wire {
  /** Asked for every commit. */
  fateOf: () => Fate
  /** How many were cut so. */
  readonly cut: { before: number; after: number }
}

const commit = Buffer.from('commit\0')
const committed = Buffer.from('COMMIT\0')

/** A wire that cuts connections at the worst moment, the one of the commit. */
export async function startProxy(databaseUrl: string): Promise<Proxy> {
  const fates = { fateOf: (): Fate => 'pass', cut: { before: 0, after: 0 } }
  const wire = await openWire(databaseUrl, (client, database, end) => {
    // From then on nothing is passed back; the connection ends when the database says that it is done.
    let silent = false
    client.on('data', (sent) => {
      const fate = !silent && sent.includes(commit) ? proxy.fateOf() : 'pass'
      if (fate === 'before') {
        proxy.cut.before++
        return end()
      }
      if (fate === 'after') {
        silent = true
        // The database may have refused it: then there is no such answer to wait for.
        setTimeout(end, 2000).unref()
      }
      database.write(sent)
    })
    database.on('data', (answered) => {
      if (!silent) {
        client.write(answered)
      } else if (answered.includes(committed)) {
        proxy.cut.after++
        end()
      }
    })
  })
  const proxy: Proxy = Object.assign(fates, wire)
  return proxy
}
