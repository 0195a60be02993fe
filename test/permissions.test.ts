import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { routes } from '../src/app.ts'
import { type Role, may, permissionsOf, roles } from '../src/permissions.ts'
import type { Caller } from './support/companies.ts'
import { permissionTable } from './support/permission-table.ts'
import { type TestApp, startTestApp } from './support/test-app.ts'

const letters = 'OSPWAVC'

interface Line {
  readonly name: string
  readonly allowed: ReadonlySet<Role>
}

const lines: readonly Line[] = permissionTable
  .split('\n')
  .filter((line) => line.trim() !== '')
  .map((line) => {
    const [marks, method, path] = line.split(/ +/)
    return { name: `${method} ${path}`, allowed: new Set(roles.filter((_, i) => marks![i] === letters[i])) }
  })

describe('the table of permissions', () => {
  it('has every route once, as its permission says', () => {
    const marks = (allowed: (role: Role) => boolean): string =>
      roles.map((role, i) => (allowed(role) ? letters[i] : '.')).join('')
    const real = routes.map(({ method, path, permission }) => {
      const granted = marks((role) => may(permissionsOf[role], permission))
      return `${granted} ${method} ${path}`
    })
    const written = lines.map(({ name, allowed }) => `${marks((role) => allowed.has(role))} ${name}`)
    const lacking = real.filter((line) => !written.includes(line))
    const wrong = written.filter((line) => !real.includes(line))
    expect({ lacking, wrong }, 'lines that the table lacks, and lines that are not so').toEqual({
      lacking: [],
      wrong: [],
    })
    expect(written).toHaveLength(real.length)
  })
})

describe('the server', () => {
  let app: TestApp
  let partyId: string
  beforeAll(async () => {
    app = await startTestApp()
    partyId = (await app.api('POST', '/parties', { name: 'Customer', roles: ['customer'] })).id
  })
  afterAll(() => app.close())

  it.each(roles)('lets the role %s through where the table says so, and nowhere else', async (role) => {
    const caller: Caller = await app.signInAs(role, role === 'customer' ? { partyId } : {})
    const wrong: string[] = []
    for (const { name, allowed } of lines) {
      const [method, path] = name.split(' ')
      const address = path!.replace(/\{\w+\}/g, () => randomUUID())
      // Without a body and on rows that do not exist: what is let through is stopped there and not before.
      const { status, json } = await app.send(method!, address, undefined, { as: caller, key: null })
      // No role opens a customer's link, and whether there is one is not told.
      const refused =
        (status === 403 && json.code === 'forbidden') || (status === 404 && path!.startsWith('/portal/'))
      if (status === 401 || status >= 500 || refused === allowed.has(role)) {
        wrong.push(`${name} answers ${status} ${json.detail}`)
      }
    }
    expect(wrong).toEqual([])
  })

  it('lets nobody through without a sign-in, but to set up, and providers who sign', async () => {
    const open: string[] = []
    for (const { name } of lines) {
      const [method, path] = name.split(' ')
      const address = path!.replace(/\{\w+\}/g, () => randomUUID())
      const { status } = await app.send(method!, address, undefined, { as: null, key: null })
      if (status !== (path!.startsWith('/portal/') ? 404 : 401)) open.push(name)
    }
    expect(open).toEqual(['GET /setup', 'POST /setup/owner', 'POST /online-payments/{companyId}/stripe'])
  })
})
