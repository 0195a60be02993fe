import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAuth } from '../../src/identity/auth.ts'
import { Dice, hostileTexts, hostileValues } from '../support/hostile-values.ts'
import { type TestApp, startTestApp } from '../support/test-app.ts'

/** What the sign-in library answers under /api/auth is in no document of ours: it is asked what it has. */

const dice = new Dice(20_261_125)
const fields = ['email', 'password', 'newPassword', 'currentPassword', 'code', 'token', 'name', 'callbackURL']

interface Place {
  readonly path: string
  readonly methods: readonly string[]
}

let app: TestApp
let places: Place[]
beforeAll(async () => {
  app = await startTestApp()
  const auth = createAuth({ db: app.db, secret: 'x'.repeat(40), baseUrl: 'http://localhost' })
  const known = Object.values(auth.api) as { path?: string; options: { method?: string | string[] } }[]
  places = known.flatMap(({ path, options }) =>
    path === undefined ? [] : [{ path, methods: [options.method ?? 'GET'].flat() }],
  )
})
afterAll(() => app.close())

/** Its answer, and what is wrong with it. */
async function faultOf(
  method: string,
  path: string,
  body: string | undefined,
  headers: Record<string, string>,
) {
  const answer = await fetch(`${app.base}/api/auth${path}`, {
    method,
    headers: { 'content-type': 'application/json', origin: app.base, ...headers },
    redirect: 'manual',
    ...(method !== 'GET' && body !== undefined && { body }),
  })
  const text = await answer.text()
  const asked = `${method} ${path} ${body?.slice(0, 200)} answered ${answer.status} ${text.slice(0, 200)}`
  if (answer.status >= 500) return asked
  if (/node_modules|\.ts:\d|select .* from|auth\."|duplicate key|syntax error/.test(text))
    return `leak: ${asked}`
  if (/<script>alert/.test(text)) return `script: ${asked}`
  const target = answer.headers.get('location')
  if (
    target !== null &&
    new URL(target, app.base).origin !== new URL(app.base).origin &&
    !target.startsWith('http://localhost')
  )
    return `sent away to ${target}: ${asked}`
  return null
}

describe('no address under /api/auth', () => {
  it('breaks, shows its inside or sends away, whoever asks for whatever', { timeout: 400_000 }, async () => {
    expect(places.length).toBeGreaterThan(20)
    const faults: string[] = []
    let sent = 0
    for (const { path, methods } of places) {
      // Nobody's session is ended by another's request: each place gets one of its own.
      const { cookie } = (await app.sessionAs('viewer')).headers
      for (const method of methods) {
        const bodies = [
          '',
          '[]',
          '5',
          'null',
          '{',
          '"text"',
          '{"__proto__":{"a":1}}',
          '['.repeat(5000),
          ...hostileValues(dice).map((value) =>
            JSON.stringify(Object.fromEntries(fields.map((field) => [field, value]))),
          ),
        ]
        const queries = [
          '',
          ...hostileTexts(dice).filter((text) => text.isWellFormed() && text.length < 2000),
        ]
        const asks = [
          ...bodies.map((body) => ({ body, query: '' })),
          ...queries.map((text) => ({
            body: '{}',
            query: `?token=${encodeURIComponent(text)}&callbackURL=${encodeURIComponent(text)}&error=${encodeURIComponent(text)}`,
          })),
          { body: '{}', query: '?callbackURL=https%3A%2F%2Fevil.example&token=x' },
        ]
        for (const { body, query } of asks) {
          for (const headers of [{}, { cookie: cookie! }]) {
            sent++
            const to = path.replace(/:\w+/g, 'x') + query
            const fault = await faultOf(method, to, body, headers as Record<string, string>)
            if (fault !== null) faults.push(fault)
          }
        }
      }
    }
    expect(sent).toBeGreaterThan(1000)
    expect(faults.slice(0, 20).join('\n')).toBe('')
  })
})
