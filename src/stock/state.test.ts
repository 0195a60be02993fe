import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Company, Context } from '../kernel/context.ts'
import { type Decimal, decimal, max, min, sum, zero } from '../kernel/decimal.ts'
import { type StockRows, byAllocation } from './promises.ts'
import type { Demand, Level, Location, StockProduct } from './records.ts'
import { StockState } from './state.ts'

const now = new Date('2026-11-01T10:00:00Z')
const ctx: Context = {
  company: { id: 'company', minorDigits: 2, reservationMinutes: 30 } as Company,
  actor: { type: 'system', id: 'test', name: 'test' },
  role: 'owner',
  permissions: new Set(),
  partyId: null,
  now,
  today: '2026-11-01',
  requestId: 'test',
}

const place = (id: string, type: Location['type'], warehouseId: string | null): Location => ({
  id,
  warehouseId,
  code: id,
  type,
  isDefault: true,
})
const locations = [
  place('stock', 'stock', 'w'),
  place('quarantine', 'quarantine', 'w'),
  place('supplier', 'supplier', null),
  place('customer', 'customer', null),
]

const product = (more: Partial<StockProduct> = {}): StockProduct => ({
  id: 'p',
  sku: 'P',
  unit: 'pcs',
  tracking: 'none',
  valuation: 'average',
  purchasePrice: null,
  ...more,
})

const level = (onHand: string, more: Partial<Level> = {}): Level => ({
  productId: 'p',
  warehouseId: 'w',
  onHand: decimal(onHand),
  quarantined: zero,
  reserved: zero,
  incoming: zero,
  outgoing: zero,
  value: decimal(onHand),
  lastSeq: 0,
  allowNegative: false,
  ...more,
})

const demand = (line: string, wanted: string, more: Partial<Demand> = {}): Demand => ({
  sourceLineId: line,
  warehouseId: 'w',
  productId: 'p',
  type: 'order',
  wanted: decimal(wanted),
  reserved: zero,
  priority: 0,
  dueOn: '2026-11-01',
  expiresAt: null,
  createdAt: now,
  ...more,
})

function state(rows: Partial<StockRows> = {}): StockState {
  const levels = rows.levels ?? [level('10')]
  return new StockState(ctx, {
    levels,
    products: [product()],
    demands: [],
    lotHolds: [],
    locations,
    balances: levels
      .filter((l) => !l.onHand.eq(zero))
      .map((l) => ({
        productId: 'p',
        warehouseId: 'w',
        locationId: 'stock',
        lotId: null,
        quantity: l.onHand,
      })),
    lots: [],
    shortages: [],
    layers: [],
    ...rows,
  })
}

const heldBy = (stock: StockState, line: string): string =>
  sum(stock.demandsOf(line).map((d) => d.reserved)).toFixed()
const lotsHeldBy = (stock: StockState, line: string): Record<string, string> =>
  Object.fromEntries(
    [...stock.lotHolds.get(`${line} w`)!].map(([lot, quantity]) => [lot, quantity.toFixed()]),
  )
const here = (stock: StockState): Level => stock.level('p', 'w')

