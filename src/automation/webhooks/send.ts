import { lookup } from 'node:dns'
import { Webhook } from 'standardwebhooks'
import { Agent, request } from 'undici'
import { type Resolve, publicOnly } from '../../kernel/public-addresses.ts'
import { inside, refuseAddress } from './addresses.ts'
import type { Claimed } from './claim-deliveries.ts'

/** Milliseconds that a receiver may take. */
const patience = 15_000
const longestAnswer = 1000

export interface Outcome {
  readonly delivered: boolean
  /** HTTP status; null when there was no answer. */
  readonly status: number | null
  readonly error: string | null
  readonly answer: string | null
}

export interface Sender {
  send(claimed: Claimed, now: Date): Promise<Outcome>
  close(): Promise<void>
}

/** Sends signed requests; one per process, since it keeps connections open. */
export function openSender(resolve: Resolve = lookup): Sender {
  const limits = { headersTimeout: patience, bodyTimeout: patience, maxResponseSize: 1_000_000 }
  const outside = new Agent({ ...limits, connect: { timeout: 5000, lookup: publicOnly(resolve, inside) } })
  const anywhere = new Agent({ ...limits, connect: { timeout: 5000 } })
  return {
    async send(claimed, now) {
      try {
        // Once more: an address that lies inside is no name, so nobody would look it up.
        refuseAddress(claimed.url, claimed.internalAllowed)
        const body = JSON.stringify(payload(claimed))
        // Redirects are not followed; they could lead anywhere.
        const response = await request(claimed.url, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            'user-agent': 'Zapas',
            'webhook-id': claimed.eventId,
            'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
            'webhook-signature': signatures(claimed, now, body),
          },
          body,
          dispatcher: claimed.internalAllowed ? anywhere : outside,
          signal: AbortSignal.timeout(patience),
        })
        const { statusCode: status } = response
        const answer = await beginning(response.body)
        const delivered = status >= 200 && status < 300
        const error = delivered ? null : `It answered ${status}; only 200 to 299 count as received.`
        return { delivered, status, error, answer }
      } catch (error) {
        return { delivered: false, status: null, error: inWords(error as Error), answer: null }
      }
    },
    async close() {
      await Promise.all([outside.destroy(), anywhere.destroy()])
    },
  }
}

function payload(claimed: Claimed): object {
  return {
    type: claimed.type,
    timestamp: claimed.at.toISOString(),
    data: {
      eventId: claimed.eventId,
      object: { kind: claimed.objectKind, id: claimed.objectId, number: claimed.objectNumber },
      actor: { type: claimed.actorType, id: claimed.actorId, name: claimed.actorName },
      before: claimed.before,
      after: claimed.after,
      reason: claimed.reason,
    },
  }
}

function signatures({ secret, formerSecret, eventId }: Claimed, now: Date, body: string): string {
  const secrets = formerSecret === null ? [secret] : [secret, formerSecret]
  return secrets.map((each) => new Webhook(each).sign(eventId, now, body)).join(' ')
}

async function beginning(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of body) {
    if (length < longestAnswer) chunks.push(chunk)
    length += chunk.length
  }
  return Buffer.concat(chunks)
    .toString('utf8')
    .replace(/\p{Cc}/gu, ' ')
    .slice(0, longestAnswer)
}

function inWords(error: Error): string {
  if (error.name === 'TimeoutError') return `There was no answer within ${patience / 1000} seconds.`
  return error.message === '' ? error.name : error.message.slice(0, longestAnswer)
}
