import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestApp, startTestApp } from '../support/test-app.ts'
import { sampleRoutes } from './sample-routes.ts'

describe('writes with a session cookie', () => {
  let app: TestApp
  let cookie: string
  beforeAll(async () => {
    app = await startTestApp({ routes: sampleRoutes, server: { baseUrl: 'http://stock.example.com' } })
    cookie = (await app.sessionAs('owner')).headers.cookie!
  })
  afterAll(() => app.close())

  async function write(headers: Record<string, string>): Promise<number> {
    const name = `Sample ${Math.random()}`
    const answer = await app.send('POST', '/samples', { name }, { as: null, headers: { cookie, ...headers } })
    if (answer.status === 403) expect(answer.json.code).toBe('foreign-origin')
    return answer.status
  }

  it('come from a page of this server', async () => {
    expect(await write({ origin: app.base })).toBe(201)
    expect(await write({ origin: 'http://stock.example.com' })).toBe(201)
  })

  it('are refused from elsewhere, also when the page does not say where', async () => {
    expect(await write({ origin: 'https://evil.example' })).toBe(403)
    expect(await write({ origin: 'null' })).toBe(403)
    expect(await write({ 'sec-fetch-site': 'cross-site' })).toBe(403)
    expect(await write({})).toBe(403)
  })

  it('do not concern API keys', async () => {
    const answer = await app.send(
      'POST',
      '/samples',
      { name: 'key' },
      { headers: { origin: 'https://evil.example' } },
    )
    expect(answer.status).toBe(201)
  })

  it('do not concern reads', async () => {
    expect((await app.send('GET', '/samples', undefined, { as: null, headers: { cookie } })).status).toBe(200)
  })
})

describe('rate limits', () => {
  let app: TestApp
  beforeAll(async () => {
    app = await startTestApp({
      routes: sampleRoutes,
      server: {
        rateLimits: { perActor: 3, refusedPerAddress: 2, signInPerAddress: 2 },
      },
    })
  })
  afterAll(() => app.close())

  it('stop one actor, not another', async () => {
    const other = await app.signInAs('viewer')
    const statuses = []
    for (let i = 0; i < 4; i++) statuses.push((await app.send('GET', '/samples')).status)
    expect(statuses).toEqual([200, 200, 200, 429])
    expect((await app.send('GET', '/samples', undefined, { as: other })).status).toBe(200)
    const stopped = await app.send('GET', '/samples')
    expect(stopped.json.code).toBe('too-many-requests')
    expect(Number(stopped.headers.get('retry-after'))).toBeGreaterThan(0)
  })

  it('stop who tries out keys', async () => {
    const statuses = []
    for (let i = 0; i < 3; i++)
      statuses.push((await app.send('GET', '/samples', undefined, { as: null })).status)
    expect(statuses).toEqual([401, 401, 429])
  })

  it('stop who tries out passwords', async () => {
    const signIn = () =>
      app.send(
        'POST',
        '/api/auth/sign-in/email',
        { email: 'a@example.com', password: 'wrong' },
        { as: null, headers: { 'x-forwarded-for': '10.9.8.7', origin: app.base } },
      )
    expect([(await signIn()).status, (await signIn()).status]).toEqual([401, 401])
    const stopped = await signIn()
    expect([stopped.status, stopped.json.code]).toEqual([429, 'too-many-requests'])
    expect((await app.send('GET', '/api/auth/get-session', undefined, { as: null })).status).toBe(200)
  })
})