describe('holding', () => {
  it('holds what is free and lets the rest wait', () => {
    const stock = state()
    stock.want(demand('a', '7'))
    stock.want(demand('b', '7'))
    expect([heldBy(stock, 'a'), heldBy(stock, 'b')]).toEqual(['7', '3'])
    expect(here(stock)).toMatchObject({ reserved: decimal('10'), outgoing: decimal('14') })
    expect(stock.available('p', 'w').toFixed()).toBe('0')
  })

  it('gives what comes free by priority, then date, then age', () => {
    const waiting = [
      demand('late', '2', { dueOn: '2026-12-01' }),
      demand('young', '2', { createdAt: new Date(now.getTime() + 1) }),
      demand('old', '2'),
      demand('urgent', '2', { priority: 5, dueOn: '2027-01-01' }),
    ]
    const stock = state({ levels: [level('0')], demands: waiting })
    here(stock).onHand = decimal('5')
    stock.allocateWaiting('p', 'w')
    expect(['urgent', 'old', 'young', 'late'].map((line) => heldBy(stock, line))).toEqual([
      '2',
      '2',
      '1',
      '0',
    ])
  })

  it('takes holds from those that are served last when goods are gone', () => {
    const holders = [demand('first', '5', { priority: 1 }), demand('last', '5')]
    const stock = state({ demands: holders })
    stock.allocateWaiting('p', 'w')
    here(stock).onHand = decimal('7')
    expect(stock.shedHolds('p', 'w').map((d) => d.sourceLineId)).toEqual(['last'])
    expect([heldBy(stock, 'first'), heldBy(stock, 'last')]).toEqual(['5', '2'])
  })

  it('takes none when goods are gone where stock may go below zero', () => {
    const short = (allowNegative: boolean) => {
      const stock = state({ levels: [level('5', { allowNegative })] })
      stock.want(demand('line', '5'))
      here(stock).onHand = decimal('2')
      const lost = stock.shedHolds('p', 'w')
      return [lost.length, here(stock).reserved.toFixed()]
    }
    expect(short(false)).toEqual([1, '2'])
    expect(short(true)).toEqual([0, '5'])
  })

  it('goes by priority, then date, then age, then line: nothing is left to chance', () => {
    const lines = [
      demand('b', '1'),
      demand('a', '1'),
      demand('young', '1', { createdAt: new Date(now.getTime() + 1) }),
      demand('late', '1', { dueOn: '2026-12-01' }),
      demand('urgent', '1', { priority: 5, dueOn: '2027-01-01' }),
    ]
    expect(lines.toSorted(byAllocation).map((line) => line.sourceLineId)).toEqual([
      'urgent',
      'a',
      'b',
      'young',
      'late',
    ])
  })

  it('uses up a hold with a delivery, and no more than that', () => {
    const stock = state()
    stock.want(demand('a', '4'))
    stock.want(demand('b', '4'))
    stock.fulfil('a', 'w', decimal('6'), new Map())
    expect([heldBy(stock, 'a'), heldBy(stock, 'b')]).toEqual(['0', '4'])
    expect(here(stock).outgoing.toFixed()).toBe('4')
  })

  it('drops a hold once, however often it is dropped', () => {
    const stock = state()
    const held = stock.want(demand('a', '4'))
    stock.dropDemand(held)
    stock.dropDemand(held)
    expect(here(stock)).toMatchObject({ reserved: zero, outgoing: zero })
  })
})

describe('a hold that ends by itself', () => {
  const ends = (moment: string) =>
    demand('r', '6', { type: 'reservation', reserved: decimal('6'), expiresAt: new Date(moment) })
  const held = () => [level('10', { reserved: decimal('6') })]

  it('counts until the moment before and not from it on', () => {
    const before = state({ levels: held(), demands: [ends('2026-11-01T10:00:00.001Z')] })
    expect(before.available('p', 'w').toFixed()).toBe('4')
    const after = state({ levels: held(), demands: [ends('2026-11-01T10:00:00Z')] })
    expect(after.available('p', 'w').toFixed()).toBe('10')
    expect(here(after).reserved.toFixed()).toBe('0')
  })

  it('leaves its goods to who waits, before anybody else can ask', () => {
    const waiting = demand('waiting', '8', { reserved: decimal('4') })
    const stock = state({
      levels: [level('10', { reserved: decimal('10') })],
      demands: [ends('2026-11-01T10:00:00Z'), waiting],
    })
    expect(heldBy(stock, 'waiting')).toBe('8')
    expect(stock.available('p', 'w').toFixed()).toBe('2')
  })
})

