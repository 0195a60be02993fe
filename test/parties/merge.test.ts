import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { itAddsUp } from '../support/consistency.ts'
import { type Trade, openTrade } from '../support/trade.ts'

describe('merging a party that is there twice', () => {
  let trade: Trade
  let productId: string
  beforeAll(async () => {
    trade = await openTrade()
    productId = await trade.product()
    await trade.stock(productId, '100')
  })
  afterAll(() => trade.close())
  itAddsUp(() => trade)

  const party = (more: object = {}) =>
    trade.api('POST', '/parties', { name: 'Kowalski', roles: ['customer'], ...more })
  const read = (path: string) => trade.api('GET', path)
  const listed = async (path: string, partyId: string) =>
    (await read(`/${path}?partyId=${partyId}&limit=200`)).items.map(
      (each) => [each.id, (each['party'] as { name: string }).name] as const,
    )
  /** With an order, a draft invoice and a posted one of which 40.00 are paid. */
  const busy = async (more: object = {}) => {
    const duplicate = await party({ name: 'Kowalski Jan', email: 'jan@example.com', ...more })
    const lines = [{ productId, quantity: '2', unitPrice: '50.00' }]
    const order = await trade.sell(lines, { partyId: duplicate.id })
    const invoice = await trade.invoice(order)
    await trade.pay(invoice, { amount: '40.00' })
    const draft = await trade.api('POST', '/invoices', {
      partyId: duplicate.id,
      lines: [{ description: 'Work', quantity: '1', unitPrice: '5.00' }],
    })
    return { duplicate, order, invoice, draft }
  }

  it('shows what would move and moves nothing', async () => {
    const { duplicate, invoice } = await busy()
    const kept = await party()
    const told = await trade.api('POST', `/parties/${duplicate.id}/merge?preview=true`, { into: kept.id })
    expect(told['moved']).toEqual([
      { kind: 'invoice', count: 2 },
      { kind: 'payment', count: 1 },
      { kind: 'sales-order', count: 1 },
    ])
    expect(told).toMatchObject({ facts: ['email'], balances: [{ receivable: '60', payable: '0' }] })
    expect(await read(`/parties/${duplicate.id}`)).toMatchObject({ archived: false, mergedInto: null })
    expect(await listed('invoices', kept.id)).toEqual([])
    expect((await trade.again('invoices', invoice))['partyId']).toBe(duplicate.id)
  })

  it('moves documents and balances; what was issued says what it said', async () => {
    const { duplicate, order, invoice, draft } = await busy()
    const kept = await party()
    const older = await party({ name: 'Kowalski J.' })
    await trade.act(`/parties/${older.id}/merge`, { into: duplicate.id })
    await trade.act(`/parties/${duplicate.id}/merge`, { into: kept.id })
    expect(await listed('invoices', duplicate.id)).toEqual([])
    expect(new Map(await listed('invoices', kept.id))).toEqual(
      new Map([
        [invoice.id, 'Kowalski Jan'],
        [draft.id, 'Kowalski'],
      ]),
    )
    expect(await read(`/parties/${duplicate.id}`)).toMatchObject({ archived: true, mergedInto: kept.id })
    expect(await read(`/parties/${older.id}`)).toMatchObject({ archived: true, mergedInto: kept.id })
    expect(await read(`/parties/${kept.id}`)).toMatchObject({ email: 'jan@example.com' })
    // Life goes on: the rest is paid, the order is delivered.
    expect(await trade.pay(await trade.again('invoices', invoice), { amount: '60.00' })).toMatchObject({
      partyId: kept.id,
    })
    expect(await trade.followAndPost('sales-orders', order, 'delivery-notes')).toMatchObject({
      partyId: kept.id,
    })
    const { items } = (await read(`/events?objectId=${duplicate.id}&type=party.merged`)) as unknown as {
      items: unknown[]
    }
    expect(items).toHaveLength(1)
  })

  it('takes vendors’ prices and price books along, each once', async () => {
    const [kept, duplicate] = [await party({ roles: ['vendor'] }), await party({ roles: ['vendor'] })]
    const vendors = [
      { partyId: kept.id, code: 'K' },
      { partyId: duplicate.id, code: 'D' },
    ]
    const both = await trade.product({ vendors })
    const one = await trade.product({ vendors: vendors.slice(1) })
    await trade.act(`/parties/${duplicate.id}/merge`, { into: kept.id })
    const codes = async (id: string) =>
      ((await read(`/products/${id}`))['vendors'] as { partyId: string; code: string }[]).map((v) => [
        v.partyId,
        v.code,
      ])
    expect(await codes(both)).toEqual([[kept.id, 'K']])
    expect(await codes(one)).toEqual([[kept.id, 'D']])
  })

  it('refuses two tax numbers, stale versions, archived ones and itself', async () => {
    const duplicate = await party({ taxNumber: 'PL 526-104-08-28' })
    const same = await party({ taxNumber: '5261040828' })
    const other = await party({ taxNumber: '51 824 753 556' })
    const path = `/parties/${duplicate.id}/merge`
    expect(await trade.refused(path, { into: other.id })).toMatchObject({
      status: 422,
      code: 'two-tax-numbers',
    })
    expect(await trade.refused(path, { into: duplicate.id })).toMatchObject({ status: 422 })
    expect(await trade.refused(path, { into: same.id, version: 7 })).toMatchObject({ status: 412 })
    expect(await trade.refused(path, { into: same.id }, { ifMatch: 7 })).toMatchObject({ status: 412 })
    await trade.act(`/parties/${other.id}/archive`)
    expect(await trade.refused(path, { into: other.id })).toMatchObject({ status: 409 })
    await trade.act(path, { into: same.id, version: 1 })
    expect(await trade.refused(`/parties/${duplicate.id}/unarchive`)).toMatchObject({
      status: 409,
      code: 'merged',
    })
  })

  it('finds a tax number however it is written', async () => {
    const { id } = await party({ taxNumber: 'DE 811-907-980' })
    const { items } = (await read('/parties?taxNumber=811907980')) as unknown as { items: { id: string }[] }
    expect(items.map((each) => each.id)).toEqual([id])
  })
})
