import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Decimal, decimal, max, min, sum, zero } from '../kernel/decimal.ts'
import {
  type HistoryMove,
  type Layer,
  type Method,
  type Pool,
  averageIssue,
  fifoIssue,
  giveBack,
  layerOf,
  replay,
} from './valuation.ts'
import { type Shortage, cover, fallShort } from './shortage.ts'

const of = (text: string): Decimal => decimal(text)
const pool = (quantity: string, value: string): Pool => ({ quantity: of(quantity), value: of(value) })

/** Takes a quantity out of an average pool and tells what it cost. */
function issue(from: Pool, quantity: string): string {
  const value = averageIssue(from, of(quantity), zero, 2)
  from.quantity = from.quantity.minus(of(quantity))
  from.value = from.value.minus(value)
  return value.toFixed(2)
}

function receive(into: Pool, quantity: string, value: string): void {
  into.quantity = into.quantity.plus(of(quantity))
  into.value = into.value.plus(of(value))
}

const shown = ({ quantity, value }: Pool): string => `${quantity.toFixed()} / ${value.toFixed(2)}`

describe('moving average', () => {
  it('S20 c: 12 for 200.00 go out as 83.33 and 116.67, and nothing is left', () => {
    const stock = pool('12', '200.00')
    expect(issue(stock, '5')).toBe('83.33')
    expect(shown(stock)).toBe('7 / 116.67')
    expect(issue(stock, '7')).toBe('116.67')
    expect(shown(stock)).toBe('0 / 0.00')
  })

  it('S20 g: 13 for 15.00, sold one at a time, cost 15.00 together', () => {
    const stock = pool('13', '15.00')
    const costs = Array.from({ length: 13 }, () => of(issue(stock, '1')))
    expect(sum(costs).toFixed(2)).toBe('15.00')
    expect(shown(stock)).toBe('0 / 0.00')
  })

  it('S24: a purchase return leaves at the average, never at the price of its receipt', () => {
    const stock = pool('0', '0')
    receive(stock, '10', '1000.00')
    receive(stock, '100', '1000.00')
    expect(stock.value.div(stock.quantity).toFixed(6)).toBe('18.181818')
    expect(issue(stock, '100')).toBe('1818.18')
    expect(shown(stock)).toBe('10 / 181.82')
    expect(issue(stock, '8')).toBe('145.46')
    expect(shown(stock)).toBe('2 / 36.36')
    expect(of('800.00').minus(of('145.46')).toFixed(2)).toBe('654.54')
  })

  it('S25: goods that come back at their old cost move the average by that and nothing else', () => {
    const stock = pool('0', '0')
    receive(stock, '10', '100.00')
    expect(issue(stock, '4')).toBe('40.00')
    receive(stock, '6', '120.00')
    expect(shown(stock)).toBe('12 / 180.00')
    receive(stock, '2', '20.00')
    expect(shown(stock)).toBe('14 / 200.00')
    expect(stock.value.div(stock.quantity).toFixed(6)).toBe('14.285714')
  })

  it('takes the last known cost where there is nothing to take one from', () => {
    expect(averageIssue(pool('0', '0'), of('3'), of('2.50'), 2).toFixed(2)).toBe('7.50')
    expect(averageIssue(pool('-2', '-6.00'), of('3'), of('2.50'), 2).toFixed(2)).toBe('9.00')
    expect(averageIssue(pool('2', '6.00'), of('3'), of('2.50'), 2).toFixed(2)).toBe('9.00')
  })
})

