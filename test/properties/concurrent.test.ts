import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { setClock } from '../../src/kernel/clock.ts'
import { Api } from '../support/api.ts'
import { deadlocks } from '../support/held-up.ts'
import { ServerProcess } from '../support/server-processes.ts'
import { slowWire } from '../support/slow-wire.ts'
import type { TestApp } from '../support/test-app.ts'
import type { Wire } from '../support/wire.ts'
import { Crowd, views } from './crowd.ts'
import { numbersFrom } from './dice.ts'
import { type ServerLog, startLogged } from './stage.ts'
import { makeWorld, usual } from './world.ts'

/**
 * Many people at once, through two processes on one database, their statements held up here and there: double
 * clicks, two people on one order, two payments of one invoice, cancelling while it is delivered. After each burst
 * the rules of the books hold, every success is seen in them once, and nothing else has happened.
 */

const runs = Number(process.env.ZAPAS_RUNS ?? 1)
const seed = process.env.ZAPAS_SEED === undefined ? 7 : Number(process.env.ZAPAS_SEED)
/** Milliseconds, at most, that a statement waits on its way to the database. */
const pauses = Number(process.env.ZAPAS_PAUSES ?? 20)

let app: TestApp
let log: ServerLog
let wire: Wire
let processes: ServerProcess[]
let servers: Api[]
const started = performance.now()

beforeAll(async () => {
  ;({ app, log } = await startLogged())
  wire = await slowWire(app.ownerUrl, pauses)
  processes = [new ServerProcess(), new ServerProcess()]
  const at = '2026-06-15T06:00:00Z'
  servers = await Promise.all(
    processes.map(async (each) => {
      const base = await each.ask({ ask: 'open', ownerUrl: wire.url })
      await each.ask({ ask: 'clock', at })
      return new Api(base!, app.owner)
    }),
  )
  setClock(() => new Date(Date.parse(at) + performance.now() - started))
})
afterAll(async () => {
  for (const each of processes) {
    await each.ask({ ask: 'close', ownerUrl: wire.url })
    each.end()
  }
  await wire.close()
  await app.close()
})

const trade = [
  'buy',
  'receive',
  'sell',
  'sell',
  'deliver',
  'invoice',
  'bill a receipt',
  'pay',
  'pay on account',
  'reserve',
  'transfer',
  'credit',
]

describe('many at once', () => {
  it.each(Object.keys(views))('on %s', { timeout: 3_600_000 }, async (view) => {
    const outcomes = new Map<string, number>()
    for (let run = 0; run < 3 * runs; run++) {
      const draw = numbersFrom(seed + 1000 * run + view.length)
      const backOrders = run % 2 === 0
      const world = await makeWorld(app, {
        ...usual,
        backOrders,
        overpayment: backOrders ? 'refuse' : 'credit',
      })
      const crowd = new Crowd(world, app, servers, log, draw)
      for (let burst = 0; burst < 5; burst++) {
        await crowd.prepare(burst === 0 ? [...trade, ...trade] : trade.slice(0, 6))
        await crowd.burst(view, 8 + (draw() % 9))
      }
      await crowd.close()
      for (const [kind, times] of crowd.outcomes) outcomes.set(kind, (outcomes.get(kind) ?? 0) + times)
    }
    if (process.env.ZAPAS_OUTCOMES)
      console.log(
        [...outcomes]
          .sort(([a], [b]) => a.localeCompare(b))
          .map(([k, n]) => `${n} ${k}`)
          .join('\n'),
      )
    expect(await deadlocks(app.ownerDb)).toBe(0)
  })
})
