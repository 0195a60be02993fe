import type { Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { type Wire, openWire } from './wire.ts'

/**
 * A wire on which every other statement waits at random before it is passed on, also within what was sent together. So
 * transactions meet in every order, as on a busy machine: what several do at once is otherwise over before the others
 * have begun.
 * @param most milliseconds
 */
export function slowWire(databaseUrl: string, most: number): Promise<Wire> {
  return openWire(databaseUrl, (client, database, end) => {
    database.pipe(client)
    passOn(client, database, most).catch(end)
  })
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
