import { randomUUID } from 'node:crypto'
import { createLogger } from '../../src/http/logger.ts'
import { setClock } from '../../src/kernel/clock.ts'
import type { Answered, Response } from '../support/api.ts'
import { type TestApp, type TestAppOptions, startTestApp } from '../support/test-app.ts'
import type { Dice } from './dice.ts'
import { brokenRules, checkFindings } from './invariants.ts'
import type { Model, Moved } from './model.ts'
import { type Call, type Move, paths } from './move.ts'
import { type State, changedTables, fingerprint, readState } from './state.ts'
import type { World } from './world.ts'

/** What the server wrote to its log since it was asked last: the cause behind an answer of 500. */
export class ServerLog {
  #lines: string[] = []

  /** Options of an app that logs here. */
  get options(): TestAppOptions {
    return { server: { logger: createLogger('error', { write: (line) => void this.#lines.push(line) }) } }
  }

  take(): string {
    const taken = this.#lines.join('')
    this.#lines = []
    return taken.replaceAll('\\n', '\n')
  }
}

export async function startLogged(): Promise<{ app: TestApp; log: ServerLog }> {
  const log = new ServerLog()
  return { app: await startTestApp(log.options), log }
}

const minute = 60_000
/** The rules of the books cost more than all else: they are judged after so many commands, and at the end. */
const judgeEvery = Number(process.env.ZAPAS_JUDGE_EVERY ?? 5)

/** Where a history is played: the world, the model of it, and what has happened so far. */
export class Stage {
  readonly #app: TestApp
  readonly #log: ServerLog
  readonly world: World
  readonly model: Model
  /** How often a kind of command succeeded and was refused, by its name and code. */
  readonly outcomes: Map<string, number>
  #print: string
  #time = Date.parse('2026-06-15T04:00:00Z')
  #told: string[] = []
  #done = 0

  private constructor(stage: {
    app: TestApp
    log: ServerLog
    world: World
    state: State
    print: string
    outcomes: Map<string, number>
  }) {
    this.#app = stage.app
    this.#log = stage.log
    this.world = stage.world
    // What the world began with came in by adjustments.
    const moved = Object.values(stage.state.shipments).map((opening): [string, Moved] => [
      opening.id,
      opening.lines.map((l) => ({
        product: l.product,
        warehouse: l.warehouse,
        onHand: l.base,
        quarantined: 0,
      })),
    ])
    this.model = { state: stage.state, moved: new Map(moved) }
    this.#print = stage.print
    this.outcomes = stage.outcomes
    setClock(() => new Date(this.#time))
  }

  static async open(
    app: TestApp,
    log: ServerLog,
    world: World,
    outcomes: Map<string, number>,
  ): Promise<Stage> {
    const state = await readState(app.ownerDb, world.company.id)
    const print = await fingerprint(app.ownerDb, world.company.id)
    return new Stage({ app, log, world, state, print, outcomes })
  }

  passTime(hours: number): void {
    this.#time += hours * 60 * minute
  }

  /** Plays one command; what it said and what came back. */
  async play(name: string, move: Move, dice: Dice): Promise<string> {
    this.#told = []
    try {
      let call = move(this.world, this.model.state, dice)
      while (call !== null) call = await this.#perform(name, call, dice)
    } catch (error) {
      throw new Error(`${this.#told.join('\n')}\n${this.named(String(error))}`, { cause: error })
    }
    return this.#told.join('\n')
  }

  async #perform(name: string, call: Call, dice: Dice): Promise<Call | null> {
    this.#time += minute
    const said = `${call.method} ${call.path} ${call.body ? JSON.stringify(call.body) : ''}`
    this.#told.push(this.named(`  ${said}`))
    const preview = call.method === 'POST' && dice.chance(10) ? await this.#preview(call) : null
    const key = randomUUID()
    const response = await this.#send(call, call.path, key)
    this.#judge(call, response)
    const ok = response.status < 300
    if (preview && preview.status < 300 !== ok) {
      throw new Error(
        `a preview answered ${preview.status} ${preview.json.code}, the call ${response.status} ${response.json.code}`,
      )
    }
    this.#count(name, ok ? 'done' : response.json.code)
    if (!ok) {
      await this.#nothingChanged('the refused call')
      return null
    }
    this.#name(response.json)
    const actual = await readState(this.#app.ownerDb, this.world.company.id)
    const done = { answer: response.json, actual, model: this.model }
    call.apply(done)
    this.#compare(actual)
    if (this.#done++ % judgeEvery === 0) await this.#judgeBooks()
    this.#print = await fingerprint(this.#app.ownerDb, this.world.company.id)
    if (dice.chance(8)) {
      const again = await this.#send(call, call.path, key)
      if (again.text !== response.text) throw new Error(`the repeat answered ${again.status} ${again.text}`)
      await this.#nothingChanged('the repeat with the same key')
    }
    return call.next?.(done) ?? null
  }

  async #send(call: Call, path: string, key: string): Promise<Response<Answered>> {
    const response = await this.#app.send(call.method, path, call.body, { as: this.world.owner, key })
    this.#told.push(
      this.named(
        `    ${response.status} ${response.status < 400 ? '' : `${response.json.code}: ${response.json.detail}`}`,
      ),
    )
    if (response.status >= 500) throw new Error(`${response.status}: ${response.text}\n${this.#log.take()}`)
    // A constraint that nobody foresaw, or a value that no column holds: refused, but by accident.
    if (['rule-broken', 'value-out-of-range'].includes(response.json.code)) throw new Error(response.text)
    return response
  }

  /** A preview changes nothing and says what the call will say; null where there is none. */
  async #preview(call: Call): Promise<Response<Answered> | null> {
    const response = await this.#send(call, `${call.path}?preview=true`, randomUUID())
    await this.#nothingChanged('the preview')
    return response.status === 400 ? null : response
  }

  #judge(call: Call, response: Response<Answered>): void {
    const ok = response.status < 300
    if (call.must === 'accept' && !ok) throw new Error('this must be accepted')
    if (call.must === 'refuse' && ok) throw new Error('this must be refused')
  }

  async #nothingChanged(what: string): Promise<void> {
    const print = await fingerprint(this.#app.ownerDb, this.world.company.id)
    if (print === this.#print) return
    throw new Error(`${what} changed ${changedTables(this.#print, print).join(', ')}`)
  }

  /** The model and the books say the same. */
  #compare(actual: State): void {
    takeUnpredicted(this.model.state, actual)
    const found = differences(comparable(this.model.state), comparable(actual))
    if (found.length > 0) throw new Error(`the model and the books differ:\n${found.join('\n')}`)
  }

  #count(name: string, outcome: string): void {
    const key = `${name}: ${outcome}`
    this.outcomes.set(key, (this.outcomes.get(key) ?? 0) + 1)
  }

  /** At the end: the rules of the books hold, and every document can be read. */
  async close(): Promise<void> {
    await this.#judgeBooks()
    const found = await checkFindings(this.#app.db, this.world.company.id)
    if (found.length > 0) throw new Error(found.join('\n'))
    await this.#readAll()
  }

  async #judgeBooks(): Promise<void> {
    const broken = await brokenRules(this.#app.ownerDb, this.world.company.id)
    if (broken.length > 0) throw new Error(this.named(broken.join('\n')))
  }

  async #readAll(): Promise<void> {
    const { orders, shipments, invoices, payments, reservations } = this.model.state
    const pathsOf = [
      ...Object.values(orders).map((d) => `${paths[d.kind]}/${d.id}`),
      ...Object.values(shipments).map((d) => `${paths[d.kind]}/${d.id}`),
      ...Object.values(invoices).map((d) => `${paths[d.kind]}/${d.id}`),
      ...Object.keys(payments).map((id) => `/payments/${id}`),
      ...Object.keys(reservations).map((id) => `/stock-reservations/${id}`),
      '/stock/levels?limit=100',
    ]
    await Promise.all(
      pathsOf.map(async (path) => {
        const response = await this.#app.send('GET', path, undefined, { as: this.world.owner })
        if (response.status !== 200) {
          throw new Error(
            `GET ${this.named(path)} answered ${response.status} ${response.text}\n${this.#log.take()}`,
          )
        }
      }),
    )
  }

  /** Names for what an answer brings, by kind and order of appearance: SO1, DN1. */
  #name(answer: Answered): void {
    if (typeof answer !== 'object' || !answer.id || this.world.names.has(answer.id)) return
    const kind = typeof answer['kind'] === 'string' ? answer['kind'] : 'payment'
    const short =
      kind.replace(/(\w)\w*-?/g, '$1').toUpperCase() + (kind.includes('-') ? '' : kind.slice(1, 3))
    const count = [...this.world.names.values()].filter((name) => name.replace(/\d+$/, '') === short).length
    this.world.names.set(answer.id, `${short}${count + 1}`)
    for (const [i, line] of (answer.lines ?? []).entries()) {
      this.world.names.set(line.id, `${short}${count + 1}/${i + 1}`)
    }
  }

  named(text: string): string {
    return text.replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}/g, (id) => this.world.names.get(id) ?? id)
  }
}

