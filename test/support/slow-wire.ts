import { type AddressInfo, type Socket, connect, createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

export interface SlowWire {
  /** Of the same database, by this wire. */
  readonly url: string
  close(): Promise<void>
}

/**
 * Stands between a server and PostgreSQL and has every other statement wait at random before it is passed on, also
 * within what was sent together. So transactions meet in every order, as on a busy machine: what several do at once is
 * otherwise over before the others have begun.
 * @param most milliseconds
 */
export async function slowWire(databaseUrl: string, most: number): Promise<SlowWire> {
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
    database.pipe(client)
    passOn(client, database, most).catch(end)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = new URL(databaseUrl)
  url.hostname = '127.0.0.1'
  url.port = String((server.address() as AddressInfo).port)
  return {
    url: url.href,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      for (const socket of open) socket.destroy()
      await closed
    },
  }
}

/** Begins a statement, whose other messages come behind it. */
const bind = 'B'.charCodeAt(0)

/** https://www.postgresql.org/docs/current/protocol-message-formats.html */
async function passOn(client: Socket, database: Socket, most: number): Promise<void> {
  let rest = Buffer.alloc(0)
  // The first message has no letter before its length.
  let letter = 0
  for await (const chunk of client) {
    rest = Buffer.concat([rest, chunk as Buffer])
    while (rest.length >= letter + 4) {
      const length = letter + rest.readInt32BE(letter)
      if (rest.length < length) break
      if (letter === 1 && rest[0] === bind && Math.random() < 0.5) await pause(Math.random() * most)
      database.write(rest.subarray(0, length))
      rest = rest.subarray(length)
      letter = 1
    }
  }
  database.end()
}