describe('tracked goods', () => {
  const lot = (id: string, expiresOn: string | null) => ({
    id,
    productId: 'p',
    number: id,
    serial: false,
    expiresOn,
    received: decimal('5'),
  })
  const lotted = (lots: ReturnType<typeof lot>[], each = 5) =>
    state({
      levels: [level(String(each * lots.length))],
      products: [product({ tracking: 'lot' })],
      lots,
      balances: lots.map(({ id }) => ({
        productId: 'p',
        warehouseId: 'w',
        locationId: 'stock',
        lotId: id,
        quantity: decimal(String(each)),
      })),
    })

  it('are held first expired first, never the expired', () => {
    const stock = lotted([
      lot('L1', '2026-12-31'),
      lot('L2', '2026-10-15'),
      lot('L3', '2026-11-30'),
      lot('L4', null),
    ])
    expect(stock.available('p', 'w').toFixed()).toBe('15')
    stock.want(demand('a', '12'))
    expect(lotsHeldBy(stock, 'a')).toEqual({
      L3: '5',
      L1: '5',
      L4: '2',
    })
  })

  it('go back from the lot that was chosen last', () => {
    const stock = lotted([lot('A', null), lot('B', null), lot('C', null)], 3)
    const line = stock.want(demand('line', '8'))
    expect(lotsHeldBy(stock, 'line')).toEqual({ A: '3', B: '3', C: '2' })
    stock.unhold(line, decimal('3'))
    expect(lotsHeldBy(stock, 'line')).toEqual({ A: '3', B: '2' })
  })

  it('go back from the lots that are named before all others', () => {
    const stock = lotted([lot('A', null), lot('B', null), lot('C', null)], 3)
    const line = stock.want(demand('line', '8'))
    stock.unhold(line, decimal('3'), new Map([['A', decimal('2')]]))
    expect(lotsHeldBy(stock, 'line')).toEqual({ A: '1', B: '3', C: '1' })
  })

  it('can be sold on the day on which they expire', () => {
    const stock = lotted([lot('L1', '2026-11-01')])
    expect(stock.available('p', 'w').toFixed()).toBe('5')
  })
})

describe('movements', () => {
  const move = (stock: StockState, from: string, to: string, quantity: string, more: object = {}) =>
    stock.move({
      productId: 'p',
      lotId: null,
      from: stock.location(from),
      to: stock.location(to),
      quantity: decimal(quantity),
      date: '2026-11-01',
      shipmentId: 's',
      shipmentLineId: 'l',
      ...more,
    })

  it('into quarantine keep the value and lower what is on hand', () => {
    const stock = state()
    const made = move(stock, 'stock', 'quarantine', '4')
    expect(made).toMatchObject({ value: zero, fromSeq: null, toSeq: null })
    expect(here(stock)).toMatchObject({
      onHand: decimal('6'),
      quarantined: decimal('4'),
      value: decimal('10'),
      lastSeq: 0,
    })
  })

  it('of goods that come to cover what went out correct its cost', () => {
    const stock = state({
      levels: [level('-5', { value: decimal('-50'), allowNegative: true })],
      shortages: [
        { productId: 'p', warehouseId: 'w', moveId: 'm', quantity: decimal('5'), value: decimal('50') },
      ],
    })
    move(stock, 'supplier', 'stock', '8', { valueIn: decimal('96.00') })
    expect(here(stock).value.toFixed()).toBe('36')
    expect(stock.corrections).toMatchObject([
      { moveId: 'm', valueChange: decimal('10'), cause: 'negative-stock' },
    ])
  })

  it('take a receipt back out of its own layer, at what is left in it', () => {
    const stock = state({
      levels: [level('0')],
      balances: [],
      products: [product({ valuation: 'fifo' })],
    })
    const first = move(stock, 'supplier', 'stock', '10', { valueIn: decimal('10') })
    move(stock, 'supplier', 'stock', '10', { valueIn: decimal('20') })
    move(stock, 'stock', 'customer', '5')
    const back = move(stock, 'stock', 'supplier', '10', {
      valueOut: first.value,
      layerSeq: first.toSeq,
    })
    expect(back.value.toFixed()).toBe('15')
    expect(here(stock)).toMatchObject({ onHand: decimal('5'), value: decimal('10') })
    expect(move(stock, 'stock', 'customer', '5').value.toFixed()).toBe('10')
    expect(here(stock).value.toFixed()).toBe('0')
  })
})

