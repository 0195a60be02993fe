import { afterEach, expect, it } from 'vitest'
import { routes } from '../../src/app.ts'
import { checkCompany } from '../../src/check.ts'
import type { OpenApiDocument } from '../../src/http/openapi.ts'
import type { AnyRoute } from '../../src/http/route.ts'
import { type Transaction, inTransaction } from '../../src/kernel/transaction.ts'
import { HostileRun } from '../support/hostile-run.ts'
import { type TestApp, startTestApp } from '../support/test-app.ts'
import { sampleRoutes } from './sample-routes.ts'

/** ZAPAS_FUZZ=100000 sends that many requests; ZAPAS_FUZZ_SEED begins elsewhere. */
const mostAttempts = Number(process.env.ZAPAS_FUZZ ?? 10_000)
const seed = Number(process.env.ZAPAS_FUZZ_SEED ?? 20_261_124)
const seconds = Math.max(600, mostAttempts / 25)

let app: TestApp | null = null
afterEach(() => app?.close())

async function hostileRun(tried: readonly AnyRoute[], most = mostAttempts): Promise<HostileRun> {
  app = await startTestApp({ routes: tried })
  const document = await app.api<OpenApiDocument>('GET', '/openapi.json', undefined, { as: null })
  const run = new HostileRun(app, document, { seed, seconds, mostAttempts: most })
  await run.run()
  expect(run.endpoints).toBe(tried.length)
  expect(run.faults.join('\n')).toBe('')
  expect(run.complete, `${run.sent} requests took longer than ${seconds} s`).toBe(true)
  for (const companyId of run.companies) {
    const check = (tx: Transaction) => checkCompany(tx, companyId)
    expect(await inTransaction(app.db, { companyId }, check, { readOnly: true })).toEqual([])
  }
  return run
}

const limit = { timeout: (seconds + 300) * 1000 }

it('the HTTP shell does not break on hostile requests', limit, async () => {
  const run = await hostileRun(
    sampleRoutes.filter(({ path }) => !path.includes('faulty')),
    mostAttempts / 5,
  )
  expect(run.sent).toBeGreaterThan(300)
  expect(run.reached.size).toBe(run.endpoints)
})

it(
  'no endpoint breaks on hostile requests, shows its inside, lets strangers in, touches another company or leaves a figure wrong',
  limit,
  async () => {
    const run = await hostileRun(routes)
    expect(run.sent).toBeGreaterThan(run.endpoints * 20)
  },
)
