import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDays } from '../../src/kernel/dates.ts'
import type { Answered, AnsweredLine } from '../support/api.ts'
import { itAddsUp } from '../support/consistency.ts'
import { type Trade, openTrade } from '../support/trade.ts'
import { numbersFrom } from '../properties/dice.ts'

let shop: Trade
const today = new Date().toISOString().slice(0, 10)
const inDays = (days: number): string => addDays(today, days)

beforeAll(async () => {
  shop = await openTrade({ company: { timeZone: 'UTC', backOrders: true } })
})
afterAll(() => shop.close())
itAddsUp(() => shop)

const dates = (order: Answered): unknown[] => order.lines.map((line) => line['availableOn'])
const line = (productId: string, quantity: string, more: object = {}) => ({
  productId,
  quantity,
  unitPrice: '5',
  ...more,
})

describe('the day on which a line can be promised', () => {
  it('is today for what is free, else when what comes is enough for those before and for it', async () => {
    const productId = await shop.product({ units: [{ unit: 'box', numerator: 12 }] })
    await shop.stock(productId, '10')
    // Nothing is on order: 14 of a draft can never be had, 10 of it now.
    const draft = await shop.order([line(productId, '4'), line(productId, '6'), line(productId, '4')])
    expect(dates(draft)).toEqual([today, today, null])
    const held = await shop.sell([line(productId, '7')])
    expect(dates(held)).toEqual([today])
    await shop.buy([line(productId, '5', { expectedDate: inDays(10) })])
    await shop.buy([line(productId, '5', { expectedDate: inDays(20) })])
    const waits = await shop.sell([line(productId, '6')], { expectedDate: inDays(5) })
    // 3 are held for it; it gets 3 of the 5 that come first.
    expect(waits.lines[0]).toMatchObject({ reserved: '3', backordered: '3', availableOn: inDays(10) })
    // 2 are left then; one of the second delivery is not spoken for before 4 are wanted.
    const later = await shop.sell([line(productId, '4')], { expectedDate: inDays(6) })
    expect(dates(later)).toEqual([inDays(20)])
    // Due sooner, it would be served before both: so the goods are given out.
    const urgent = await shop.order([line(productId, '5')], { expectedDate: inDays(1) })
    expect(dates(urgent)).toEqual([inDays(10)])
    await shop.act(`/sales-orders/${urgent.id}/confirm`)
    expect(dates(await shop.again('sales-orders', waits))).toEqual([inDays(20)])
    expect(dates(await shop.again('sales-orders', later))).toEqual([null])
    // A priority goes before dates.
    const first = await shop.order([line(productId, '1')], { priority: 5, expectedDate: inDays(90) })
    expect(dates(first)).toEqual([inDays(10)])
    await shop.deliver(held.id)
    expect(dates(await shop.again('sales-orders', held))).toEqual([null])
    // The same question while the order is being written.
    const asked = await shop.api('POST', '/stock/availability', {
      warehouseId: shop.warehouseId,
      date: inDays(1),
      lines: [
        { productId, quantity: '5' },
        { productId, unit: 'box', quantity: '1' },
        { productId, quantity: '1' },
      ],
    })
    expect(asked.lines.map((each) => each['availableOn'])).toEqual([inDays(20), null, inDays(20)])
  })

  it('knows what is late, has no date, is a draft, or is held by a reservation', async () => {
    const dated = { partyId: shop.vendorId, leadTimeDays: 8, preferred: true }
    const [late, undated, byLeadTime, drafted] = [
      await shop.product(),
      await shop.product(),
      await shop.product({ vendors: [dated] }),
      await shop.product(),
    ]
    await shop.buy([line(late, '1')], { expectedDate: inDays(-3) })
    await shop.buy([line(undated, '1'), line(byLeadTime, '1')], { orderDate: inDays(-2) })
    await shop.api('POST', '/purchase-orders', {
      partyId: shop.vendorId,
      warehouseId: shop.warehouseId,
      lines: [line(drafted, '1', { expectedDate: inDays(1) })],
    })
    const service = await shop.product({ type: 'service' })
    const order = await shop.order([late, undated, byLeadTime, drafted, service].map((id) => line(id, '1')))
    expect(dates(order)).toEqual([inDays(1), null, inDays(6), null, null])

    const productId = await shop.product()
    await shop.stock(productId, '3')
    const reservation = await shop.api('POST', '/stock-reservations', {
      partyId: shop.customerId,
      warehouseId: shop.warehouseId,
      reserveUntil: new Date(Date.now() + 3_600_000).toISOString(),
      lines: [{ productId, quantity: '3' }],
    })
    expect(dates(await shop.order([line(productId, '1')]))).toEqual([null])
    const own = await shop.act(`/stock-reservations/${reservation.id}/sales-orders`, {})
    expect(own).toMatchObject({ state: 'draft', lines: [{ availableOn: today }] })
  })

  it('costs no round trip of its own', async () => {
    const productId = await shop.product()
    const lines = Array.from({ length: 5 }, () => line(productId, '1'))
    const sale = await shop.order(lines)
    const purchase = await shop.api('POST', '/purchase-orders', { partyId: shop.vendorId, lines })
    const cost = async (path: string) =>
      /desc="(.+)"/.exec((await shop.send('GET', path)).headers.get('server-timing')!)![1]
    expect(await cost(`/sales-orders/${sale.id}`)).toBe(await cost(`/purchase-orders/${purchase.id}`))
  })
})

