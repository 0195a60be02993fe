import { once } from 'node:events'
import { type IncomingHttpHeaders, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Received {
  readonly headers: IncomingHttpHeaders
  readonly text: string
  readonly body: {
    type: string
    timestamp: string
    data: { eventId: string; object: { kind: string; id: string; number: string | null }; after: unknown }
  }
}

type Reply = (received: Received) => number | Promise<number>

/** A program that receives webhooks on loopback and keeps what came. */
export interface Receiver {
  readonly url: string
  readonly received: Received[]
  /** How it answers from now on. */
  answer(reply: Reply): void
  close(): Promise<void>
}

export async function openReceiver(): Promise<Receiver> {
  const received: Received[] = []
  let reply: Reply = () => 204
  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk as Buffer)
      const text = Buffer.concat(chunks).toString()
      const one = { headers: request.headers, text, body: JSON.parse(text) as Received['body'] }
      received.push(one)
      const status = await reply(one)
      response
        .writeHead(status, status === 302 ? { location: '/elsewhere' } : {})
        .end(status === 204 ? '' : 'no thanks')
    })()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/zapas`,
    received,
    answer(next) {
      reply = next
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
