import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { asSystem } from '../../src/identity/index.ts'
import { setClock } from '../../src/kernel/clock.ts'
import { expireReservations } from '../../src/stock/index.ts'
import type { Answered } from '../support/api.ts'
import { itAddsUp } from '../support/consistency.ts'
import { type Shop, openShop } from '../support/shop.ts'

describe('stock reservations', () => {
  let shop: Shop
  beforeAll(async () => {
    shop = await openShop({ company: { reservationMinutes: 30 } })
  })
  afterEach(() => setClock(null))
  afterAll(() => shop.close())

  const at = (time: string) => setClock(new Date(`2026-11-02T${time}Z`))
  const reserve = (lines: readonly object[], more: object = {}, status = 201) =>
    shop.api(
      'POST',
      '/stock-reservations',
      { partyId: shop.customerId, warehouseId: shop.warehouseId, ...more, lines },
      { expect: status },
    )
  const read = (reservation: Answered) => shop.api('GET', `/stock-reservations/${reservation.id}`)
  const stocked = async (quantity: string, fields: object = {}) => {
    const productId = await shop.product(fields)
    await shop.stock(productId, quantity)
    return productId
  }
  const sweep = () => asSystem(shop.db, shop.company.id, 'test', expireReservations)

  it('hold at once, with a number and an end', async () => {
    at('10:00:00')
    const productId = await stocked('5')
    const made = await reserve([{ productId, quantity: '3' }], { reference: 'call 17' })
    expect(made).toMatchObject({
      state: 'active',
      reserveUntil: '2026-11-02T10:30:00.000Z',
      reference: 'call 17',
      lines: [{ quantity: '3', reserved: '3', open: '3', released: '0', ordered: '0' }],
    })
    expect(made.number).toMatch(/^RES-2026-\d{4}$/)
    expect(await shop.figures(productId, ['onHand', 'reserved', 'available', 'outgoing'])).toEqual([
      '5',
      '3',
      '2',
      '0',
    ])
  })

  it('hold all or nothing, and say what every short line could have', async () => {
    const [some, none] = [await stocked('5', { sku: 'CABLE' }), await shop.product()]
    const plenty = await stocked('9')
    const refused = await reserve(
      [
        { productId: plenty, quantity: '9' },
        { productId: some, quantity: '6' },
        { productId: none, quantity: '1' },
      ],
      {},
      409,
    )
    expect(refused).toMatchObject({ code: 'not-available', available: '5' })
    expect(refused.detail).toContain('Only 5 of CABLE available in Main warehouse, 6 needed.')
    expect(refused.errors.map((e) => e.pointer)).toEqual(['/lines/1/quantity', '/lines/2/quantity'])
    expect((await shop.level(plenty)).reserved).toBe('0')
  })

  it('are previewed without holding anything', async () => {
    const productId = await stocked('5')
    const body = { partyId: shop.customerId, lines: [{ productId, quantity: '2' }] }
    const seen = await shop.api('POST', '/stock-reservations?preview=true', body)
    expect(seen).toMatchObject({ state: 'active', lines: [{ reserved: '2' }] })
    expect((await shop.level(productId)).reserved).toBe('0')
    const { items } = await shop.api('GET', `/stock-reservations?productId=${productId}`)
    expect(items).toEqual([])
  })

  it('take units, and refuse what cannot be held', async () => {
    const productId = await stocked('30', { units: [{ unit: 'box', numerator: 12 }] })
    const made = await reserve([{ productId, quantity: '2', unit: 'box' }])
    expect(made.lines).toMatchObject([{ unit: 'box', baseQuantity: '24', reserved: '2' }])
    const service = await shop.product({ type: 'service' })
    const wrong = async (lines: object[], more: object = {}) =>
      (await reserve(lines, more, 422)).errors[0]!.pointer
    expect(await wrong([{ productId: service, quantity: '1' }])).toBe('/lines/0/productId')
    expect(await wrong([{ productId, quantity: '0' }])).toBe('/lines/0/quantity')
    expect(await wrong([{ productId, quantity: '1', unit: 'ton' }])).toBe('/lines/0/unit')
    expect(await wrong([{ productId, quantity: '1' }], { partyId: shop.vendorId })).toBe('/partyId')
    expect(await wrong([{ productId, quantity: '1' }], { reserveUntil: '2020-01-01T00:00:00Z' })).toBe(
      '/reserveUntil',
    )
  })

  it('are released in parts and as a whole, no more than is held', async () => {
    const productId = await stocked('10', { units: [{ unit: 'pair', numerator: 2 }] })
    const made = await reserve([{ productId, quantity: '4', unit: 'pair' }])
    const path = `/stock-reservations/${made.id}/release`
    const line = made.lines[0]!.id
    const part = await shop.act(path, { lines: [{ id: line, quantity: '1.5' }] })
    expect(part).toMatchObject({ state: 'active', lines: [{ reserved: '2.5', released: '1.5' }] })
    expect((await shop.level(productId)).reserved).toBe('5')
    const over = await shop.act(path, { lines: [{ id: line, quantity: '3' }] }, { expect: 409 })
    expect(over.detail).toContain('At most 2.5 pair')
    const whole = await shop.act(path, { reason: 'lost interest' })
    expect(whole).toMatchObject({ state: 'released', lines: [{ reserved: '0', open: '0' }] })
    expect(await shop.figures(productId, ['reserved', 'available'])).toEqual(['0', '10'])
    await shop.act(path, undefined, { expect: 409 })
    expect((await shop.level(productId)).reserved).toBe('0')
    const refused = whole.actions.filter((action) => !action.allowed).map((action) => action.name)
    expect(refused).toEqual(['release', 'extend', 'sales-orders'])
  })

  it('give what comes free to waiting orders, at a release and at the end', async () => {
    at('10:00:00')
    const productId = await stocked('5')
    const first = await reserve([{ productId, quantity: '3' }])
    await reserve([{ productId, quantity: '2' }])
    const waiting = await shop.order([{ productId, quantity: '4', unitPrice: '1' }], { backOrders: true })
    await shop.act(`/sales-orders/${waiting.id}/confirm`)
    const held = async () => (await shop.api('GET', `/sales-orders/${waiting.id}`)).lines[0]!['reserved']
    expect(await held()).toBe('0')
    await shop.act(`/stock-reservations/${first.id}/release`)
    expect(await held()).toBe('3')
    at('10:30:00')
    await sweep()
    expect(await held()).toBe('4')
    expect(await shop.figures(productId, ['reserved', 'available'])).toEqual(['4', '1'])
  })

  it('that have ended do not let a new order pass those that wait', async () => {
    at('10:00:00')
    const productId = await stocked('5')
    await reserve([{ productId, quantity: '5' }])
    const waiting = await shop.order([{ productId, quantity: '4', unitPrice: '1' }], { backOrders: true })
    await shop.act(`/sales-orders/${waiting.id}/confirm`)
    at('10:30:00')
    const late = await shop.order([{ productId, quantity: '2', unitPrice: '1' }])
    const refused = await shop.act(`/sales-orders/${late.id}/confirm`, undefined, { expect: 409 })
    expect(refused.detail).toContain('Only 1 of')
    await shop.act(`/sales-orders/${waiting.id}/cancel`)
    await shop.act(`/sales-orders/${late.id}/confirm`)
    expect(await shop.figures(productId, ['reserved', 'available'])).toEqual(['2', '3'])
  })

  it('are noted in the history once when they end, and once more after an extension', async () => {
    at('10:00:00')
    const productId = await stocked('5')
    const made = await reserve([{ productId, quantity: '5' }])
    at('10:31:00')
    await sweep()
    await sweep()
    await shop.act(`/stock-reservations/${made.id}/extend`)
    at('11:01:00')
    await sweep()
    const { rows } = await shop.ownerDb.query<{ type: string }>(
      'select type from events where object_id = $1 order by id',
      [made.id],
    )
    expect(rows.map((row) => row.type)).toEqual([
      'stock-reservation.created',
      'stock-reservation.expired',
      'stock-reservation.extended',
      'stock-reservation.expired',
    ])
    expect(await read(made)).toMatchObject({ state: 'expired', lines: [{ reserved: '0', open: '5' }] })
  })

  it('are not extended to an end that is sooner, whether it is named or follows from the company', async () => {
    at('10:00:00')
    const productId = await stocked('5')
    const made = await reserve([{ productId, quantity: '4' }], { reserveUntil: '2026-11-05T10:00:00Z' })
    const path = `/stock-reservations/${made.id}/extend`
    for (const body of [undefined, { reserveUntil: '2026-11-05T09:59:59Z' }]) {
      const refused = await shop.act(path, body, { expect: 422 })
      expect([refused['code'], refused.detail]).toEqual([
        'not-longer',
        expect.stringContaining('Choose a later end'),
      ])
    }
    expect(await read(made)).toMatchObject({ reserveUntil: '2026-11-05T10:00:00.000Z' })
    const extended = await shop.act(path, { reserveUntil: '2026-11-06T10:00:00Z' })
    expect(extended).toMatchObject({ reserveUntil: '2026-11-06T10:00:00.000Z' })
  })

  it('that have ended are held again if the goods are still there', async () => {
    at('10:00:00')
    const productId = await stocked('5')
    const made = await reserve([{ productId, quantity: '4' }])
    const path = `/stock-reservations/${made.id}/extend`
    at('12:00:00')
    await reserve([{ productId, quantity: '2' }])
    const refused = await shop.act(path, undefined, { expect: 409 })
    expect(refused.detail).toContain(
      'ended at 2 Nov 2026, 11:30:00; its goods have been free since. Only 3 of',
    )
    await shop.stock(productId, '1')
    const extended = await shop.act(path, { reserveUntil: '2026-11-03T10:00:00Z' })
    expect(extended).toMatchObject({
      state: 'active',
      reserveUntil: '2026-11-03T10:00:00.000Z',
      lines: [{ reserved: '4' }],
    })
  })

  it('are listed by state, customer, product and search', async () => {
    at('10:00:00')
    const productId = await stocked('10')
    const partyId = await shop.customer('Žluťoučký kůň')
    const short = await reserve([{ productId, quantity: '1' }], { partyId })
    const long = await reserve([{ productId, quantity: '1' }], {
      partyId,
      reserveUntil: '2026-12-01T00:00:00Z',
    })
    const gone = await reserve([{ productId, quantity: '1' }], { partyId })
    await shop.act(`/stock-reservations/${gone.id}/release`)
    at('10:30:00')
    const ids = async (query: string) =>
      (await shop.api('GET', `/stock-reservations?productId=${productId}&${query}`)).items.map((r) => r.id)
    expect(await ids('state=active')).toEqual([long.id])
    expect(await ids('state=expired')).toEqual([short.id])
    expect(await ids('state=released')).toEqual([gone.id])
    expect(await ids('q=zlutoucky')).toHaveLength(3)
    expect(await ids('sort=-reserveUntil')).toEqual([long.id, gone.id, short.id])
    expect(await ids(`from=2026-11-02&to=2026-11-02&partyId=${partyId}`)).toHaveLength(3)
    expect(await ids('from=2026-11-03')).toEqual([])
    expect(await shop.api('GET', `/stock-reservations/count?partyId=${partyId}&state=active`)).toEqual({
      count: 1,
      capped: false,
    })
  })

  it('keep reference and notes, guarded by their version', async () => {
    const productId = await stocked('1')
    const made = await reserve([{ productId, quantity: '1' }])
    const path = `/stock-reservations/${made.id}`
    const changed = await shop.api('PATCH', path, { notes: 'calls back' }, { ifMatch: made.version })
    expect(changed).toMatchObject({ notes: 'calls back', version: made.version + 1 })
    await shop.api('PATCH', path, { notes: 'no' }, { ifMatch: made.version, expect: 412 })
    await shop.api('POST', `${path}/release`, {}, { ifMatch: made.version, expect: 412 })
  })

  it('are made by who may post them, and are not found by others', async () => {
    const productId = await stocked('1')
    const made = await reserve([{ productId, quantity: '1' }])
    const viewer = await shop.signInAs('viewer')
    await shop.api('GET', `/stock-reservations/${made.id}`, undefined, { as: viewer })
    await shop.api('POST', `/stock-reservations/${made.id}/release`, {}, { as: viewer, expect: 403 })
    const stranger = await shop.newCompany()
    for (const action of ['', '/release', '/extend', '/sales-orders']) {
      const method = action === '' ? 'GET' : 'POST'
      await shop.api(method, `/stock-reservations/${made.id}${action}`, undefined, {
        as: stranger,
        expect: 404,
      })
    }
  })

  itAddsUp(() => shop)
})

