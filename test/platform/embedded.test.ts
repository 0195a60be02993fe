import { lstatSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { type Running, Workshop, isAlive, kill, postmasterPid, query } from './processes.ts'

const workshop = new Workshop()
/** Of all tests that need not begin with an empty one. */
const data = workshop.folder()
afterEach(() => workshop.endAll())
afterAll(() => workshop.clear())

async function urlOf(holder: Running): Promise<string> {
  return (await holder.says(/"ready":"([^"]+)"/))[1]!
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await condition()); tries++) {
    if (tries > 300) throw new Error('did not come about')
    await pause(50)
  }
}

describe('the embedded PostgreSQL', () => {
  it('is durable, the same on every machine, on a private port, with a password kept for us alone', async () => {
    const holder = workshop.hold(data)
    const url = await urlOf(holder)
    const [settings] = await query(
      url,
      `select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commits,
              current_setting('full_page_writes') as pages, current_setting('listen_addresses') as listens,
              current_setting('server_encoding') as encoding, current_setting('is_superuser') as superuser,
              concat(datlocprovider, ' ', datlocale) as locale, upper('łódź') as upper
         from pg_database where datname = current_database()`,
    )
    expect(settings).toEqual({
      fsync: 'on',
      commits: 'on',
      pages: 'on',
      listens: '127.0.0.1',
      encoding: 'UTF8',
      superuser: 'off',
      locale: 'b C.UTF-8',
      upper: 'ŁÓDŹ',
    })
    expect(statSync(join(data, 'postgres/passwords.json')).mode & 0o777).toBe(0o600)
    await expect(query(url.replace(/:[^:@/]+@/, ':wrong@'), 'select 1')).rejects.toThrow(/password/)
    expect(await holder.stop()).toBe(0)
    expect(postmasterPid(data)).toBeNull()
  })

  it('keeps its data over a kill of everything, and starts again', async () => {
    const first = workshop.hold(data)
    await query(await urlOf(first), 'create table kept (id int); insert into kept values (7)')
    const postgres = postmasterPid(data)!
    await first.stop('SIGKILL')
    kill(postgres, 'SIGKILL')
    await until(() => !isAlive(postgres))
    const second = workshop.hold(data)
    expect(await query(await urlOf(second), 'select id from kept')).toEqual([{ id: 7 }])
    await second.stop()
  })

  it('is adopted when the process that started it was killed', async () => {
    const first = workshop.hold(data, 'serving')
    const url = await urlOf(first)
    const postgres = postmasterPid(data)!
    await first.stop('SIGKILL')
    expect(isAlive(postgres)).toBe(true)
    const second = workshop.hold(data, 'serving')
    expect(await urlOf(second)).toBe(url)
    expect(postmasterPid(data)).toBe(postgres)
    await second.stop()
    await until(() => !isAlive(postgres))
  })

  it('is brought up again under a running process when it is killed, at the same address', async () => {
    const holder = workshop.hold(data, 'serving')
    const url = await urlOf(holder)
    kill(postmasterPid(data)!, 'SIGKILL')
    await holder.says(/is up again/)
    expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }])
    // and the claim on the folder with it
    const other = workshop.hold(data, 'serving')
    await other.says(/refused/)
    await holder.stop()
  })

  it('does not trust the pid file of a dead one whose pid another program got', async () => {
    const first = workshop.hold(data)
    await urlOf(first)
    await first.stop()
    writeFileSync(
      join(data, 'postgres/pgdata/postmaster.pid'),
      `${process.pid}\n${data}\n1\n5432\n\n127.0.0.1\n  1  1\nready   \n`,
    )
    const second = workshop.hold(data)
    await urlOf(second)
    await second.stop()
  })

  it('is shared, and stopped by the last one who leaves', async () => {
    const empty = workshop.folder()
    // Two at once on an empty folder: one makes the database, both use it.
    const [first, second] = [workshop.hold(empty), workshop.hold(empty)]
    expect(await urlOf(first)).toBe(await urlOf(second))
    const postgres = postmasterPid(empty)!
    await first.stop()
    expect(isAlive(postgres)).toBe(true)
    await second.stop()
    await until(() => !isAlive(postgres))
  })

  it('refuses a second server on the folder, naming folder and process', async () => {
    const first = workshop.hold(data, 'serving')
    await urlOf(first)
    const second = workshop.hold(data, 'serving')
    const [, message] = await second.says(/"refused":"(.*)"\}/)
    expect(message).toContain(`process ${first.child.pid}`)
    expect(message).toContain(data)
    expect(await second.ended).toBe(1)
    await first.stop()
  })

  it.runIf(process.getuid?.() === 0)(
    'keeps its files elsewhere when root works in a private folder',
    async () => {
      const data = join(workshop.folder(true), 'data')
      const first = workshop.hold(data)
      await query(await urlOf(first), 'create table kept (id int)')
      await first.says(/"notice":"The database's files are in \/var\/lib\/zapas\//)
      expect(lstatSync(join(data, 'postgres')).isSymbolicLink()).toBe(true)
      await first.stop()
      const second = workshop.hold(data)
      expect(await query(await urlOf(second), 'select * from kept')).toEqual([])
      await second.stop()
    },
  )
})
