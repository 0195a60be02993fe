import { randomUUID } from 'node:crypto'
import type { Answered, Api, Response } from '../support/api.ts'
import type { TestApp } from '../support/test-app.ts'
import { Dice } from './dice.ts'
import { brokenRules, checkFindings } from './invariants.ts'
import { type Call, type Move, all } from './move.ts'
import { moves, weighted } from './moves.ts'
import type { ServerLog } from './stage.ts'
import { type State, readState } from './state.ts'
import type { World } from './world.ts'

/** Many people at once on the same few things. */

/** One thing that somebody does; several may send the same request, some with the same key. */
interface Deed {
  readonly call: Call
  readonly key: string
}

/** What came back, of one request of a deed. */
interface Outcome {
  readonly call: Call
  readonly key: string
  readonly status: number
  readonly answer: Answered
}

type View = (
  world: World,
  state: State,
  dice: Dice,
) => { world: World; state: State; moves: readonly string[] }

const onGoods = [
  'adjust',
  'transfer',
  'reserve',
  'release',
  'sell',
  'deliver',
  'receive',
  'undo a shipment',
  'post a shipment',
  'take goods back',
  'send goods back',
  'end order',
  'confirm',
  'receive a transfer',
  'order what is reserved',
]
const onOrder = [
  'deliver',
  'receive',
  'end order',
  'amend',
  'invoice',
  'bill',
  'undo a shipment',
  'post a shipment',
  'take goods back',
  'send goods back',
  'invoice a delivery',
  'bill a receipt',
  'confirm',
  'change shipment draft',
  'post an invoice',
  'credit a return',
  'credit of a return',
]
const onMoney = [
  'pay',
  'credit',
  'credit of a vendor',
  'cancel a payment',
  'apply a credit',
  'allocate',
  'pay back',
  'post an invoice',
  'post a payment',
  'pay on account',
  'change an invoice draft',
  'drop an invoice draft',
]

/** What the people of a crowd look at, so that they get in each other's way. */
export const views: Readonly<Record<string, View>> = {
  everything: (world, state) => ({ world, state, moves: weighted }),
  'one product': (world, state, dice) => {
    const product = dice.any(world.goods)!
    const orders = Object.fromEntries(
      Object.entries(state.orders).filter(([, order]) => order.lines.some((l) => l.product === product.id)),
    )
    return {
      world: { ...world, offered: [product], goods: [product] },
      state: { ...state, orders, shipments: ofOrders(state, orders) },
      moves: onGoods,
    }
  },
  'one order': (world, state, dice) => {
    const order = dice.recent(all(state.orders).filter((o) => o.state !== 'cancelled'))
    const orders = order ? { [order.id]: order } : {}
    const shipments = ofOrders(state, orders)
    const invoices = Object.fromEntries(
      Object.entries(state.invoices).filter(([, i]) => i.order !== null && orders[i.order]),
    )
    return {
      world,
      state: { ...state, orders, shipments, invoices },
      moves: [...onOrder, ...onMoney.slice(0, 4)],
    }
  },
  'one customer': (world, state, dice) => {
    const party = dice.any([...world.customers, ...world.vendors])!
    const of = <T extends { party: string }>(documents: Record<string, T>): Record<string, T> =>
      Object.fromEntries(Object.entries(documents).filter(([, document]) => document.party === party))
    return {
      // Only one of the two roles is this party's; the other side is looked at as well.
      world: {
        ...world,
        customers: world.customers.includes(party) ? [party] : world.customers,
        vendors: world.vendors.includes(party) ? [party] : world.vendors,
      },
      state: { ...state, invoices: of(state.invoices), payments: of(state.payments) },
      moves: onMoney,
    }
  },
}

function ofOrders(state: State, orders: State['orders']): State['shipments'] {
  return Object.fromEntries(
    Object.entries(state.shipments).filter(([, s]) => s.order === null || orders[s.order] !== undefined),
  )
}

export class Crowd {
  readonly world: World
  readonly #app: Pick<TestApp, 'db' | 'ownerDb' | 'send'>
  readonly #servers: readonly Pick<Api, 'send'>[]
  readonly #log: ServerLog
  readonly #draw: () => number
  /** How often a kind of request succeeded and was refused, by code. */
  readonly outcomes = new Map<string, number>()
  #told: string[] = []

  constructor(
    world: World,
    app: Pick<TestApp, 'db' | 'ownerDb' | 'send'>,
    servers: readonly Pick<Api, 'send'>[],
    log: ServerLog,
    draw: () => number,
  ) {
    this.world = world
    this.#app = app
    this.#servers = servers
    this.#log = log
    this.#draw = draw
  }