describe('whatever happens', () => {
  interface Step {
    readonly type: 'receive' | 'deliver' | 'want' | 'lower' | 'drop' | 'lose'
    readonly line: string
    readonly quantity: number
  }
  const steps = fc.array(
    fc.record<Step>({
      type: fc.constantFrom('receive', 'deliver', 'want', 'lower', 'drop', 'lose'),
      line: fc.constantFrom('a', 'b', 'c', 'd'),
      quantity: fc.integer({ min: 1, max: 12 }),
    }),
    { maxLength: 80 },
  )

  const add = (stock: StockState, from: string, to: string, quantity: Decimal) =>
    stock.move({
      productId: 'p',
      lotId: null,
      from: stock.location(from),
      to: stock.location(to),
      quantity,
      valueIn: quantity.times(decimal('1.37')).round(2, 1),
      date: '2026-11-01',
      shipmentId: 's',
      shipmentLineId: 'l',
    })

  function take(stock: StockState, { type, line, quantity: asked }: Step): void {
    const quantity = decimal(asked)
    const [held] = stock.demandsOf(line)
    switch (type) {
      case 'receive':
        add(stock, 'supplier', 'stock', quantity)
        stock.allocateWaiting('p', 'w')
        break
      case 'want':
        stock.want(demand(line, String(asked), { priority: asked % 3 }))
        break
      case 'lower':
        if (held) stock.lower(held, quantity)
        stock.allocateWaiting('p', 'w')
        break
      case 'drop':
        if (held) stock.dropDemand(held)
        stock.allocateWaiting('p', 'w')
        break
      case 'deliver': {
        const most = min(quantity, held?.reserved ?? zero)
        if (!most.gt(zero)) break
        stock.fulfil(line, 'w', most, new Map())
        add(stock, 'stock', 'customer', most)
        break
      }
      case 'lose': {
        const lost = min(quantity, here(stock).onHand)
        if (!lost.gt(zero)) break
        add(stock, 'stock', 'supplier', lost)
        stock.shedHolds('p', 'w')
        break
      }
    }
  }

  it.each(['average', 'fifo'] as const)('the counters are the sums of their rows (%s)', (valuation) => {
    fc.assert(
      fc.property(steps, (taken) => {
        const stock = state({ levels: [level('0')], balances: [], products: [product({ valuation })] })
        for (const step of taken) {
          take(stock, step)
          const { onHand, reserved, outgoing, value, lastSeq } = here(stock)
          const demands = [...stock.demands.values()]
          expect(sum(demands.map((d) => d.reserved)).toFixed()).toBe(reserved.toFixed())
          expect(sum(demands.map((d) => d.wanted)).toFixed()).toBe(outgoing.toFixed())
          expect(demands.every((d) => d.reserved.gte(zero) && d.reserved.lte(d.wanted))).toBe(true)
          expect(reserved.lte(max(onHand, zero))).toBe(true)
          expect(sum([...stock.balances.values()].map((b) => b.quantity)).toFixed()).toBe(onHand.toFixed())
          expect(lastSeq).toBe(stock.moves.length)
          // Nobody waits while something is free.
          const waits = demands.some((d) => d.reserved.lt(d.wanted))
          expect(waits && stock.available('p', 'w').gt(zero)).toBe(false)
          if (valuation === 'fifo') {
            const layers = stock.layers.get('p w') ?? []
            expect(sum(layers.map((layer) => layer.value)).toFixed()).toBe(value.toFixed())
            expect(sum(layers.map((layer) => layer.quantity)).toFixed()).toBe(onHand.toFixed())
          }
          if (onHand.eq(zero)) expect(value.toFixed()).toBe('0')
        }
      }),
    )
  })
})
