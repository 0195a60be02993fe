import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLogger } from '../../src/http/logger.ts'
import { type TestApp, startTestApp } from '../support/test-app.ts'
import { sampleRoutes } from './sample-routes.ts'

const lines: string[] = []
const logger = createLogger('debug', {
  write: (line: string) => {
    lines.push(line)
  },
})
let app: TestApp

beforeAll(async () => {
  app = await startTestApp({ routes: sampleRoutes, server: { logger } })
})
afterAll(() => app.close())

describe('the log', () => {
  it('tells a request and who sent it, without the query, headers and body', async () => {
    lines.length = 0
    await app.send('GET', '/samples?q=hush')
    const told = lines.map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(told.find((each) => each.msg === 'request')).toMatchObject({
      method: 'GET',
      path: '/api/v1/samples',
      status: 200,
      company: app.company.slug,
    })
    expect(lines.join('')).not.toMatch(/hush|Bearer/)
  })

  it('holds the stack of an unknown error under the request id', async () => {
    lines.length = 0
    const answer = await app.send('GET', '/samples/faulty/throws')
    const told = lines.map((line) => JSON.parse(line) as { reqId?: string; err?: { stack?: string } })
    const error = told.find((each) => each.err !== undefined)
    expect(error?.reqId).toBe(answer.json.requestId)
    expect(error?.err?.stack).toContain('secret of the server')
  })

  it('hides secrets wherever they stand', () => {
    lines.length = 0
    logger.info({
      password: 'p1',
      headers: { authorization: 'p2', cookie: 'p3', 'set-cookie': 'p4' },
      req: { headers: { authorization: 'p5' }, body: { newPassword: 'p6' } },
    })
    expect(lines.join('')).not.toMatch(/p[1-6]/)
  })

  it('tells of a database error what is needed and nothing of the rows', () => {
    lines.length = 0
    const error = Object.assign(new Error('duplicate key'), {
      code: '23505',
      constraint: 'parties_code',
      detail: 'Key (code)=(private) already exists.',
      client: { password: 'private' },
    })
    logger.error({ err: error }, 'x')
    expect(lines.join('')).toContain('parties_code')
    expect(lines.join('')).not.toContain('private')
  })
})