interface Open {
  readonly lineId: string
  readonly productId: string
  readonly position: number
  readonly priority: number
  readonly due: string
  /** When it was confirmed, as a place in the history; drafts come after all. */
  readonly since: number
  readonly said: string | null
  lacking: number
}

/** Gives the goods out as a person would: to who waits now, then each delivery on its day. */
function giveOut(
  free: number,
  waiting: Open[],
  fresh: Open[],
  deliveries: readonly { day: string; quantity: number }[],
) {
  const got = new Map<string, string>()
  const inOrder = (all: Open[]) =>
    all.toSorted(
      (a, b) =>
        b.priority - a.priority || a.due.localeCompare(b.due) || a.since - b.since || a.position - b.position,
    )
  let pool = free
  const give = (to: Open[], day: string): void => {
    for (const each of to) {
      const part = Math.max(Math.min(pool, each.lacking), 0)
      pool -= part
      each.lacking -= part
      if (each.lacking === 0 && !got.has(each.lineId)) got.set(each.lineId, day)
    }
  }
  give(inOrder(waiting), today)
  give(fresh, today)
  for (const { day, quantity } of deliveries.toSorted((a, b) => a.day.localeCompare(b.day))) {
    pool += quantity
    give(inOrder([...waiting, ...fresh]), day)
  }
  return got
}

