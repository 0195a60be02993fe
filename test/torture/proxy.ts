import { type Socket, connect, createServer } from 'node:net'
import type { AddressInfo } from 'node:net'

/** What becomes of a commit that passes by. */
export type Fate =
  /** Nothing. */
  | 'pass'
  /** The connection ends before the database gets it: nothing was done. */
  | 'before'
  /** It is done, and the answer never arrives. */
  | 'after'

export interface Proxy {
  readonly port: number
  /** Asked for every commit. */
  fateOf: () => Fate
  /** How many were cut so. */
  readonly cut: { before: number; after: number }
  /** Ends all connections at once. */
  cutAll(): void
  close(): Promise<void>
}

const commit = Buffer.from('commit\0')
const committed = Buffer.from('COMMIT\0')

/** Stands between a server and PostgreSQL and cuts connections at the worst moment, the one of the commit. */
export async function startProxy(target: number): Promise<Proxy> {
  const open = new Set<Socket>()
  const cut = { before: 0, after: 0 }
  const proxy = { fateOf: (): Fate => 'pass' }
  const server = createServer((client) => {
    const database = connect(target, '127.0.0.1')
    const end = (): void => {
      client.destroy()
      database.destroy()
    }
    for (const socket of [client, database]) {
      open.add(socket)
      socket.setNoDelay(true)
      socket.on('error', end)
      socket.on('close', () => {
        open.delete(socket)
        end()
      })
    }
    // From then on nothing is passed back; the connection ends when the database says that it is done.
    let silent = false
    client.on('data', (sent) => {
      const fate = !silent && sent.includes(commit) ? dueFate() : 'pass'
      if (fate === 'before') {
        cut.before++
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
        cut.after++
        end()
      }
    })
  })
  const dueFate = (): Fate => running.fateOf()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const running: Proxy = Object.assign(proxy, {
    port: (server.address() as AddressInfo).port,
    cut,
    cutAll() {
      for (const socket of open) socket.destroy()
    },
    async close() {
      for (const socket of open) socket.destroy()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  })
  return running
}
