import { afterEach, expect, it } from 'vitest'
import { routes } from '../../src/app.ts'
import type { OpenApiDocument } from '../../src/http/openapi.ts'
import type { AnyRoute } from '../../src/http/route.ts'
import { HostileRun } from '../support/hostile-run.ts'
import { type TestApp, startTestApp } from '../support/test-app.ts'
import { sampleRoutes } from './sample-routes.ts'

const seed = 20_261_124
const seconds = 240

let app: TestApp | null = null
afterEach(() => app?.close())

async function hostileRun(tried: readonly AnyRoute[]): Promise<HostileRun> {
  app = await startTestApp({ routes: tried })
  const document = await app.api<OpenApiDocument>('GET', '/openapi.json', undefined, { as: null })
  const run = new HostileRun(app, document, seed, seconds)
  await run.run()
  expect(run.endpoints).toBe(tried.length)
  expect(run.faults.join('\n')).toBe('')
  expect(run.complete, `${run.sent} requests took longer than ${seconds} s`).toBe(true)
  return run
}

const limit = { timeout: (seconds * 5 + 60) * 1000 }

it('the HTTP shell does not break on hostile requests', limit, async () => {
  const run = await hostileRun(sampleRoutes.filter(({ path }) => !path.includes('faulty')))
  expect(run.sent).toBeGreaterThan(300)
  expect(run.reached.size).toBe(run.endpoints)
})

it(
  'no endpoint breaks on hostile requests, lets strangers in or touches another company',
  limit,
  async () => {
    const run = await hostileRun(routes)
    expect(run.sent).toBeGreaterThan(run.endpoints * 20)
  },
)
