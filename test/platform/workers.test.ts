import { randomUUID } from 'node:crypto'
import { Agent, type IncomingMessage, request } from 'node:http'
import { type AddressInfo, createServer } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { Counts } from '../../src/commands/worker-counts.ts'
import type { Company } from '../../src/kernel/context.ts'
import { type Caller, makeCompany, makeKey } from '../support/companies.ts'
import { type TestDatabase, copyDatabase } from '../support/databases.ts'
import { type Running, Workshop, isAlive, kill, root } from './processes.ts'

const workshop = new Workshop()
let database: TestDatabase
let company: Company
let owner: Caller
let server: Running
let port: number

const environment = { ZAPAS_LOG_LEVEL: 'info', ZAPAS_URL: '', HOST: '127.0.0.1', PORT: '0' }

function serve(workers: number, env: NodeJS.ProcessEnv = {}): Running {
  return workshop.run(process.execPath, [`${root}/bin/zapas.mjs`, 'serve'], {
    env: { ...environment, DATABASE_URL: database.ownerUrl, ZAPAS_WORKERS: String(workers), ...env },
  })
}

beforeAll(async () => {
  database = await copyDatabase()
  company = await makeCompany(database)
  owner = await makeKey(database, company, 'owner')
})
afterAll(async () => {
  await workshop.clear()
  await database.drop()
})

/** Somebody with a connection of his own, which stays with the worker that took it; workers take turns. */
class Guest {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 })

  async ask(method: string, path: string, body?: unknown, headers: object = {}): Promise<Told> {
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const asked = request({
        agent: this.#agent,
        host: '127.0.0.1',
        port,
        method,
        path,
        headers: { ...owner.headers, 'content-type': 'application/json', ...headers },
      })
      asked.once('response', resolve).once('error', reject)
      asked.end(body === undefined ? undefined : JSON.stringify(body))
    })
    return { status: answer.statusCode!, text: await text(answer), headers: answer.headers }
  }

  leave(): void {
    this.#agent.destroy()
  }
}

interface Told {
  readonly status: number
  readonly text: string
  readonly headers: IncomingMessage['headers']
}

async function startTwo(): Promise<void> {
  server = serve(2)
  port = Number((await server.says(/is at http:\/\/localhost:(\d+) .*2 processes/))[1])
}

function processesOf(running: Running): number[] {
  return [...running.output.matchAll(/worker \d+ \(process (\d+)\) serves/g)].map((found) => Number(found[1]))
}