/**
 * What the model does not predict is taken over as it is: what is held, which lots
 * were chosen, and which receipts a bill of an order was counted on. The invariants judge these.
 */
function takeUnpredicted(state: State, actual: State): void {
  state.lots = actual.lots
  for (const [key, level] of Object.entries(actual.levels)) {
    const mine = (state.levels[key] ??= { onHand: 0, quarantined: 0, reserved: 0 })
    mine.reserved = level.reserved
  }
  for (const shipment of Object.values(state.shipments)) {
    const written = actual.shipments[shipment.id]
    for (const line of shipment.lines) {
      const same = written?.lines.find((each) => each.id === line.id)
      line.lots = same?.lots ?? line.lots
      if (shipment.kind === 'receipt-note') line.invoiced = same?.invoiced ?? line.invoiced
    }
  }
}

function comparable(state: State): object {
  const levels = Object.fromEntries(
    Object.entries(state.levels)
      .filter(([, level]) => level.onHand !== 0 || level.quarantined !== 0)
      .map(([key, { onHand, quarantined }]) => [key, { onHand, quarantined }]),
  )
  const { negative, orders, shipments, invoices, payments, reservations } = state
  return { levels, negative, orders, shipments, invoices, payments, reservations }
}

/** Every place where two values differ. */
function differences(model: unknown, books: unknown, at = ''): string[] {
  if (Object.is(model, books) || (model === 0 && books === 0)) return []
  if (typeof model === 'object' && typeof books === 'object' && model !== null && books !== null) {
    const keys = new Set([...Object.keys(model), ...Object.keys(books)])
    return [...keys].flatMap((key) =>
      differences(
        (model as Record<string, unknown>)[key],
        (books as Record<string, unknown>)[key],
        `${at}/${key}`,
      ),
    )
  }
  return [`${at}: model ${JSON.stringify(model)}, books ${JSON.stringify(books)}`]
}
