import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestApp, startTestApp } from '../support/test-app.ts'
import { sampleRoutes } from './sample-routes.ts'

let app: TestApp

beforeAll(async () => {
  app = await startTestApp({ routes: sampleRoutes })
})
afterAll(() => app.close())

/** Cuts every connection of the application, as a restart of the database does. */
async function cutConnections(): Promise<void> {
  await app.ownerDb.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid() and usename = current_user`,
  )
}

describe('when the database goes away and comes back', () => {
  it('requests are asked to come again and nothing is done twice', async () => {
    const statuses = new Set<number>()
    for (let i = 0; i < 5; i++) {
      const names = Array.from({ length: 6 }, (_, n) => `Cut ${i}-${n}`)
      const create = (name: string) => app.send('POST', '/samples', { name }, { key: `key of ${name}` })
      const [first] = await Promise.all([Promise.all(names.map(create)), cutConnections()])
      for (const { status, json } of first) {
        statuses.add(status)
        if (status !== 201) expect([status, json.code]).toEqual([503, 'database-unavailable'])
      }
      for (const name of names) await untilCreated(() => create(name))
    }
    const { rows } = await app.ownerDb.query<{ n: number }>(
      `select count(*)::int as n from taxes where name like 'Cut %'`,
    )
    expect(rows[0]!.n).toBe(30)
    expect([...statuses].every((status) => status === 201 || status === 503)).toBe(true)
  })

  it('is not ready meanwhile', async () => {
    await app.db.end()
    const ready = await app.send('GET', '/api/ready', undefined, { as: null })
    expect([ready.status, ready.headers.get('retry-after')]).toEqual([503, '5'])
    expect((await app.send('GET', '/api/health', undefined, { as: null })).status).toBe(200)
    const answer = await app.send('GET', '/samples')
    expect([answer.status, answer.json.code]).toEqual([503, 'database-unavailable'])
  })
})

async function untilCreated(create: () => ReturnType<TestApp['send']>): Promise<void> {
  for (let tries = 1; ; tries++) {
    const { status } = await create()
    if (status === 201) return
    if (status !== 503 || tries > 20) throw new Error(`answers ${status}`)
  }
}
