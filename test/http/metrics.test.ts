import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inTransaction } from '../../src/kernel/transaction.ts'
import { type TestApp, startTestApp } from '../support/test-app.ts'
import { sampleRoutes } from './sample-routes.ts'

const token = 'a token of tests, not a secret'.replaceAll(' ', '-')

describe('the metrics of a server', () => {
  let app: TestApp
  beforeAll(async () => {
    app = await startTestApp({ routes: sampleRoutes })
  })
  afterAll(() => app.close())

  async function metrics(): Promise<string> {
    const answer = await fetch(`${app.base}/metrics`)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
    return answer.text()
  }

  async function value(series: string): Promise<number> {
    const line = (await metrics()).split('\n').find((each) => each.startsWith(`${series} `))
    return line === undefined ? 0 : Number(line.slice(series.length))
  }

  it('count requests by the pattern of their route, never by their address', async () => {
    const { id } = await app.api('POST', '/samples', { name: 'counted' })
    await app.api('GET', `/samples/${id}`)
    await app.send('GET', '/nowhere/at/all')
    const text = await metrics()
    expect(text).toMatch(
      /zapas_http_request_duration_seconds_count\{method="POST",route="\/api\/v1\/samples",status="201"\} 1\n/,
    )
    expect(text).toMatch(/_count\{method="GET",route="\/api\/v1\/samples\/:id",status="200"\} 1\n/)
    expect(text).toMatch(/_count\{method="GET",route="unknown",status="404"\} 1\n/)
    expect(text).not.toContain(id)
    expect(text).not.toContain('nowhere')
  })

  it('count round trips and retried transactions', async () => {
    const before = await value('zapas_database_round_trips_total')
    await app.api('GET', '/samples')
    expect(await value('zapas_database_round_trips_total')).toBeGreaterThan(before)

    const retries = await value('zapas_database_transactions_retried_total')
    let attempt = 0
    await inTransaction(app.db, { companyId: null }, async () => {
      attempt++
      if (attempt < 3) throw Object.assign(new Error('deadlock'), { code: '40P01' })
    })
    expect((await value('zapas_database_transactions_retried_total')) - retries).toBe(2)
  })

  it('count answers that were given again', async () => {
    for (let i = 0; i < 3; i++) await app.api('POST', '/samples', { name: 'again' }, { key: 'same-key' })
    expect(await value('zapas_http_idempotent_replays_total')).toBe(2)
  })

  it('show the connections, the event loop and the process', async () => {
    expect(await value('zapas_database_connections{state="total"}')).toBeGreaterThan(0)
    const text = await metrics()
    expect(text).toContain('zapas_database_connections{state="idle"}')
    expect(text).toContain('zapas_database_connections{state="waiting"} 0')
    expect(text).toContain('nodejs_eventloop_lag_p99_seconds')
    expect(text).toContain('process_resident_memory_bytes')
  })

  it('are for this machine only, and not for what is passed on by it', async () => {
    expect(await statusWith(app, { 'x-forwarded-for': '203.0.113.9' })).toBe(404)
    expect(await statusWith(app, { forwarded: 'for=203.0.113.9' })).toBe(404)
    expect(await statusWith(app, { host: 'stock.example.com' })).toBe(404)
    expect(await statusWith(app, {})).toBe(200)
  })
})

describe('metrics with a token', () => {
  let app: TestApp
  beforeAll(async () => {
    app = await startTestApp({ routes: sampleRoutes, server: { metricsToken: token } })
  })
  afterAll(() => app.close())

  it('are for whoever sends it, from anywhere, and for nobody else', async () => {
    expect(await statusWith(app, {})).toBe(404)
    expect(await statusWith(app, { authorization: 'Bearer something-else-of-that-kind' })).toBe(404)
    // The key of an owner opens a company, not the server.
    expect(await statusWith(app, { ...app.owner.headers })).toBe(404)
    const authorization = `Bearer ${token}`
    expect(await statusWith(app, { authorization })).toBe(200)
    expect(await statusWith(app, { authorization, host: 'stock.example.com' })).toBe(200)
  })
})

/** By hand, because fetch keeps the Host header to itself. */
function statusWith(app: TestApp, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(`${app.base}/metrics`, { headers }, (answer) => {
      answer.resume()
      answer.on('end', () => resolve(answer.statusCode))
    })
      .on('error', reject)
      .end()
  })
}
