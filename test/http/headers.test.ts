import { Writable } from 'node:stream'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createLogger } from '../../src/http/logger.ts'
import { type TestApp, startTestApp } from '../support/test-app.ts'
import { sampleRoutes } from './sample-routes.ts'

let app: TestApp
const lines: string[] = []
beforeAll(async () => {
  const kept = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk))
      done()
    },
  })
  app = await startTestApp({
    routes: sampleRoutes,
    server: { baseUrl: 'https://stock.example.com', logger: createLogger('info', kept) },
  })
})
afterAll(() => app.close())

it('no cache keeps rows, refusals or sessions', async () => {
  const rows = await app.send('GET', '/samples')
  const refused = await app.send('GET', '/nothing-here')
  const session = await app.send('GET', '/api/auth/get-session', undefined, { as: null })
  for (const { headers } of [rows, refused, session]) expect(headers.get('cache-control')).toBe('no-store')
})

it('browsers are told to load nothing strange, to be framed by nobody and to stay with https', async () => {
  const { headers } = await app.send('GET', '/samples')
  const policy = headers.get('content-security-policy')
  expect(policy).toContain("default-src 'self'")
  expect(policy).toContain("frame-ancestors 'none'")
  expect(policy).toContain("object-src 'none'")
  expect(policy).not.toContain('unsafe-eval')
  expect(policy).not.toMatch(/script-src[^;]*unsafe-inline/)
  expect(headers.get('x-frame-options')).toBe('DENY')
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(headers.get('referrer-policy')).toBe('same-origin')
  expect(headers.get('strict-transport-security')).toMatch(/max-age=31536000/)
})

it('the log says where a refused sign-in came from, and not with what', async () => {
  const wrong = { email: 'somebody@example.com', password: 'not-the-right-one' }
  const headers = { origin: app.base }
  const answer = await app.send('POST', '/api/auth/sign-in/email', wrong, { as: null, headers })
  expect(answer.status).toBe(401)
  const line = lines.find((each) => each.includes('/api/auth/sign-in/email') && each.includes('"status":401'))
  expect(JSON.parse(line!)).toMatchObject({ method: 'POST', address: '127.0.0.1' })
  expect(lines.join('\n')).not.toContain(wrong.password)
})
