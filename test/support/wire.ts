import { type AddressInfo, type Socket, connect, createServer } from 'node:net'

/** What stands between a server and PostgreSQL. */
export interface Wire {
  /** Of the same database, by this wire. */
  readonly url: string
  /** Ends all connections at once. */
  cutAll(): void
  close(): Promise<void>
}

/**
 * Opens a wire to a database.
 * @param pass passes on what a connection says, both ways; `end` ends it.
 */
export async function openWire(
  databaseUrl: string,
  pass: (client: Socket, database: Socket, end: () => void) => void,
): Promise<Wire> {
  const target = new URL(databaseUrl)
  const open = new Set<Socket>()
  const server = createServer((client) => {
    const database = connect(Number(target.port), target.hostname)
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
    pass(client, database, end)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = new URL(databaseUrl)
  url.hostname = '127.0.0.1'
  url.port = String((server.address() as AddressInfo).port)
  const cutAll = (): void => {
    for (const socket of open) socket.destroy()
  }
  return {
    url: url.href,
    cutAll,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      cutAll()
      await closed
    },
  }
}
