import { Pool } from 'undici'

/** A client of the API as programs use it: kept connections, a key, JSON. */
export interface Client {
  call<T = Answer>(method: 'GET' | 'POST', path: string, body?: object): Promise<T>
  close(): Promise<void>
}

/** What the benchmarks read of an answer. */
export interface Answer {
  readonly id: string
  readonly items: readonly Answer[]
  readonly nextCursor: string | null
}

export class Refused extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

export function connect(url: string, key: string, connections: number): Client {
  const pool = new Pool(url, { connections, pipelining: 1 })
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
  return {
    async call<T>(method: 'GET' | 'POST', path: string, body?: object) {
      const answer = await pool.request({
        method,
        path: `/api/v1${path}`,
        headers: body === undefined ? { authorization: headers.authorization } : headers,
        body: body === undefined ? null : JSON.stringify(body),
      })
      if (answer.statusCode >= 400) {
        throw new Refused(
          answer.statusCode,
          `${method} ${path}: ${answer.statusCode} ${await answer.body.text()}`,
        )
      }
      return (await answer.body.json()) as T
    },
    close: () => pool.close(),
  }
}

/** Runs `work` on so many connections at once for so long; answers how many per second were done. */
export async function perSecond(
  connections: number,
  seconds: number,
  work: (connection: number) => Promise<void>,
): Promise<number> {
  const started = performance.now()
  const end = started + seconds * 1000
  let done = 0
  await Promise.all(
    Array.from({ length: connections }, async (_, connection) => {
      while (performance.now() < end) {
        await work(connection)
        done++
      }
    }),
  )
  return done / ((performance.now() - started) / 1000)
}

export interface Times {
  readonly p50: number
  readonly p95: number
}

/** Milliseconds of one call after another. */
export async function timed(times: number, work: (i: number) => Promise<unknown>): Promise<Times> {
  const taken: number[] = []
  for (let i = 0; i < times; i++) {
    const started = performance.now()
    await work(i)
    taken.push(performance.now() - started)
  }
  taken.sort((a, b) => a - b)
  const at = (share: number): number => taken[Math.min(taken.length - 1, Math.floor(share * taken.length))]!
  return { p50: at(0.5), p95: at(0.95) }
}
