import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestApp, startTestApp } from '../support/test-app.ts'
import { sampleRoutes } from './sample-routes.ts'

describe('writes with a session cookie', () => {
  let app: TestApp
  beforeAll(async () => {
    app = await startTestApp({
      routes: sampleRoutes,
      server: { baseUrl: 'https://stock.example.com' },
    })
  })
  afterAll(() => app.close())

  async function write(headers: Record<string, string>): Promise<number> {
    const cookie = app.owner.headers.authorization!.replace('Bearer ', 'session=')
    const name = `Sample ${Math.random()}`
    const answer = await app.send('POST', '/samples', { name }, { as: null, headers: { cookie, ...headers } })
    if (answer.status === 403) expect(answer.json.code).toBe('foreign-origin')
    return answer.status
  }

  it('come from a page of this server', async () => {
    expect(await write({ origin: app.base })).toBe(201)
    expect(await write({ origin: 'https://stock.example.com' })).toBe(201)
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
    const cookie = app.owner.headers.authorization!.replace('Bearer ', 'session=')
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
        authHandler: async (request) => {
          const headers = new Headers({ 'content-type': 'application/json' })
          headers.append('set-cookie', 'a=1; Path=/')
          headers.append('set-cookie', 'b=2; Path=/')
          const body = request.body ? ((await request.json()) as object) : null
          const told = { url: request.url, body, from: request.headers.get('x-forwarded-for') }
          return new Response(JSON.stringify(told), { status: 201, headers })
        },
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

  it('stop who tries out passwords, and pass everything else to the sign-in library', async () => {
    const signIn = () =>
      app.send(
        'POST',
        '/api/auth/sign-in/email',
        { email: 'a@example.com' },
        {
          as: null,
          headers: { 'x-forwarded-for': '10.9.8.7' },
        },
      )
    const first = await signIn()
    expect(first.status).toBe(201)
    expect(first.json).toEqual({
      url: `${app.base}/api/auth/sign-in/email`,
      body: { email: 'a@example.com' },
      from: '127.0.0.1',
    })
    expect(first.headers.getSetCookie()).toEqual(['a=1; Path=/', 'b=2; Path=/'])
    await signIn()
    expect((await signIn()).status).toBe(429)
    expect((await app.send('GET', '/api/auth/get-session', undefined, { as: null })).status).toBe(201)
  })
})
