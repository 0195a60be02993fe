import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { printed, textOf } from '../support/pdf.ts'
import { type Trade, openTrade } from '../support/trade.ts'

const billing = { type: 'billing', line1: 'ul. Gęsia 12', postalCode: '00-950', city: 'Warszawa' }
const depot = { type: 'shipping', name: 'Depot', line1: 'Rampa 4', postalCode: '80-001', city: 'Gdańsk' }
const place = (city: string, more: object = {}) => ({
  name: null,
  line1: null,
  line2: null,
  city,
  region: null,
  postalCode: null,
  country: null,
  ...more,
})

describe('the delivery address of a sales order', () => {
  let trade: Trade
  let partyId: string
  let productId: string
  beforeAll(async () => {
    trade = await openTrade()
    productId = await trade.product()
    await trade.stock(productId, '100')
    partyId = await customer([billing, depot])
  })
  afterAll(() => trade.close())

  const customer = async (addresses: readonly object[]) =>
    (await trade.api('POST', '/parties', { name: 'Żółw', roles: ['customer'], addresses })).id
  const draft = (head: object = {}) =>
    trade.api('POST', '/sales-orders', { partyId, lines: [{ productId, quantity: '2' }], ...head })
  const change = (order: { readonly id: string }, body: object) =>
    trade.api('PATCH', `/sales-orders/${order.id}`, body)
  const words = async (path: string) =>
    (await textOf(await printed(trade, `${path}?language=en`))).replaceAll(/\s+/g, ' ')

  it('is that of the customer where none is said, and stays as it was', async () => {
    const order = await draft()
    expect(order['deliveryAddress']).toEqual(
      place('Gdańsk', { name: 'Depot', line1: 'Rampa 4', postalCode: '80-001' }),
    )
    const other = await customer([billing, depot])
    const kept = await draft({ partyId: other })
    await trade.api('PATCH', `/parties/${other}`, { addresses: [billing] })
    expect((await change(kept, { notes: 'soon' }))['deliveryAddress']).toMatchObject({ city: 'Gdańsk' })
    // Asked for again it is today's.
    expect((await change(kept, { deliveryAddress: null }))['deliveryAddress']).toMatchObject({
      city: 'Warszawa',
    })
  })

  it('is typed, carried to the delivery note, and printed on both', async () => {
    const order = await draft({ deliveryAddress: { line1: 'Site 7', city: 'Hel', country: null } })
    expect(order['deliveryAddress']).toEqual(place('Hel', { line1: 'Site 7' }))
    await trade.act(`/sales-orders/${order.id}/confirm`)
    const note = await trade.follow('sales-orders', order, 'delivery-notes')
    expect(note['deliveryAddress']).toEqual(order['deliveryAddress'])
    await trade.act(`/delivery-notes/${note.id}/post`)
    for (const path of [`/sales-orders/${order.id}/pdf`, `/delivery-notes/${note.id}/pdf`]) {
      const text = await words(path)
      expect(text).toContain('Ship to')
      expect(text).toContain('Site 7')
      expect(text).not.toContain('Rampa 4')
    }
  })

  it('goes with the customer when another is chosen, and not without', async () => {
    const order = await draft({ deliveryAddress: { city: 'Hel' } })
    const other = await customer([{ ...billing, city: 'Radom' }])
    expect((await change(order, { partyId: other }))['deliveryAddress']).toMatchObject({ city: 'Radom' })
    const again = await draft({ deliveryAddress: { city: 'Hel' } })
    expect(
      (await change(again, { partyId: other, deliveryAddress: { city: 'Hel' } }))['deliveryAddress'],
    ).toEqual(place('Hel'))
  })

  it('is not printed twice where it is the address of the customer', async () => {
    const order = await draft({ partyId: await customer([billing]) })
    expect(await words(`/sales-orders/${order.id}/pdf`)).not.toContain('Ship to')
  })

  it('is there on a delivery note without an order, and refused for a purchase', async () => {
    const lines = [{ productId, quantity: '1' }]
    const note = await trade.api('POST', '/delivery-notes', { partyId, lines })
    expect(note['deliveryAddress']).toMatchObject({ city: 'Gdańsk' })
    const vendor = await trade.api('POST', '/parties', { name: 'Mill', roles: ['vendor'] })
    const refusal = await trade.refused('/purchase-orders', {
      partyId: vendor.id,
      lines: [{ productId, quantity: '1', unitPrice: '1' }],
      deliveryAddress: { city: 'Hel' },
    })
    expect(refusal).toMatchObject({ status: 422, errors: [{ pointer: '/deliveryAddress' }] })
  })
})
