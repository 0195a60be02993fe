import { hashPassword } from 'better-auth/crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asSystem, createUser } from '../../src/identity/index.ts'
import { firstStart } from '../../src/setup/index.ts'
import { copyDatabase } from '../support/databases.ts'
import { type Installation, owner, startInstallation } from './installation.ts'

let app: Installation
let cookie: string
beforeAll(async () => {
  app = await startInstallation()
  cookie = await app.signIn(owner.email, owner.password)
})
afterAll(() => app.close())

const common = {
  qwertyuiop: /one of the most used/,
  Basketball: /one of the most used/,
  '1q2w3e4r5t': /one of the most used/,
  abababababab: /repeats the same few/,
  zzzyzzzyzzzyz: /repeats the same few/,
  ghijklmnopqrs: /in their order/,
  'Zapas-2026!': /the word 'zapas'/,
}

describe('a password that is guessed early', () => {
  it.each(Object.entries(common))('%s is refused for a new person', async (password, why) => {
    const body = { email: 'new@example.com', name: 'New Person', role: 'viewer', password }
    const answer = await app.call('POST', '/users', { cookie, body })
    expect([answer.status, answer.json.code]).toEqual([422, 'password-too-common'])
    expect(answer.json.detail).toMatch(why)
    expect(answer.json.errors).toMatchObject([{ pointer: '/password' }])
  })

  it('is also one made of the person’s own name or address', async () => {
    for (const password of ['kowalski-1999', 'janina.12345']) {
      const body = { email: 'janina@example.com', name: 'Janina Kowalski', role: 'viewer', password }
      const answer = await app.call('POST', '/users', { cookie, body })
      expect([answer.status, answer.json.code]).toEqual([422, 'password-too-common'])
    }
  })

  it('is refused when somebody changes the own one, and the old one stays', async () => {
    for (const newPassword of ['qwertyuiop', 'owner12345']) {
      const answer = await app.auth(
        '/change-password',
        { currentPassword: owner.password, newPassword },
        { cookie },
      )
      expect(answer.status).toBe(400)
      expect(await answer.json()).toMatchObject({ code: 'PASSWORD_TOO_COMMON' })
    }
    expect(await app.signIn(owner.email, owner.password)).not.toBe('')
  })

  it('is refused on the command line, for it makes people in the same way', async () => {
    const person = { email: 'line@example.com', name: 'Line', role: 'viewer', password: 'password123' }
    const made = asSystem(app.db, null, 'command line', (tx, ctx) => createUser(tx, ctx, person))
    await expect(made).rejects.toThrow(/most used/)
  })

  it('is refused for the first owner', async () => {
    const database = await copyDatabase()
    try {
      const start = firstStart(database.db, { ownerEmail: 'a@example.com', ownerPassword: '1234567890' })
      await expect(start).rejects.toThrow(/most used/)
    } finally {
      await database.drop()
    }
  })
})

it('a new password is another one than the present, also where only its letters are composed differently', async () => {
  const password = 'Žluťoučký kůň 7'
  const body = { email: 'same@example.com', name: 'Same Person', role: 'viewer', password }
  expect((await app.call('POST', '/users', { cookie, body })).status).toBe(201)
  const theirs = await app.signIn(body.email, password)
  for (const newPassword of [password, password.normalize('NFD')]) {
    const asked = { currentPassword: password, newPassword }
    const answer = await app.auth('/change-password', asked, { cookie: theirs })
    expect([answer.status, await answer.json()]).toMatchObject([400, { code: 'PASSWORD_UNCHANGED' }])
  }
})

it('words that no list has are taken', async () => {
  for (const [n, password] of ['three blind mice run', 'zapas-of-the-north-7', 'xK9#mQ2$vL'].entries()) {
    const body = { email: `fine${n}@example.com`, name: 'Fine Person', role: 'viewer', password }
    const answer = await app.call('POST', '/users', { cookie, body })
    expect(answer.status, answer.text).toBe(201)
  }
})

it('a hash of before still opens, and is made anew at the present cost', async () => {
  const hashOf = async (): Promise<string> => {
    const { rows } = await app.ownerDb.query<{ password: string }>(
      `select a.password from auth.account a join auth."user" u on u.id = a."userId" where u.email = $1`,
      [owner.email],
    )
    return rows[0]!.password
  }
  expect(await hashOf()).toMatch(/^scrypt:32768:8:3:/)
  await app.ownerDb.query(
    `update auth.account set password = $1 where "userId" = (select id from auth."user" where email = $2)`,
    [await hashPassword(owner.password), owner.email],
  )
  const wrong = await app.auth('/sign-in/email', { email: owner.email, password: 'not-the-password' })
  expect(wrong.status).toBe(401)
  expect(await hashOf()).not.toMatch(/^scrypt/)
  await app.signIn(owner.email, owner.password)
  expect(await hashOf()).toMatch(/^scrypt:32768:8:3:/)
  await app.signIn(owner.email, owner.password)
})
