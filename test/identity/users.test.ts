import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Installation, owner, startInstallation } from './installation.ts'

let app: Installation
let cookie: string
let ownerId: string
beforeAll(async () => {
  app = await startInstallation()
  cookie = await app.signIn(owner.email, owner.password)
  ownerId = (await app.call('GET', '/me', { cookie })).json.id
})
afterAll(() => app.close())

const post = (path: string, body: object, as = cookie) => app.call('POST', path, { cookie: as, body })

describe('users', () => {
  it('get a one-time password, which opens nothing until it is replaced', async () => {
    const made = await post('/users', { email: 'Ewa@Example.com', name: 'Ewa Łoś', role: 'sales' })
    expect(made.status, made.text).toBe(201)
    expect(made.json).toMatchObject({
      email: 'ewa@example.com',
      role: 'sales',
      mustChangePassword: true,
      version: 1,
    })
    const { oneTimePassword } = made.json
    expect(oneTimePassword).toMatch(/^[a-z2-9]{5}(-[a-z2-9]{5}){3}$/)

    const ewa = await app.signIn('ewa@example.com', oneTimePassword)
    expect((await app.call('GET', '/me', { cookie: ewa })).json.mustChangePassword).toBe(true)
    const refused = await app.call('GET', '/companies', { cookie: ewa })
    expect([refused.status, refused.json.code]).toEqual([403, 'password-change-required'])

    // Its own successor it cannot be: who made it knows it.
    const kept = { currentPassword: oneTimePassword, newPassword: oneTimePassword }
    const same = await app.auth('/change-password', kept, { cookie: ewa })
    expect([same.status, await same.json()]).toMatchObject([400, { code: 'PASSWORD_UNCHANGED' }])
    expect((await app.call('GET', '/me', { cookie: ewa })).json.mustChangePassword).toBe(true)

    const changed = await app.auth(
      '/change-password',
      { currentPassword: oneTimePassword, newPassword: 'a-password-of-my-own' },
      { cookie: ewa },
    )
    expect(changed.status, await changed.clone().text()).toBe(200)
    expect((await app.call('GET', '/companies', { cookie: ewa })).status).toBe(200)
    expect((await app.call('GET', '/me', { cookie: ewa })).json).toMatchObject({
      name: 'Ewa Łoś',
      role: 'sales',
      mustChangePassword: false,
    })
    expect((await app.call('GET', '/users', { cookie: ewa })).status).toBe(403)
  })

  it('are listed, searched without accents and paged', async () => {
    for (const n of [1, 2, 3]) {
      const made = await post('/users', {
        email: `viewer${n}@example.com`,
        name: `Viewer ${n}`,
        password: 'some-long-password',
        role: 'viewer',
      })
      expect(made.status, made.text).toBe(201)
      expect(made.json.oneTimePassword).toBe(null)
    }
    const found = await app.call('GET', '/users?q=los', { cookie })
    expect(found.json.items.map((user) => user.email)).toEqual(['ewa@example.com'])
    expect((await app.call('GET', '/users?q=viewer2@', { cookie })).json.items).toHaveLength(1)
    const first = await app.call('GET', '/users?role=viewer&limit=2', { cookie })
    expect(first.json.items.map((user) => user.name)).toEqual(['Viewer 1', 'Viewer 2'])
    const rest = await app.call('GET', `/users?role=viewer&limit=2&cursor=${first.json.nextCursor}`, {
      cookie,
    })
    expect(rest.json.items.map((user) => user.name)).toEqual(['Viewer 3'])
    expect(rest.json.nextCursor).toBe(null)
    expect((await app.call('GET', '/users/count?role=viewer', { cookie })).json).toEqual({
      count: 3,
      capped: false,
    })
  })

  it('change role at once, with If-Match, and only to what fits', async () => {
    const [user] = (await app.call('GET', '/users?email=viewer1@example.com', { cookie })).json.items
    const path = `/users/${user!.id}`
    const theirs = await app.signIn('viewer1@example.com', 'some-long-password')
    expect((await app.call('GET', '/me', { cookie: theirs })).json.role).toBe('viewer')
    const changed = await app.call('PATCH', path, {
      cookie,
      body: { role: 'accounting', granted: ['users:read'] },
      headers: { 'if-match': '"1"' },
    })
    expect(changed.json).toMatchObject({ role: 'accounting', granted: ['users:read'], version: 2 })
    expect((await app.call('GET', '/me', { cookie: theirs })).json.role).toBe('accounting')
    expect((await app.call('GET', '/users', { cookie: theirs })).status).toBe(200)
    const denied = { denied: ['taxes:read'] }
    const less = await app.call('PATCH', path, { cookie, body: denied, headers: { 'if-match': '"2"' } })
    expect(less.status, less.text).toBe(200)
    const refused = await app.call('GET', '/taxes', { cookie: theirs })
    expect([refused.status, refused.json.detail]).toEqual([
      403,
      'The permission taxes:read of your role (accounting) was taken away from you. The owner of My company can give it back.',
    ])
    const stale = await app.call('PATCH', path, {
      cookie,
      body: { role: 'sales' },
      headers: { 'if-match': '"1"' },
    })
    expect([stale.status, stale.json.code]).toEqual([412, 'version-mismatch'])
    const customer = await app.call('PATCH', path, { cookie, body: { role: 'customer' } })
    expect([customer.status, customer.json.code]).toEqual([422, 'party-missing'])
    const foreign = await app.call('PATCH', path, { cookie, body: { partyId: ownerId } })
    expect([foreign.status, foreign.json.code]).toEqual([422, 'party-not-allowed'])
  })

  it('cannot give what they do not have themselves', async () => {
    const [user] = (await app.call('GET', '/users?email=viewer2@example.com', { cookie })).json.items
    await app.call('PATCH', `/users/${user!.id}`, {
      cookie,
      body: { granted: ['users:write', 'users:read'] },
    })
    const theirs = await app.signIn('viewer2@example.com', 'some-long-password')
    const up = await app.call('PATCH', `/users/${user!.id}`, { cookie: theirs, body: { role: 'owner' } })
    expect([up.status, up.json.code]).toEqual([403, 'forbidden'])
    const down = await app.call('PATCH', `/users/${ownerId}`, { cookie: theirs, body: { role: 'viewer' } })
    expect(down.status).toBe(403)
    expect((await app.call('DELETE', `/users/${ownerId}`, { cookie: theirs })).status).toBe(403)
    expect((await app.call('POST', `/users/${ownerId}/one-time-password`, { cookie: theirs })).status).toBe(
      403,
    )
    const make = await post('/users', { email: 'x@example.com', name: 'X', role: 'owner' }, theirs)
    expect(make.status).toBe(403)
  })

  it('of role customer belong to a party of this company, and its key does too', async () => {
    const made = await app.call('POST', '/parties', { cookie, body: { name: 'Shop', roles: ['customer'] } })
    expect(made.status, made.text).toBe(201)
    const login = { email: 'shop@example.com', name: 'Shop', role: 'customer' }
    const theirs = await post('/users', { ...login, partyId: made.json.id })
    expect(theirs.status, theirs.text).toBe(201)
    const unknown = { role: 'customer', partyId: ownerId }
    for (const answer of [
      await post('/users', { ...login, ...unknown, email: 'other@example.com' }),
      await app.call('PATCH', `/users/${theirs.json.id}`, { cookie, body: { partyId: ownerId } }),
      await post('/api-keys', { name: 'Shop', ...unknown }),
    ]) {
      expect([answer.status, answer.json.code]).toEqual([422, 'unknown-reference'])
      expect(answer.json.detail).toBe('This party does not exist or you may not see it.')
      expect(answer.json.errors).toMatchObject([{ pointer: '/partyId' }])
    }
    const used = await app.call('DELETE', `/parties/${made.json.id}`, { cookie })
    expect([used.status, used.json.code, used.json.usedBy]).toEqual([409, 'in-use', 'memberships'])
  })

  it('who belong to the company already are told so', async () => {
    const again = await post('/users', { email: 'Viewer2@example.com', role: 'sales' })
    expect([again.status, again.json.code]).toEqual([409, 'already-member'])
    expect(again.json.detail).toMatch(/viewer2@example\.com belongs to .+ already/)
  })

  it('leave the company an owner: the last one is neither removed nor demoted, also not by two at once', async () => {
    const removed = await app.call('DELETE', `/users/${ownerId}`, { cookie })
    expect([removed.status, removed.json.code]).toEqual([409, 'last-owner'])
    const demoted = await app.call('PATCH', `/users/${ownerId}`, { cookie, body: { role: 'viewer' } })
    expect([demoted.status, demoted.json.code]).toEqual([409, 'last-owner'])

    const second = await post('/users', {
      email: 'second@example.com',
      name: 'Second',
      password: 'some-long-password',
      role: 'owner',
    })
    const theirs = await app.signIn('second@example.com', 'some-long-password')
    const both = await Promise.all([
      app.call('PATCH', `/users/${ownerId}`, { cookie: theirs, body: { role: 'viewer' } }),
      app.call('PATCH', `/users/${second.json.id}`, { cookie, body: { role: 'viewer' } }),
    ])
    expect(both.filter((answer) => answer.status === 200)).toHaveLength(1)
    const owners = await app.ownerDb.query(
      "select count(*)::int as count from memberships where role = 'owner'",
    )
    expect(owners.rows[0].count).toBe(1)
    await app.ownerDb.query("update memberships set role = 'owner' where user_id = $1", [ownerId])
    await new Promise((resolve) => setTimeout(resolve, 2100)) // changed behind the server's back: it believes 2 s
  })

  it('lose access at once when they are removed, and keep their account', async () => {
    const [user] = (await app.call('GET', '/users?email=viewer3@example.com', { cookie })).json.items
    const theirs = await app.signIn('viewer3@example.com', 'some-long-password')
    expect((await app.call('GET', '/me', { cookie: theirs })).status).toBe(200)
    expect((await app.call('DELETE', `/users/${user!.id}`, { cookie })).status).toBe(204)
    const after = await app.call('GET', '/me', { cookie: theirs })
    expect([after.status, after.json.code]).toEqual([403, 'no-company'])
    expect((await app.call('GET', `/users/${user!.id}`, { cookie })).status).toBe(404)
    const again = await post('/users', { email: 'viewer3@example.com', role: 'warehouse' })
    expect([again.status, again.json.oneTimePassword]).toEqual([201, null])
    expect((await app.call('GET', '/me', { cookie: theirs })).json.role).toBe('warehouse')
    const twice = await post('/users', { email: 'viewer3@example.com', role: 'warehouse' })
    expect(twice.status).toBe(409)
    const password = await post('/users', {
      email: 'viewer3@example.com',
      role: 'sales',
      password: 'another-password',
    })
    expect([password.status, password.json.code]).toEqual([409, 'account-exists'])
  })

  it('who forgot the password get another and lose their sessions', async () => {
    const [user] = (await app.call('GET', '/users?email=viewer3@example.com', { cookie })).json.items
    const theirs = await app.signIn('viewer3@example.com', 'some-long-password')
    const given = await app.call('POST', `/users/${user!.id}/one-time-password`, { cookie })
    expect(given.status, given.text).toBe(200)
    expect((await app.call('GET', '/me', { cookie: theirs })).status).toBe(401)
    await expect(app.signIn('viewer3@example.com', 'some-long-password')).rejects.toThrow('401')
    await app.signIn('viewer3@example.com', given.json.oneTimePassword)
  })

  it('have a name of one line, also where they change it themselves', async () => {
    const change = (name: string) => app.auth('/update-user', { name }, { cookie })
    const refused = await change('Ann\nLee')
    expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([
      400,
      'INVALID_PROFILE',
    ])
    expect((await change('owner')).status).toBe(200)
  })

  it('stand in the audit trail, their passwords do not', async () => {
    const trail = await app.call('GET', '/audit?objectKind=user&limit=200', { cookie })
    expect(trail.status, trail.text).toBe(200)
    expect(new Set(trail.json.items.map((entry) => entry.type))).toEqual(
      new Set(['user.added', 'user.changed', 'user.removed', 'user.password-reset']),
    )
    const events = await app.ownerDb.query(
      'select coalesce(before::text, $1) || coalesce(after::text, $1) as t from events',
      [''],
    )
    const all = events.rows.map((row) => row.t as string).join('\n')
    expect(all).not.toMatch(/password"|oneTimePassword|some-long-password|hash/)
  })

  it('who change their own name are written down, and have a password of their own', async () => {
    const login = { email: 'nadia@example.com', name: 'Nadia', role: 'viewer' }
    const { id, oneTimePassword } = (await post('/users', login)).json
    const second = await post('/companies', { name: 'Second', currency: 'EUR' })
    expect(second.status, second.text).toBe(201)
    const { slug } = second.json
    const join = { email: login.email, role: 'viewer' }
    expect((await app.call('POST', '/users', { cookie, company: slug, body: join })).status).toBe(201)
    const theirs = await app.signIn(login.email, oneTimePassword)
    const rename = async (name: string, as = theirs) =>
      (await app.auth('/update-user', { name }, { cookie: as })).status
    const nameOf = async () => (await app.call('GET', `/users/${id}`, { cookie })).json.name
    expect(await rename('The Owner')).toBe(403)
    expect(await nameOf()).toBe('Nadia')
    const change = { currentPassword: oneTimePassword, newPassword: 'three blind mice run' }
    expect((await app.auth('/change-password', change, { cookie: theirs })).status).toBe(200)
    for (const name of ['Nadia\nOwner', 'Nadia\u2028Owner', 'Nadia\u0007', ' '])
      expect([name, await rename(name)]).toEqual([name, 400])
    expect(await rename('Nadia')).toBe(200)
    expect(await rename('Nadia Nowak')).toBe(200)
    expect(await nameOf()).toBe('Nadia Nowak')
    for (const company of ['', slug]) {
      const path = `/audit?objectId=${id}&type=user.changed`
      const { items } = (await app.call('GET', path, { cookie, ...(company && { company }) })).json
      expect(items).toMatchObject([
        { actor: { type: 'user', id }, before: { name: 'Nadia' }, after: { name: 'Nadia Nowak' } },
      ])
    }
  })
})
