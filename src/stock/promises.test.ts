import { describe, expect, it } from 'vitest'
import type { Company, Context } from '../kernel/context.ts'
import { decimal, zero } from '../kernel/decimal.ts'
import { StockPromises, byAllocation } from './promises.ts'
import type { Demand, Level } from './records.ts'

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

const level = (more: Partial<Level> = {}): Level => ({
  productId: 'p',
  warehouseId: 'w',
  onHand: zero,
  quarantined: zero,
  reserved: zero,
  incoming: zero,
  outgoing: zero,
  value: zero,
  lastSeq: 0,
  allowNegative: false,
  ...more,
})

/** Goods in lots of which each holds so many, with ends in the order of their names. */
function promises(lots: Readonly<Record<string, string>>, stock: Partial<Level> = {}): StockPromises {
  const tracked = Object.keys(lots).length > 0
  return new StockPromises(ctx, {
    levels: [level(stock)],
    products: [
      {
        id: 'p',
        sku: 'P',
        unit: 'pcs',
        tracking: tracked ? 'lot' : 'none',
        valuation: 'average',
        purchasePrice: null,
      },
    ],
    demands: [],
    lotHolds: [],
    locations: [{ id: 'stock', warehouseId: 'w', code: 'STOCK', type: 'stock', isDefault: true }],
    balances: Object.entries(lots).map(([lotId, quantity]) => ({
      productId: 'p',
      warehouseId: 'w',
      locationId: 'stock',
      lotId,
      quantity: decimal(quantity),
    })),
    lots: Object.keys(lots).map((id) => ({
      id,
      productId: 'p',
      number: id,
      serial: false,
      received: zero,
      expiresOn: null,
    })),
    layers: [],
    shortages: [],
  })
}

const held = (stock: StockPromises, line: string): Record<string, string> =>
  Object.fromEntries(
    [...(stock.lotHolds.get(`${line} w`) ?? [])].map(([lot, quantity]) => [lot, quantity.toFixed()]),
  )

describe('what a line holds of lots', () => {
  it('goes back from the lot that was chosen last', () => {
    const stock = promises({ A: '3', B: '3', C: '3' }, { onHand: decimal('9') })
    const line = stock.want(demand('line', '8'))
    expect(held(stock, 'line')).toEqual({ A: '3', B: '3', C: '2' })
    stock.unhold(line, decimal('3'))
    expect(held(stock, 'line')).toEqual({ A: '3', B: '2' })
  })

  it('goes back from the lots that are named before all others', () => {
    const stock = promises({ A: '3', B: '3', C: '3' }, { onHand: decimal('9') })
    const line = stock.want(demand('line', '8'))
    stock.unhold(line, decimal('3'), new Map([['A', decimal('2')]]))
    expect(held(stock, 'line')).toEqual({ A: '1', B: '3', C: '1' })
  })
})

describe('holds on goods that are gone', () => {
  const short = (allowNegative: boolean) => {
    const stock = promises({}, { onHand: decimal('5'), allowNegative })
    stock.want(demand('line', '5'))
    stock.level('p', 'w').onHand = decimal('2')
    const lost = stock.shedHolds('p', 'w')
    return [lost.length, stock.level('p', 'w').reserved.toFixed()]
  }
  it('are lost, but not where stock may go below zero', () => {
    expect(short(false)).toEqual([1, '2'])
    expect(short(true)).toEqual([0, '5'])
  })
})

it('goods go by priority, then date, then age, then line: nothing is left to chance', () => {
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