describe('a random history', () => {
  it('gives the dates and projections that a plain model gives', async () => {
    const seed = Number(process.hrtime.bigint() % 1_000_000n)
    const roll = numbersFrom(seed)
    const pick = (below: number): number => roll() % below
    const products = [await shop.product(), await shop.product()]
    for (const productId of products)
      await shop.api('POST', '/reorder-levels', {
        productId,
        warehouseId: shop.warehouseId,
        minimum: '30',
        maximum: '64',
        packSize: '5',
        leadTimeDays: 6,
      })
    const confirmed: string[] = []
    const sales: string[] = []
    const purchases: string[] = []
    const delivered = new Map(products.map((id) => [id, 0]))
    const reserved = new Map(products.map((id) => [id, 0]))
    const some = (): string => products[pick(2)]!
    const date = (): object => (pick(3) === 0 ? {} : { expectedDate: inDays(pick(25) - 3) })
    const lines = () => Array.from({ length: 1 + pick(3) }, () => line(some(), String(1 + pick(9)), date()))
    const moves: (() => Promise<unknown>)[] = [
      async () => shop.stock(some(), String(1 + pick(12))),
      async () => {
        const order = await shop.api('POST', '/purchase-orders', {
          partyId: shop.vendorId,
          warehouseId: shop.warehouseId,
          ...date(),
          lines: lines(),
        })
        purchases.push(order.id)
        if (pick(4) > 0) await shop.act(`/purchase-orders/${order.id}/confirm`)
      },
      async () => {
        const order = await shop.order(lines(), { ...date(), priority: pick(2) })
        sales.push(order.id)
        if (pick(4) === 0) return
        await shop.act(`/sales-orders/${order.id}/confirm`)
        confirmed.push(order.id)
      },
      async () => {
        const id = confirmed[pick(confirmed.length || 1)]
        if (id === undefined) return
        const before = await shop.again('sales-orders', { id })
        if (before.state !== 'confirmed' || before.lines.every((each) => each['reserved'] === '0')) return
        await shop.deliver(id)
        const after = await shop.again('sales-orders', { id })
        for (const [i, each] of after.lines.entries()) {
          const productId = String(each['productId'])
          const more = Number(each['delivered']) - Number(before.lines[i]!['delivered'])
          delivered.set(productId, delivered.get(productId)! + more)
        }
      },
      async () => {
        const id = purchases[pick(purchases.length || 1)]
        if (id === undefined) return
        const order = await shop.again('purchase-orders', { id })
        if (order.state !== 'confirmed' || order.lines.every((each) => each['open'] === '0')) return
        const first = order.lines.find((each) => each['open'] !== '0')!
        await shop.receive(order, { lines: [{ sourceLineId: first.id, quantity: first['open'] }] })
      },
      async () => {
        const productId = some()
        const { status } = await shop.send('POST', '/stock-reservations', {
          partyId: shop.customerId,
          warehouseId: shop.warehouseId,
          reserveUntil: new Date(Date.now() + 3_600_000).toISOString(),
          lines: [{ productId, quantity: '2' }],
        })
        if (status === 201) reserved.set(productId, reserved.get(productId)! + 2)
      },
      async () => {
        const id = sales[pick(sales.length || 1)]
        if (id !== undefined) await shop.send('POST', `/sales-orders/${id}/cancel`)
      },
    ]
    let compared = 0
    for (let step = 1; step <= 72; step++) {
      await moves[[0, 1, 1, 2, 2, 2, 3, 4, 5, 6][pick(10)]!]!()
      if (step % 9 === 0) compared += await compare()
    }
    expect(compared).toBeGreaterThan(8)

    async function compare(): Promise<number> {
      const read = (path: string, ids: readonly string[]) =>
        Promise.all(ids.map((id) => shop.again(path, { id })))
      const [sold, bought] = [await read('sales-orders', sales), await read('purchase-orders', purchases)]
      let count = 0
      const dueOf = (order: Answered, each: AnsweredLine): string =>
        String(each['expectedDate'] ?? order['expectedDate'] ?? order['orderDate'])
      for (const productId of products) {
        const open = sold.flatMap((order) =>
          order.lines.flatMap((each): (Open & { orderId: string; state: string; open: number })[] => {
            if (
              each['productId'] !== productId ||
              each['open'] === '0' ||
              !['draft', 'confirmed'].includes(order.state)
            )
              return []
            return [
              {
                lineId: each.id,
                productId,
                orderId: order.id,
                state: order.state,
                position: Number(each['position']),
                priority: Number(order['priority']),
                due: dueOf(order, each),
                since: order.state === 'draft' ? Infinity : confirmed.indexOf(order.id),
                said: each['availableOn'] as string | null,
                open: Number(each['open']),
                lacking: Number(each['open']) - Number(each['reserved']),
              },
            ]
          }),
        )
        const coming = bought.flatMap((order) =>
          order.lines
            .filter((each) => each['productId'] === productId && ['draft', 'confirmed'].includes(order.state))
            .map((each) => ({
              draft: order.state === 'draft',
              quantity: Number(each['open']),
              expected: (each['expectedDate'] ?? order['expectedDate'] ?? null) as string | null,
              ordered: String(order['orderDate']),
            })),
        )
        const deliveries = coming
          .filter(({ draft, expected }) => !draft && expected !== null)
          .map(({ quantity, expected }) => ({ quantity, day: expected! < today ? inDays(1) : expected! }))
        const level = await shop.level(productId)
        const waiting = open.filter(({ state }) => state === 'confirmed')
        const copy = () => waiting.map((each) => ({ ...each }))
        const expectedDates = giveOut(Number(level.available), copy(), [], deliveries)
        for (const each of waiting) {
          expect([each.lineId, each.said], `seed ${seed}`).toEqual([
            each.lineId,
            expectedDates.get(each.lineId) ?? null,
          ])
          count++
        }
        for (const orderId of new Set(
          open.filter(({ state }) => state === 'draft').map((each) => each.orderId),
        )) {
          const fresh = open.filter((each) => each.orderId === orderId).map((each) => ({ ...each }))
          const alone = giveOut(Number(level.available), copy(), fresh, deliveries)
          for (const each of fresh) {
            expect([each.lineId, each.said], `seed ${seed}`).toEqual([
              each.lineId,
              alone.get(each.lineId) ?? null,
            ])
            count++
          }
        }
        // And what the proposals expect: 6 days of lead time and 7 until the next order.
        const until = inDays(13)
        const total = (of: readonly number[]): number => of.reduce((a, b) => a + b, 0)
        const inTime = coming.filter(({ expected, ordered }) => (expected ?? addDays(ordered, 6)) <= until)
        const outgoing =
          total(waiting.filter(({ due }) => due <= until).map((each) => each.open)) + reserved.get(productId)!
        const demand = Math.round((delivered.get(productId)! * 1300) / 90) / 100
        const projected =
          Number(level.onHand) + total(inTime.map((each) => each.quantity)) - Math.max(outgoing, demand)
        const said = await shop.api(
          'GET',
          `/purchase-proposals/explain?productId=${productId}&warehouseId=${shop.warehouseId}`,
        )
        expect(Number(said['outgoing'])).toBe(outgoing)
        expect(Number(said['drafted'])).toBe(
          total(inTime.filter(({ draft }) => draft).map((each) => each.quantity)),
        )
        expect(Number(said['projected'])).toBeCloseTo(projected, 5)
        const rows = said['rows'] as { quantity: string }[]
        expect(total(rows.map((row) => Number(row.quantity)))).toBeCloseTo(projected, 5)
        expect(Number(said['quantity'])).toBe(projected < 30 ? 5 * Math.ceil((64 - projected) / 5 - 1e-9) : 0)
      }
      return count
    }
  })
})