  dice(): Dice {
    return new Dice(Array.from({ length: 40 }, () => this.#draw()))
  }

  /** Some trade, one after the other, for the crowd to work on. */
  async prepare(names: readonly string[]): Promise<void> {
    for (const name of names) {
      const dice = this.dice()
      let call = moves[name]!(this.world, await this.#state(), dice)
      while (call !== null) call = (await this.#chain(this.#app, call, randomUUID())).next
    }
  }

  /** So many people do something at the same moment, looking at what the view shows. */
  async burst(viewName: string, people: number): Promise<void> {
    this.#told = [`${people} people, ${viewName}`]
    const before = await this.#state()
    const deeds = this.#plan(views[viewName]!, before, people)
    const outcomes = (await Promise.all(deeds.map((deed, i) => this.#do(deed, i)))).flat()
    try {
      const after = await this.#state()
      const broken = await brokenRules(this.#app.ownerDb, this.world.company.id)
      const unexplained = explain(before, after, outcomes)
      if (broken.length + unexplained.length > 0) throw new Error([...broken, ...unexplained].join('\n'))
    } catch (error) {
      throw new Error(`${this.#told.join('\n')}\n${String(error)}`, { cause: error })
    }
  }

  /** What the product's own check finds when all have gone home. */
  async close(): Promise<void> {
    const found = await checkFindings(this.#app.db, this.world.company.id)
    if (found.length > 0) throw new Error(`${this.#told.join('\n')}\n${found.join('\n')}`)
  }

  #plan(view: View, state: State, people: number): Deed[] {
    const choose = this.dice()
    const seen = view(this.world, state, choose)
    const deeds: Deed[] = []
    for (let tries = 0; deeds.length < people && tries < 10 * people; tries++) {
      const dice = this.dice()
      const move: Move = moves[seen.moves[dice.int(seen.moves.length)]!]!
      const call = move(seen.world, seen.state, dice)
      if (call === null) continue
      // A double click sends one request twice, a second person another one that asks the same.
      const times = dice.chance(40) ? 1 + dice.int(4) : 1
      const key = randomUUID()
      for (let i = 0; i < times && deeds.length < people; i++) {
        deeds.push({ call, key: dice.chance(30) ? key : randomUUID() })
      }
    }
    return deeds
  }

  async #do(deed: Deed, i: number): Promise<Outcome[]> {
    const outcomes: Outcome[] = []
    const server = this.#servers[i % this.#servers.length]!
    let call: Call | null = deed.call
    let key = deed.key
    while (call !== null) {
      const { outcome, next } = await this.#chain(server, call, key)
      outcomes.push(outcome)
      call = next
      key = randomUUID()
    }
    return outcomes
  }

  /** Sends a request, and says what the person does next. */
  async #chain(
    server: Pick<Api, 'send'>,
    call: Call,
    key: string,
  ): Promise<{ outcome: Outcome; next: Call | null }> {
    const options = { as: this.world.owner, key }
    const response: Response<Answered> = await server.send(call.method, call.path, call.body, options)
    const { status, json, text } = response
    const said = status < 300 ? '' : `${json.code}: ${json.detail}`
    this.#told.push(`  ${call.method} ${call.path} ${JSON.stringify(call.body ?? '')} ${status} ${said}`)
    if (status >= 500 || ['rule-broken', 'value-out-of-range'].includes(json.code)) {
      throw new Error(`${this.#told.join('\n')}\n${text}\n${this.#log.take()}`)
    }
    const kind = `${call.path.replace(/[0-9a-f-]{36}/, '{id}')} ${status < 300 ? 'done' : json.code}`
    this.outcomes.set(kind, (this.outcomes.get(kind) ?? 0) + 1)
    const outcome = { call, key, status, answer: json }
    if (status >= 300 || !call.next) return { outcome, next: null }
    const state = await this.#state()
    const next = call.next({ answer: json, actual: state, model: { state, moved: new Map() } })
    return { outcome, next }
  }

  #state(): Promise<State> {
    return readState(this.#app.ownerDb, this.world.company.id)
  }
}

const documents = ['orders', 'shipments', 'invoices', 'payments', 'reservations'] as const

/** What the successes of a burst leave unexplained: each must have happened, exactly once, and nothing else. */
function explain(before: State, after: State, outcomes: readonly Outcome[]): string[] {
  // A repeat with the same key is the first answer again.
  const done = new Map(outcomes.filter((o) => o.status < 300).map((o) => [`${o.key} ${o.call.path}`, o]))
  const successes = [...done.values()]
  const found: string[] = []
  const made = new Set(successes.filter((o) => o.status === 201).map((o) => o.answer.id))
  const creations = successes.filter((o) => o.status === 201).length
  if (made.size !== creations) found.push(`${creations} documents were made, ${made.size} of them different`)
  for (const kind of documents) {
    for (const id of new Set([...Object.keys(before[kind]), ...Object.keys(after[kind])])) {
      const was = before[kind][id]
      const is = after[kind][id]
      const deleted = successes.filter((o) => o.call.method === 'DELETE' && o.call.path.endsWith(id)).length
      const expected = (was || made.has(id) ? 1 : 0) - deleted
      if ((is ? 1 : 0) !== expected) found.push(`${kind} ${id}: ${expected} expected, ${is ? 1 : 0} there`)
      const actions = successes.filter((o) => o.call.method === 'POST' && o.call.path.includes(`/${id}/`))
      const count = (...names: string[]): number =>
        actions.filter((o) => names.includes(o.call.path.split('/').at(-1)!)).length
      if (!is) continue
      const posted = (state: string | undefined): number => (state === 'posted' ? 1 : 0)
      if (kind === 'shipments' || kind === 'invoices') {
        const change = count('post') - count('reverse', 'reopen')
        if (posted(is.state) - posted(was?.state) !== change)
          found.push(`${kind} ${id}: ${was?.state} became ${is.state} by ${change} posts`)
      }
      if (kind === 'orders') {
        const confirmed = count('confirm')
        const ended = count('cancel', 'close')
        const stage = (state: string | undefined): number =>
          state === undefined || state === 'draft' ? 0 : state === 'confirmed' ? 1 : 2
        const most = confirmed + 2 * ended
        if (stage(is.state) < stage(was?.state) || (stage(is.state) !== stage(was?.state)) !== most > 0) {
          found.push(
            `order ${id}: ${was?.state} became ${is.state} by ${confirmed} confirmations and ${ended} ends`,
          )
        }
        if (confirmed > 1 || ended > 1)
          found.push(`order ${id} was confirmed ${confirmed} times and ended ${ended} times`)
      }
      if (kind === 'payments' && count('cancel') > 1)
        found.push(`payment ${id} was cancelled ${count('cancel')} times`)
    }
  }
  return found
}
