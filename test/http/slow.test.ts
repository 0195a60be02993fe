import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OpenApiDocument } from '../../src/http/openapi.ts'
import { type TestApp, startTestApp } from '../support/test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app.close())

describe('patterns', () => {
  it('take no longer with a text that is made to hold them up', { timeout: 60_000 }, async () => {
    const document = await app.api<OpenApiDocument>('GET', '/openapi.json', undefined, { as: null })
    const patterns = new Set<string>()
    JSON.stringify(document, (key, value: unknown) => {
      // Examples are no schemas: a number series has a pattern of another kind.
      if (key === 'example' || key === 'examples') return undefined
      if (key === 'pattern' && typeof value === 'string') patterns.add(value)
      return value
    })
    expect(patterns.size).toBeGreaterThan(5)
    // As much as a body may hold. What goes back and forth over that does not end before the test does.
    const long = 1_000_000
    for (const pattern of patterns) {
      const expression = new RegExp(pattern, 'u')
      for (const unit of [
        '0',
        'a',
        'A',
        '-',
        '.',
        ':',
        ' ',
        '{',
        '#',
        '/',
        '_',
        'aA0-',
        '0.',
        'a-',
        '\u00e9',
      ]) {
        const text = unit.repeat(Math.floor(long / unit.length))
        for (const end of ['', '!', '\n']) expression.test(text + end)
      }
    }
  })

  it('are not asked about more than a body may hold', async () => {
    const body = { name: 'x', roles: ['customer'], currency: 'A'.repeat(900_000) }
    const answer = await app.send('POST', '/parties', body)
    expect(answer.status).toBe(400)
    expect(answer.text.length).toBeLessThan(10_000)
  })
})

describe('a client that sends byte by byte', () => {
  it('is cut off when the time for a request is over, and holds nobody up', { timeout: 90_000 }, async () => {
    const { server } = app.server
    expect([server.requestTimeout, server.headersTimeout]).toEqual([120_000, 60_000])
    // Node looks after slow ones every half minute; so that this need not take two, they have less time here.
    server.requestTimeout = 2000
    server.headersTimeout = 1000
    const port = Number(new URL(app.base).port)
    const ends = [
      'GET /api/v1/me HTTP/1.1\r\nHost: x\r\n',
      'POST /api/v1/parties HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\n{',
    ].map(
      (beginning) =>
        new Promise<string>((resolve) => {
          const socket = connect(port, '127.0.0.1', () => socket.write(beginning))
          let answered = ''
          const drip = setInterval(() => socket.write('x'), 500)
          socket.on('data', (chunk) => (answered += chunk.toString()))
          socket.on('error', () => {})
          socket.on('close', () => {
            clearInterval(drip)
            resolve(answered)
          })
        }),
    )
    expect((await app.send('GET', '/me')).status).toBe(200)
    for (const answered of await Promise.all(ends)) expect(answered).toMatch(/^HTTP\/1\.1 (401|408) /)
  })
})
