import { afterAll, beforeAll, expect, it } from 'vitest'
import type { OpenApiDocument } from '../../src/http/openapi.ts'
import { HostileRun } from '../support/hostile-run.ts'
import { type TestApp, startTestApp } from '../support/test-app.ts'
import { sampleRoutes } from './sample-routes.ts'

const seed = 20_261_124
const seconds = 60

let app: TestApp

beforeAll(async () => {
  app = await startTestApp({ routes: sampleRoutes.filter(({ path }) => !path.includes('faulty')) })
})
afterAll(() => app.close())

it(
  'no endpoint breaks on hostile requests, lets strangers in or touches another company',
  { timeout: (seconds + 30) * 1000 },
  async () => {
    const document = await app.api<OpenApiDocument>('GET', '/openapi.json', undefined, { as: null })
    const run = new HostileRun(app, document, seed, seconds)
    await run.run()
    expect(run.endpoints).toBeGreaterThan(5)
    expect(run.sent).toBeGreaterThan(run.endpoints * 10)
    expect(run.faults.slice(0, 20).join('\n')).toBe('')
    expect(run.complete, `${run.sent} requests took longer than ${seconds} s`).toBe(true)
  },
)