describe('first in, first out', () => {
  const layers = (): Layer[] => [
    { seq: 1, quantity: of('10'), value: of('10.00') },
    { seq: 3, quantity: of('10'), value: of('20.00') },
  ]

  it('takes the oldest layers first', () => {
    const left = layers()
    expect(fifoIssue(left, of('15'), zero, 2).toFixed(2)).toBe('20.00')
    expect(left.map(shown)).toEqual(['0 / 0.00', '5 / 10.00'])
  })

  it('takes the layer that is named, then the oldest', () => {
    const left = layers()
    expect(fifoIssue(left, of('12'), zero, 2, 3).toFixed(2)).toBe('22.00')
    expect(left.map(shown)).toEqual(['8 / 8.00', '0 / 0.00'])
  })

  it('goes on at the last cost when the layers are used up', () => {
    expect(fifoIssue(layers(), of('22'), of('7'), 2).toFixed(2)).toBe('34.00')
    expect(fifoIssue([], of('2'), of('7'), 2).toFixed(2)).toBe('14.00')
  })

  it('gives back what an issue took, at the cost and in the place that it had', () => {
    const left = layers()
    const took: Layer[] = []
    expect(fifoIssue(left, of('12'), zero, 2, null, took).toFixed(2)).toBe('14.00')
    const used = left.filter((layer) => layer.quantity.gt(zero))
    const back = giveBack(used, took, pool('8', '16.00'), pool('12', '14.00'), 2)
    expect(shown(back)).toBe('0 / 0.00')
    expect(used).toEqual(layers())
  })

  it('gives back what was taken last where a part covers what went out below zero', () => {
    // 20 of 22 were there, and two more went out since: they would have had the first layer's goods.
    const left = layers()
    const took: Layer[] = []
    fifoIssue(left, of('22'), of('2'), 2, null, took)
    const back = giveBack(left, took, pool('-4', '-8.00'), pool('22', '34.00'), 2)
    expect(left.map(shown)).toEqual(['8 / 8.00', '10 / 20.00'])
    expect(shown(back)).toBe('4 / 6.00')
  })

  it('gives layers their share where goods come back worth something else', () => {
    const left: Layer[] = [{ seq: 5, quantity: of('1'), value: of('3.00') }]
    const back = giveBack(left, layers(), pool('1', '3.00'), pool('20', '10.00'), 2)
    expect(shown(back)).toBe('0 / 0.00')
    expect(left.map(shown)).toEqual(['10 / 3.33', '10 / 6.67', '1 / 3.00'])
  })

  it('gives all of a layer with its last part', () => {
    const left: Layer[] = [{ seq: 1, quantity: of('3'), value: of('10.00') }]
    const costs = ['1', '1', '1'].map((quantity) => fifoIssue(left, of(quantity), zero, 2))
    expect(costs.map((cost) => cost.toFixed(2))).toEqual(['3.33', '3.34', '3.33'])
    expect(left.map(shown)).toEqual(['0 / 0.00'])
  })
})