describe('two workers on one port', () => {
  let guests: Guest[]
  beforeAll(startTwo)
  beforeEach(() => {
    guests = Array.from({ length: 6 }, () => new Guest())
  })
  afterEach(() => {
    for (const guest of guests) guest.leave()
  })

  it('share the work, count it together, do a repeated request once, and all know at once what has changed', async () => {
    // A key at all connections at once: both workers run into each other.
    const key = randomUUID()
    const body = { name: 'Of both', roles: ['customer'] }
    const made = await Promise.all(
      guests.map((guest) => guest.ask('POST', '/api/v1/parties', body, { 'idempotency-key': key })),
    )
    expect(made.map(({ status }) => status)).toEqual(guests.map(() => 201))
    expect(new Set(made.map((each) => each.text)).size).toBe(1)
    expect(made.filter(({ headers }) => headers['idempotency-replayed'] === undefined)).toHaveLength(1)
    const log = new Set([...server.output.matchAll(/"worker":(\d+),"reqId"/g)].map((found) => found[1]))
    expect(log.size).toBe(2)

    const metrics = await guests[0]!.ask('GET', '/metrics')
    expect(metrics.text).toContain(
      `_count{method="POST",route="/api/v1/parties",status="201"} ${guests.length}\n`,
    )
    expect(metrics.text).toContain(`zapas_http_idempotent_replays_total ${guests.length - 1}\n`)

    // Each worker has looked the key up a moment ago and would believe it for two seconds more.
    const other = await makeKey(database, company, 'viewer')
    const asViewer = () =>
      Promise.all(guests.map((guest) => guest.ask('GET', '/api/v1/me', undefined, other.headers)))
    const known = await asViewer()
    expect(known.map(({ status }) => status)).toEqual(guests.map(() => 200))
    const { id } = JSON.parse(known[0]!.text) as { id: string }
    expect((await guests[0]!.ask('DELETE', `/api/v1/api-keys/${id}`)).status).toBe(204)
    expect((await asViewer()).map(({ status }) => status)).toEqual(guests.map(() => 401))

    await guests[0]!.ask('PATCH', '/api/v1/company', { reservationMinutes: 17 })
    const seen = await Promise.all(guests.map((guest) => guest.ask('GET', '/api/v1/company')))
    expect(
      seen.map((each) => (JSON.parse(each.text) as { reservationMinutes: number }).reservationMinutes),
    ).toEqual(guests.map(() => 17))
  })

  it('count refused keys together', async () => {
    const refused = await Promise.all(
      Array.from({ length: 700 }, (_, i) =>
        guests[i % guests.length]!.ask('GET', '/api/v1/me', undefined, { authorization: 'Bearer wrong' }),
      ),
    )
    const allowed = refused.filter(({ status }) => status === 401).length
    // Those of the revoked key count as well where they came in the same minute.
    expect(allowed).toBeGreaterThanOrEqual(600 - guests.length)
    expect(allowed).toBeLessThanOrEqual(600)
  })

  it('are started again when one dies, and serve meanwhile', async () => {
    const [first] = processesOf(server)
    kill(first!, 'SIGKILL')
    await server.says(/worker 1 \(process \d+\) was ended by SIGKILL; another is started in 0.5 seconds/)
    const answer = await new Guest().ask('GET', '/api/health')
    expect(JSON.parse(answer.text)).toEqual({ status: 'up', workers: { wanted: 2, serving: 1 } })
    await server.says(/(worker 1 \(process \d+\) serves[^]*){2}/)
    const [, , third] = processesOf(server)
    expect(isAlive(third!)).toBe(true)
    expect(JSON.parse((await new Guest().ask('GET', '/api/health')).text)).toEqual({
      status: 'up',
      workers: { wanted: 2, serving: 2 },
    })
  })

  it('finish what they have begun when the server is told to stop', async () => {
    // Held up by somebody who has locked the number series, in the middle of posting.
    const client = await database.ownerDb.connect()
    await client.query('begin')
    await client.query('select from number_series where company_id = $1 for update', [company.id])
    const party = await guests[0]!.ask('POST', '/api/v1/parties', { name: 'Late', roles: ['customer'] })
    const { id: partyId } = JSON.parse(party.text) as { id: string }
    const lines = [{ description: 'Work', quantity: '1', unitPrice: '5.00' }]
    const drafts = await Promise.all(
      guests.map((guest) => guest.ask('POST', '/api/v1/invoices', { partyId, lines })),
    )
    const posting = drafts.map((draft, i) => {
      const { id } = JSON.parse(draft.text) as { id: string }
      return guests[i]!.ask('POST', `/api/v1/invoices/${id}/post`)
    })
    await pause(300)
    const ended = server.stop()
    await pause(700)
    await client.query('rollback')
    client.release()
    // Told to close, so that nobody waits for a connection that nobody will use again.
    const last = guests.map(() => [200, 'close'])
    expect((await Promise.all(posting)).map((each) => [each.status, each.headers.connection])).toEqual(last)
    expect(await ended).toBe(0)
    expect(processesOf(server).filter(isAlive)).toEqual([])
  })

  it('end with the process that started them', async () => {
    await startTwo()
    await server.stop('SIGKILL')
    for (let tries = 0; processesOf(server).some(isAlive) && tries < 100; tries++) await pause(50)
    expect(processesOf(server).filter(isAlive)).toEqual([])
  })
})

describe('workers', () => {
  it('share the connections that PostgreSQL allows, and are refused where there are too few', async () => {
    const { rows } = await database.ownerDb.query<{ n: number }>(
      `select current_setting('max_connections')::int as n`,
    )
    const refused = serve(64)
    expect(await refused.ended).toBe(1)
    expect(refused.output).toMatch(
      new RegExp(`allows ${rows[0]!.n - 3} connections; 64 workers need 212 or more`),
    )
  })

  it('say which port is taken', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const taken = (other.address() as AddressInfo).port
    const refused = serve(2, { PORT: String(taken) })
    expect(await refused.ended).toBe(1)
    expect(refused.output).toContain(`Port ${taken} is taken`)
    other.close()
  })
})

describe('counts for all workers', () => {
  it('begin anew with each window', () => {
    const counts = new Counts()
    expect([counts.count('a', 1000, 0).count, counts.count('a', 1000, 999).count]).toEqual([1, 2])
    expect(counts.count('b', 1000, 999)).toEqual({ count: 1, milliseconds: 1000 })
    expect(counts.count('a', 1000, 1000)).toEqual({ count: 1, milliseconds: 1000 })
  })

  it('do not grow without end', () => {
    const counts = new Counts()
    for (let i = 0; i < 120_000; i++) counts.count(`address ${i}`, 60_000, i / 100)
    expect(counts.size).toBeLessThanOrEqual(50_000)
  })
})
