import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { TestApp } from '../support/test-app.ts'
import { Dice } from './dice.ts'
import { moves, weighted } from './moves.ts'
import { type ServerLog, Stage, startLogged } from './stage.ts'
import { type Settings, makeWorld } from './world.ts'

/**
 * Random histories of everything people can do, over HTTP, one request after another. After each the
 * figures of the books are those that the model predicts; what is refused has changed nothing; at the end
 * the rules of the books hold. How to replay a history that fails: README.md beside this file.
 */

const runs = Number(process.env.ZAPAS_RUNS ?? 1)
const seed = process.env.ZAPAS_SEED === undefined ? 20_260_615 : Number(process.env.ZAPAS_SEED)
const path = process.env.ZAPAS_PATH
const replayPath = process.env.ZAPAS_REPLAY_PATH

let app: TestApp
let log: ServerLog
beforeAll(async () => {
  ;({ app, log } = await startLogged())
})
afterAll(() => app.close())

/** One command of a history: what is done, and the numbers that its choices are made from. */
class Command implements fc.AsyncCommand<object, Stage, true> {
  readonly #name: string
  readonly #numbers: readonly number[]
  #said = ''

  constructor(name: string, numbers: readonly number[]) {
    this.#name = name
    this.#numbers = numbers
  }

  async check(): Promise<boolean> {
    return true
  }

  async run(_model: object, stage: Stage): Promise<void> {
    this.#said = ' (failed)'
    const dice = new Dice(this.#numbers)
    if (this.#name === 'time passes') stage.passTime(1 + dice.int(3))
    else
      this.#said = `\n${(await stage.play(this.#name, moves[this.#name]!, dice)) || '  (nothing to do it with)'}`
  }

  toString(): string {
    return `\n${this.#name}${this.#said}`
  }
}

const numbers = fc.array(fc.nat(9999), { minLength: 40, maxLength: 40 })
const commands = fc.commands(
  [...weighted, 'time passes'].map((name) => numbers.map((drawn) => new Command(name, drawn))),
  { maxCommands: 150, size: 'max', ...(replayPath && { replayPath }) },
)
const settings: fc.Arbitrary<Settings> = fc.record({
  second: fc.constantFrom('EUR', 'JPY', 'KWD'),
  overpayment: fc.constantFrom('refuse', 'credit'),
  backOrders: fc.boolean(),
  salesTolerance: fc.constantFrom(0, 10),
  purchaseTolerance: fc.constantFrom(10, 0),
  taxRounding: fc.constantFrom('document', 'line'),
})

it('ledgers, levels, statuses and balances agree after every history', { timeout: 3_600_000 }, async () => {
  const outcomes = new Map<string, number>()
  const history = fc.asyncProperty(settings, commands, async (chosen, happens) => {
    const world = await makeWorld(app, chosen)
    const stage = await Stage.open(app, log, world, outcomes)
    await fc.asyncModelRun(() => ({ model: {}, real: stage }), happens)
    await stage.close()
  })
  await fc.assert(history, {
    seed,
    numRuns: 30 * runs,
    unbiased: true,
    ...(path !== undefined && { path }),
    // Shortening plays hundreds of histories; whoever looks for the fault asks for it.
    ...(process.env.ZAPAS_SHRINK === '1' ? { interruptAfterTimeLimit: 600_000 } : { endOnFailure: true }),
    verbose: fc.VerbosityLevel.None,
  })
  if (process.env.ZAPAS_OUTCOMES)
    console.log(
      [...outcomes]
        .sort(([a], [b]) => a.localeCompare(b))
        .map(([k, n]) => `${n} ${k}`)
        .join('\n'),
    )
  // A test in which everything is refused proves nothing. What needs several rare things before it may not
  // come about in a short run.
  if (path !== undefined) return
  const never = Object.keys(moves).filter((name) => !outcomes.has(`${name}: done`))
  expect(never.length, `never done: ${never.join(', ')}`).toBeLessThanOrEqual(6)
})
