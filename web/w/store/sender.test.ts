import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import { ApiProblem, NetworkFailure } from '../../api/index.ts'
import {
  type Command,
  type NewCommand,
  addCommand,
  changeCommand,
  commandsOf,
  isBlocked,
  unsettledCommands,
} from './commands.ts'
import { database } from './database.ts'
import { type Send, sendWaiting } from './sender.ts'

const person = 'Olivia'
const company = 'crimson'

const command = (key: string, task = key): NewCommand => ({
  key,
  company,
  person,
  task,
  subject: { what: 'transfer', of: 'A-01 → A-02' },
  method: 'POST',
  path: '/stock-transfers',
  body: { post: true },
  scans: [{ code: '5901234123457', at: 1 }],
  origin: null,
})
const problem = (status: number, code: string) =>
  new ApiProblem(status, { code, detail: `because ${code}` }, null)
const states = async () =>
  Object.fromEntries((await commandsOf(company)).map(({ key, state }) => [key, state]))

/** A server that does each key once and answers as told. */
function server(answers: Record<string, (() => Promise<never>)[]> = {}) {
  const sent: string[] = []
  const done: string[] = []
  const send: Send = async ({ key }) => {
    sent.push(key)
    const refuse = answers[key]?.shift()
    if (refuse !== undefined) return refuse()
    if (!done.includes(key)) done.push(key)
    return { number: `TR-${done.indexOf(key) + 1}` }
  }
  return { sent, done, send }
}
const refused = (why: Error) => (): Promise<never> => Promise.reject(why)
const run = (send: Send, more = {}) => sendWaiting({ company, person, send, changed: () => {}, ...more })

beforeEach(async () => (await database()).clear('commands'))

describe('the queue of commands', () => {
  it('is sent in the order in which it was made, each once', async () => {
    const keys = Array.from({ length: 12 }, (_, i) => `k${i}`)
    for (const key of keys) await addCommand(command(key))
    const { sent, send } = server()
    expect(await run(send)).toBe('idle')
    expect(sent).toEqual(keys)
    expect(await run(send)).toBe('idle')
    expect(sent).toEqual(keys)
    expect((await commandsOf(company)).map(({ number }) => number)).toEqual(keys.map((_, i) => `TR-${i + 1}`))
  })

  it('stops without an answer and repeats the same command with the same key', async () => {
    for (const key of ['a', 'b', 'c']) await addCommand(command(key))
    const lost = refused(new NetworkFailure('away'))
    const { sent, done, send } = server({ b: [lost, refused(problem(503, 'busy'))] })
    expect(await run(send)).toBe('away')
    expect(await run(send)).toBe('away')
    expect(await states()).toEqual({ a: 'done', b: 'waiting', c: 'waiting' })
    expect(await run(send)).toBe('idle')
    expect(sent).toEqual(['a', 'b', 'b', 'b', 'c'])
    expect(done).toEqual(['a', 'b', 'c'])
  })

  it('keeps a refused one with its reason; those of its task wait, others go on', async () => {
    await addCommand(command('first', 'PO-7'))
    await addCommand(command('second', 'PO-7'))
    await addCommand(command('other', 'PO-8'))
    const { sent, send } = server({ first: [refused(problem(409, 'over-quantity'))] })
    expect(await run(send)).toBe('idle')
    expect(await states()).toEqual({ first: 'refused', second: 'waiting', other: 'done' })
    const [first, second] = (await commandsOf(company)) as [Command, Command]
    expect(first.reason).toEqual({ code: 'over-quantity', message: 'because over-quantity' })
    expect(first.scans).toHaveLength(1)
    expect(isBlocked(second, await commandsOf(company))).toBe(true)

    await changeCommand(first.seq, { state: 'waiting', reason: null })
    expect(await run(send)).toBe('idle')
    expect(sent).toEqual(['first', 'other', 'first', 'second'])
  })

  it('goes on behind a refused one once somebody has put it aside, which can be taken back', async () => {
    await addCommand(command('first', 'PO-7'))
    await addCommand(command('second', 'PO-7'))
    const { sent, send } = server({ first: [refused(problem(422, 'no-quantity'))] })
    await run(send)
    const [first] = await commandsOf(company)
    await changeCommand(first!.seq, { state: 'discarded' })
    await run(send)
    expect(sent).toEqual(['first', 'second'])
    expect(await states()).toEqual({ first: 'discarded', second: 'done' })
  })

  it('waits for a session, and for the person whose work it is', async () => {
    await addCommand(command('mine'))
    await addCommand({ ...command('hers'), person: 'Anna' })
    const { send } = server({ mine: [refused(problem(401, 'not-signed-in'))] })
    expect(await run(send)).toBe('signed-out')
    expect(await states()).toEqual({ mine: 'waiting', hers: 'waiting' })
    expect(await run(send)).toBe('idle')
    expect(await states()).toEqual({ mine: 'done', hers: 'waiting' })
    expect(await unsettledCommands()).toHaveLength(1)
  })

  it('is not repeated after the server has forgotten its key, if it may have been done', async () => {
    await addCommand(command('old'))
    await addCommand(command('fresh'))
    const { sent, send } = server({ old: [refused(new NetworkFailure('away'))] })
    await run(send)
    expect(await run(send, { now: () => Date.now() + 8 * 24 * 3600_000 })).toBe('idle')
    expect(sent).toEqual(['old', 'fresh'])
    expect(await states()).toEqual({ old: 'refused', fresh: 'done' })
  })

  it('keeps every unsettled command and the last twenty that are done', async () => {
    for (let i = 0; i < 25; i++) await addCommand(command(`k${i}`))
    const { send } = server({ k0: [refused(problem(404, 'not-found'))] })
    await run(send)
    const left = await commandsOf(company)
    expect(left.filter(({ state }) => state === 'done')).toHaveLength(20)
    expect(left[0]).toMatchObject({ key: 'k0', state: 'refused' })
  })
})
