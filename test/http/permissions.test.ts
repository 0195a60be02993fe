import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { routes } from '../../src/app.ts'
import { may, permissionsOf, roles } from '../../src/permissions.ts'
import type { Caller } from '../support/companies.ts'
import { type TestApp, startTestApp } from '../support/test-app.ts'

let app: TestApp
let partyId: string

beforeAll(async () => {
  app = await startTestApp()
  partyId = (await app.api('POST', '/parties', { name: 'Customer', roles: ['customer'] })).id
})
afterAll(() => app.close())

/** Who may call what, as it is answered: every role at every endpoint, on a row that does not exist. */
describe.each(roles)('the role %s', (role) => {
  it('reaches what its permissions say, and nothing else', { timeout: 60_000 }, async () => {
    const caller: Caller = await app.signInAs(role, role === 'customer' ? { partyId } : {})
    const wrong: string[] = []
    for (const { method, path, permission } of routes) {
      const address = path.replace(/\{\w+\}/g, () => randomUUID())
      // No body: what is let through is stopped by its validation at the latest.
      const { status, json } = await app.send(method, address, undefined, { as: caller, key: null })
      const allowed = may(permissionsOf[role], permission)
      const refused = status === 403 && json.code === 'forbidden' && json.detail.includes(permission)
      if (status === 401 || refused === allowed) {
        wrong.push(`${method} ${path} needs ${permission} and answers ${status} ${json.detail}`)
      }
    }
    expect(wrong).toEqual([])
  })
})