describe('a sales order made from a reservation', () => {
  let shop: Shop
  beforeAll(async () => {
    shop = await openShop({ company: { reservationMinutes: 30 } })
  })
  afterEach(() => setClock(null))
  afterAll(() => shop.close())

  const reserve = async (lines: readonly object[]) =>
    shop.api('POST', '/stock-reservations', { partyId: shop.customerId, reference: 'call 17', lines })
  const stocked = async (quantity: string, fields: object = {}) => {
    const productId = await shop.product(fields)
    await shop.stock(productId, quantity)
    return productId
  }

  it('takes the hold over when it is confirmed', async () => {
    const productId = await stocked('5')
    const reservation = await reserve([{ productId, quantity: '5' }])
    const path = `/stock-reservations/${reservation.id}`
    const order = await shop.act(`${path}/sales-orders`)
    expect(order).toMatchObject({
      state: 'draft',
      reference: 'call 17',
      reservationId: reservation.id,
      lines: [{ productId, quantity: '5', unitPrice: '10' }],
    })
    expect((await shop.level(productId)).reserved).toBe('5')
    const again = await shop.act(`${path}/sales-orders`, undefined, { expect: 409 })
    expect(again.code).toBe('nothing-left')

    const confirmed = await shop.act(`/sales-orders/${order.id}/confirm`)
    expect(confirmed.lines[0]!['reserved']).toBe('5')
    expect(await shop.figures(productId, ['reserved', 'available', 'outgoing'])).toEqual(['5', '0', '5'])
    expect(await shop.api('GET', path)).toMatchObject({
      state: 'ordered',
      orderId: order.id,
      lines: [{ reserved: '0', ordered: '5' }],
      links: [{ kind: 'sales-order', id: order.id, relation: 'ordered as' }],
    })
    await shop.act(`${path}/release`, undefined, { expect: 409 })
    await shop.act(`/sales-orders/${order.id}/cancel`)
    expect(await shop.figures(productId, ['reserved', 'available'])).toEqual(['0', '5'])
  })

  it('is ordered, not released, when what the order left is let go', async () => {
    const productId = await stocked('5')
    const reservation = await reserve([{ productId, quantity: '5' }])
    const path = `/stock-reservations/${reservation.id}`
    const sourceLineId = reservation.lines[0]!.id
    const order = await shop.act(`${path}/sales-orders`, { lines: [{ sourceLineId, quantity: '3' }] })
    await shop.act(`/sales-orders/${order.id}/confirm`)
    expect(await shop.act(`${path}/release`)).toMatchObject({
      state: 'ordered',
      lines: [{ reserved: '0', ordered: '3', released: '2' }],
    })
    expect(await shop.figures(productId, ['reserved', 'available'])).toEqual(['3', '2'])
  })

  it('may take a part and prices of its own; the rest stays reserved', async () => {
    const [cup, jug] = [await stocked('10'), await stocked('10')]
    const reservation = await reserve([
      { productId: cup, quantity: '6' },
      { productId: jug, quantity: '2' },
    ])
    const path = `/stock-reservations/${reservation.id}`
    const sourceLineId = reservation.lines[0]!.id
    const order = await shop.act(`${path}/sales-orders`, {
      lines: [{ sourceLineId, quantity: '4', unitPrice: '7.00' }],
    })
    expect(order.totals.gross).toBe('28')
    const over = { lines: [{ sourceLineId, quantity: '3' }] }
    expect((await shop.act(`${path}/sales-orders`, over, { expect: 409 })).detail).toContain('At most 2')
    await shop.act(`/sales-orders/${order.id}/confirm`)
    expect(await shop.figures(cup, ['reserved', 'outgoing'])).toEqual(['6', '4'])
    expect(await shop.api('GET', path)).toMatchObject({
      state: 'active',
      lines: [
        { reserved: '2', ordered: '4' },
        { reserved: '2', ordered: '0' },
      ],
    })
    const rest = await shop.act(`${path}/sales-orders`)
    expect(rest.lines.map((line) => line.quantity)).toEqual(['2', '2'])
    await shop.act(`/sales-orders/${rest.id}/confirm`)
    expect(await shop.api('GET', path)).toMatchObject({ state: 'ordered' })
    expect(await shop.figures(cup, ['reserved', 'outgoing'])).toEqual(['6', '6'])
  })

  it('keeps the hold when its lines are edited', async () => {
    const [cup, jug] = [await stocked('5'), await stocked('5')]
    const reservation = await reserve([
      { productId: cup, quantity: '5' },
      { productId: jug, quantity: '5' },
    ])
    const order = await shop.act(`/stock-reservations/${reservation.id}/sales-orders`)
    await shop.api('PATCH', `/sales-orders/${order.id}`, {
      lines: [
        { description: 'Engraving', quantity: '1', unitPrice: '3.00' },
        { productId: jug, quantity: '5' },
        { productId: cup, quantity: '4' },
      ],
    })
    await shop.act(`/sales-orders/${order.id}/confirm`)
    expect(await shop.figures(cup, ['reserved', 'available'])).toEqual(['5', '0'])
    expect(await shop.api('GET', `/stock-reservations/${reservation.id}`)).toMatchObject({
      state: 'active',
      lines: [
        { reserved: '1', ordered: '4' },
        { reserved: '0', ordered: '5' },
      ],
    })
  })

  it('is refused once the reservation has ended or was released, with what is available', async () => {
    setClock(new Date('2026-11-02T10:00:00Z'))
    const productId = await stocked('5', { sku: 'VASE' })
    const reservation = await reserve([{ productId, quantity: '5' }])
    const path = `/stock-reservations/${reservation.id}`
    setClock(new Date('2026-11-02T10:31:00Z'))
    await reserve([{ productId, quantity: '3' }])
    const ended = await shop.act(`${path}/sales-orders`, undefined, { expect: 409 })
    expect(ended).toMatchObject({
      code: 'reservation-expired',
      available: [{ sku: 'VASE', available: '2' }],
    })
    expect(ended.detail).toContain('2 of VASE')
    await shop.act(`${path}/release`)
    const released = await shop.act(`${path}/sales-orders`, undefined, { expect: 409 })
    expect(released).toMatchObject({ code: 'wrong-state', available: [{ available: '2' }] })
  })

  it('takes goods from the warehouse that a transfer took the hold to', async () => {
    const productId = await stocked('5')
    const south = await shop.warehouse('SOUTH')
    const reservation = await reserve([{ productId, quantity: '5' }])
    const transfer = await shop.act('/stock-transfers', {
      warehouseId: shop.warehouseId,
      toWarehouseId: south,
      takeReservations: true,
      lines: [{ productId, quantity: '2' }],
    })
    await shop.act(`/stock-transfers/${transfer.id}/post`)
    expect(await shop.api('GET', `/stock-reservations/${reservation.id}`)).toMatchObject({
      lines: [{ reserved: '5' }],
    })
    const order = await shop.act(`/stock-reservations/${reservation.id}/sales-orders`)
    await shop.act(`/sales-orders/${order.id}/confirm`)
    expect(await shop.figures(productId, ['reserved', 'available'], south)).toEqual(['2', '0'])
    expect(await shop.figures(productId, ['reserved', 'available'])).toEqual(['3', '0'])
    await shop.deliver(order.id)
    expect(await shop.figures(productId, ['onHand', 'reserved'], south)).toEqual(['0', '0'])
    expect(await shop.figures(productId, ['onHand', 'reserved'])).toEqual(['0', '0'])
  })

  itAddsUp(() => shop)
})
