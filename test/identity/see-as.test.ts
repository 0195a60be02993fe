import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Caller } from '../support/companies.ts'
import { type TestApp, startTestApp } from '../support/test-app.ts'

describe('seeing Zapas as a role does', () => {
  let app: TestApp
  let owner: Caller
  beforeAll(async () => {
    app = await startTestApp()
    owner = await app.sessionAs('owner')
  })
  afterAll(() => app.close())

  const asked = (method: string, path: string, role: string, who = owner, body?: unknown) =>
    app.send(method, path, body, { as: who, headers: { 'zapas-see-as': role } })

  it('shows what the role sees, to who may manage users', async () => {
    const { json } = await asked('GET', '/me', 'warehouse')
    const { role, permissions } = json as unknown as { role: string; permissions: string[] }
    expect(role).toBe('warehouse')
    expect(permissions).toContain('delivery-note:post')
    expect(permissions).not.toContain('invoice:read')
    expect((await asked('GET', '/invoices', 'warehouse')).status).toBe(403)
    expect((await asked('GET', '/delivery-notes', 'warehouse')).status).toBe(200)
    expect((await app.send('GET', '/invoices', undefined, { as: owner })).status).toBe(200)
  })

  it('writes nothing meanwhile, not even what the role may write', async () => {
    const product = { sku: 'SEEN', name: 'Seen', unit: 'pcs' }
    const answer = await asked('POST', '/products', 'purchasing', owner, product)
    expect(answer).toMatchObject({ status: 403, json: { code: 'seeing-as' } })
    expect((await app.send('POST', '/products', product, { as: owner })).status).toBe(201)
  })

  it('is no way to more, and none for others', async () => {
    const sales = await app.sessionAs('sales')
    expect((await asked('GET', '/me', 'owner', sales)).status).toBe(403)
    expect((await asked('GET', '/me', 'customer')).status).toBe(400)
    expect((await asked('GET', '/me', 'emperor')).status).toBe(400)
  })

  it('tells when somebody was last seen', async () => {
    const { json } = await app.send('GET', '/users', undefined, { as: owner })
    const seen = (json as unknown as { items: { lastSeenAt: string | null }[] }).items.map(
      (user) => user.lastSeenAt,
    )
    expect(seen.some((at) => at !== null && Date.now() - Date.parse(at) < 86_400_000)).toBe(true)
  })
})