describe('valuing anew', () => {
  const move = (
    id: string,
    seq: number,
    direction: 'in' | 'out',
    quantity: string,
    value: string,
  ): HistoryMove => ({
    id,
    seq,
    direction,
    quantity: of(quantity),
    value: of(value),
    covered: [],
    rule: direction === 'in' ? 'given' : 'computed',
    origin: null,
    layerSeq: null,
    reversesId: null,
  })
  const nothing = { quantity: zero, value: zero, layers: [] }
  const changes = (result: ReturnType<typeof replay>) =>
    result.changed.map((c) => `${c.id} ${c.is.minus(c.was).toFixed(2)} is ${c.is.toFixed(2)}`)

  it('S22 a: the bill corrects a mistyped receipt price, in stock and in what has gone', () => {
    const history = [
      move('opening', 1, 'in', '100', '500.00'),
      move('receipt', 2, 'in', '15', '30000.00'),
      move('delivery', 3, 'out', '10', '2652.17'),
    ]
    const before = replay('average', nothing, history, new Map(), zero, 2)
    expect(before.changed).toEqual([])
    expect(shown(before.pool)).toBe('105 / 27847.83')
    const result = replay('average', nothing, history, new Map([['receipt', of('75.00')]]), zero, 2)
    expect(changes(result)).toEqual(['receipt -29925.00 is 75.00', 'delivery -2602.17 is 50.00'])
    expect(shown(result.pool)).toBe('105 / 525.00')
    expect(result.pool.value.minus(before.pool.value).toFixed(2)).toBe('-27322.83')
  })

  it('S22 b: goods that were issued take their share of the bill', () => {
    const history = [move('receipt', 1, 'in', '10', '100.00'), move('issue', 2, 'out', '4', '40.00')]
    const result = replay('average', nothing, history, new Map([['receipt', of('150.00')]]), zero, 2)
    expect(changes(result)).toEqual(['receipt 50.00 is 150.00', 'issue 20.00 is 60.00'])
    expect(shown(result.pool)).toBe('6 / 90.00')
  })

  it('changes only what came from the layer, first in, first out', () => {
    const history = [
      move('first', 1, 'in', '10', '10.00'),
      move('second', 2, 'in', '10', '20.00'),
      move('early', 3, 'out', '10', '10.00'),
      move('late', 4, 'out', '5', '10.00'),
    ]
    const result = replay('fifo', nothing, history, new Map([['second', of('30.00')]]), zero, 2)
    expect(changes(result)).toEqual(['second 10.00 is 30.00', 'late 5.00 is 15.00'])
    expect(shown(result.pool)).toBe('5 / 15.00')
    expect(result.layers.map(shown)).toEqual(['0 / 0.00', '5 / 15.00'])
  })

  it('gives goods that came back the new cost they had left with', () => {
    const back: HistoryMove = {
      ...move('back', 3, 'in', '2', '20.00'),
      rule: 'follows',
      origin: { id: 'issue', quantity: of('4') },
    }
    const history = [move('receipt', 1, 'in', '10', '100.00'), move('issue', 2, 'out', '4', '40.00'), back]
    const result = replay('average', nothing, history, new Map([['receipt', of('150.00')]]), zero, 2)
    expect(changes(result)).toEqual([
      'receipt 50.00 is 150.00',
      'issue 20.00 is 60.00',
      'back 10.00 is 30.00',
    ])
    expect(shown(result.pool)).toBe('8 / 120.00')
  })
})

describe('an issue that goes below zero', () => {
  const move = (text: string, more: Partial<HistoryMove> = {}): HistoryMove => {
    const [id, direction, quantity, value] = text.split(' ')
    return {
      id: id!,
      seq: 0,
      direction: direction as 'in' | 'out',
      quantity: of(quantity!),
      value: of(value!),
      covered: [],
      rule: direction === 'in' ? 'given' : 'computed',
      origin: null,
      layerSeq: null,
      reversesId: null,
      ...more,
    }
  }
  const delivery = move('D out 5 35.00')
  const history = [delivery, move('R in 8 80.00', { covered: [{ moveId: 'D', change: of('15.00') }] })]
  const nothing = { quantity: zero, value: zero, layers: [] }
  const told = (moves: readonly HistoryMove[], values: readonly (readonly [string, string])[] = []) => {
    const known = new Map(values.map(([id, value]) => [id, of(value)]))
    const { changed, recovered, pool: left, shortages } = replay('average', nothing, moves, known, of('7'), 2)
    return [
      ...changed.map((c) => `${c.id} ${c.is.toFixed(2)}`),
      ...recovered.map((c) => `${c.moveId} by ${c.coveredById} ${c.is.toFixed(2)}`),
      shown(left),
      ...shortages.map((s) => `${s.moveId} short of ${shown(s)}`),
    ]
  }

  it('costs what the goods cost that cover it, and what their bill says', () => {
    expect(told(history)).toEqual(['3 / 30.00'])
    expect(told(history, [['R', '120.00']])).toEqual(['R 120.00', 'D by R 40.00', '3 / 45.00'])
  })

  it('is short again when these goods are taken back', () => {
    const undone = { rule: 'follows', origin: { id: 'R', quantity: of('8') }, reversesId: 'R' } as const
    expect(told([...history, move('U out 8 80.00', undone)])).toEqual(['-5 / -50.00', 'D short of 5 / 50.00'])
  })

  it('is covered by its own goods first when they come back', () => {
    const back = { rule: 'follows', origin: { id: 'E', quantity: of('5') } } as const
    expect(told([delivery, move('E out 5 35.00'), move('B in 4 28.00', back)])).toEqual([
      '-6 / -42.00',
      'D short of 5 / 35.00',
      'E short of 1 / 7.00',
    ])
  })
})

describe('whatever happens', () => {
  interface Step {
    /** 'back' is the opposite of an issue that was not undone yet. */
    readonly direction: 'in' | 'out' | 'back'
    readonly quantity: number
    readonly cents: number
  }
  const steps = fc.array(
    fc.record<Step>({
      direction: fc.constantFrom('in' as const, 'out' as const, 'back' as const),
      quantity: fc.integer({ min: 1, max: 30_000 }),
      cents: fc.integer({ min: 0, max: 500_000 }),
    }),
    { maxLength: 60 },
  )
  const methods = fc.constantFrom<Method>('average', 'fifo')

  /** Runs the steps as the stock room does: what has no cost of its own is valued by the rule. */
  function run(method: Method, wanted: readonly Step[], mayGoNegative: boolean) {
    const stock = pool('0', '0')
    const layers: Layer[] = []
    let seq = 0
    const booked: Booked[] = []
    const shortages: Shortage[] = []
    let corrections = zero
    const bring = (quantity: Decimal, value: Decimal, undone: Booked | null) => {
      const rest = giveBack(layers, undone?.took ?? [], stock, { quantity, value }, 2)
      const back = undone && String(booked.indexOf(undone))
      const covered = sum(cover(shortages, rest, back, 2).map((c) => c.change))
      layers.push({ seq: ++seq, ...layerOf(stock, rest.quantity, rest.value, 2) })
      corrections = corrections.plus(covered)
      stock.value = stock.value.plus(value).minus(covered)
      stock.quantity = stock.quantity.plus(quantity)
      const reverses = undone && booked.indexOf(undone)
      booked.push({ direction: 'in', quantity, value, took: [], reverses })
    }
    const take = (quantity: Decimal) => {
      const took: Layer[] = []
      const value =
        method === 'fifo'
          ? fifoIssue(layers, quantity, of('3.33'), 2, null, took)
          : averageIssue(stock, quantity, of('3.33'), 2)
      stock.value = stock.value.minus(value)
      stock.quantity = stock.quantity.minus(quantity)
      fallShort(shortages, stock, String(booked.length))
      booked.push({ direction: 'out', quantity, value, took, reverses: null })
    }
    const undo = (move: Booked) => bring(move.quantity, move.value, move)
    for (const step of wanted) {
      // Quantities with three decimals, as of cable and cloth.
      const quantity = decimal(step.quantity).div(decimal(1000))
      if (step.direction === 'in') bring(quantity, decimal(step.cents).div(decimal(100)), null)
      else if (step.direction === 'out') {
        const most = mayGoNegative ? quantity : min(quantity, stock.quantity)
        if (most.gt(zero)) take(most)
      } else {
        const undone = new Set(booked.map((move) => move.reverses))
        const open = booked.filter((move, i) => move.direction === 'out' && !undone.has(i))
        if (open.length > 0) undo(open[step.cents % open.length]!)
      }
      check(method, stock, layers)
      const short = sum(shortages.map((each) => each.quantity))
      expect(short.toFixed()).toBe(max(stock.quantity.neg(), zero).toFixed())
      if (stock.quantity.lte(zero))
        expect(sum(shortages.map((each) => each.value)).toFixed()).toBe(stock.value.neg().toFixed())
    }
    return { stock, layers, booked, corrections, take, undo }
  }

  interface Booked {
    readonly direction: 'in' | 'out'
    readonly quantity: Decimal
    readonly value: Decimal
    readonly took: readonly Layer[]
    /** Which of the moves it is the opposite of. */
    readonly reverses: number | null
  }

  function check(method: Method, stock: Pool, layers: readonly Layer[]): void {
    if (stock.quantity.gt(zero)) expect(stock.value.gte(zero)).toBe(true)
    if (stock.quantity.eq(zero)) expect(stock.value.toFixed()).toBe('0')
    if (method !== 'fifo') return
    expect(sum(layers.map((layer) => layer.quantity)).toFixed()).toBe(max(stock.quantity, zero).toFixed())
    if (stock.quantity.gte(zero)) {
      expect(sum(layers.map((layer) => layer.value)).toFixed()).toBe(stock.value.toFixed())
    }
    for (const layer of layers) {
      expect(layer.value.gte(zero)).toBe(true)
      if (layer.quantity.eq(zero)) expect(layer.value.toFixed()).toBe('0')
    }
  }

  it('value is never negative while there are goods, and what is in and out adds up', () => {
    fc.assert(
      fc.property(methods, steps, fc.boolean(), (method, wanted, mayGoNegative) => {
        const { stock, booked, corrections } = run(method, wanted, mayGoNegative)
        const total = (direction: 'in' | 'out') =>
          sum(booked.filter((b) => b.direction === direction).map((b) => b.value))
        const left = total('in').minus(total('out')).minus(corrections)
        expect(left.toFixed()).toBe(stock.value.toFixed())
      }),
    )
  })

  it('when all goes out, all value goes out', () => {
    fc.assert(
      fc.property(methods, steps, (method, wanted) => {
        const { stock, layers } = run(method, wanted, false)
        if (stock.quantity.eq(zero)) return
        const cost =
          method === 'fifo'
            ? fifoIssue(layers, stock.quantity, zero, 2)
            : averageIssue(stock, stock.quantity, zero, 2)
        expect(cost.toFixed()).toBe(stock.value.toFixed())
      }),
    )
  })

  it('an issue that is undone at once is as if it had not been', () => {
    const quantities = fc
      .integer({ min: 1, max: 60_000 })
      .map((quantity) => decimal(quantity).div(decimal(1000)))
    fc.assert(
      fc.property(steps, quantities, (wanted, quantity) => {
        const { stock, layers, booked, take, undo } = run('fifo', wanted, false)
        const there = () => layers.filter((layer) => layer.quantity.gt(zero)).map((layer) => ({ ...layer }))
        const [was, before] = [shown(stock), there()]
        take(quantity)
        undo(booked.at(-1)!)
        expect(shown(stock)).toBe(was)
        expect(there()).toEqual(before)
      }),
    )
  })

  it('valuing a history anew with nothing changed changes nothing', () => {
    fc.assert(
      fc.property(methods, steps, (method, wanted) => {
        const { stock, layers, booked } = run(method, wanted, false)
        const history = booked.map((b, i): HistoryMove => ({
          id: String(i),
          // Layers are numbered by the moves that made them.
          seq: booked.slice(0, i + 1).filter((x) => x.direction === 'in').length,
          direction: b.direction,
          quantity: b.quantity,
          value: b.value,
          covered: [],
          rule: b.direction === 'in' ? 'given' : 'computed',
          origin: null,
          layerSeq: null,
          reversesId: b.reverses === null ? null : String(b.reverses),
        }))
        const nothing = { quantity: zero, value: zero, layers: [] }
        const again = replay(method, nothing, history, new Map(), zero, 2)
        expect(again.changed).toEqual([])
        expect(shown(again.pool)).toBe(shown(stock))
        if (method === 'fifo') expect(again.layers.map(shown)).toEqual(layers.map(shown))
      }),
    )
  })
})
