import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { setClock } from '../../src/kernel/clock.ts'
import type { Answered } from '../support/api.ts'
import { itAddsUp } from '../support/consistency.ts'
import { issue, pool, receiveAt } from '../support/goods.ts'
import { type Trade, openTrade } from '../support/trade.ts'

describe('S21 A late receipt dated before a stock count', () => {
  let trade: Trade
  let productId: string
  let count: Answered
  beforeAll(async () => {
    trade = await openTrade({ company: { currency: 'EUR' } })
    setClock(() => new Date('2026-12-01T10:00:00Z'))
    productId = await trade.product({ sku: 'LATE' })
    await trade.stock(productId, '20', { unitCost: '2.00' }, { date: '2026-06-01' })
    for (const [date, quantity] of [
      ['2026-07-15', '4'],
      ['2026-08-15', '4'],
      ['2026-09-15', '3'],
      ['2026-10-15', '3'],
    ]) {
      await issue(trade, productId, quantity!, { date })
    }
  })
  afterAll(() => trade.close())

  it('1: the count of 1 is a difference of -5', async () => {
    expect(await pool(trade, productId)).toBe('6 / 12.00')
    const draft = await trade.api('POST', '/stock-adjustments', {
      warehouseId: trade.warehouseId,
      date: '2026-11-11',
      lines: [{ productId, countedQuantity: '1', reason: 'stock count' }],
    })
    count = await trade.act(`/stock-adjustments/${draft.id}/post`)
    expect(count.lines[0]).toMatchObject({ countedQuantity: '1', quantityChange: '-5' })
    expect(await pool(trade, productId)).toBe('1 / 2.00')
  })

  it('2: a receipt of 56 dated 1 July is refused; the message names the count', async () => {
    const draft = await trade.api('POST', '/receipt-notes', {
      partyId: trade.vendorId,
      date: '2026-07-01',
      lines: [{ productId, quantity: '56', unitCost: '2.00' }],
    })
    const refusal = await trade.refused(`/receipt-notes/${draft.id}/post`)
    expect(refusal.status).toBe(409)
    expect(refusal.detail).toContain(count.number)
    expect(refusal.detail).toContain('2026-11-11')
    expect(await trade.again('receipt-notes', draft)).toMatchObject({ state: 'draft', number: null })
    expect(await pool(trade, productId)).toBe('1 / 2.00')
    expect((await trade.again('stock-adjustments', count)).lines[0]).toMatchObject({ quantityChange: '-5' })
  })

  it('holds for everything that would move goods before the count, in every kind of document', async () => {
    const { warehouseId, customerId } = trade
    const second = await trade.warehouse('B')
    const head = { date: '2026-11-10', warehouseId }
    for (const [path, body] of [
      ['delivery-notes', { ...head, partyId: customerId, lines: [{ productId, quantity: '1' }] }],
      ['stock-adjustments', { ...head, lines: [{ productId, quantityChange: '1', reason: 'found' }] }],
      ['stock-adjustments', { ...head, lines: [{ productId, countedQuantity: '5', reason: 'count' }] }],
      ['stock-transfers', { ...head, toWarehouseId: second, lines: [{ productId, quantity: '1' }] }],
      ['sales-returns', { ...head, partyId: customerId, lines: [{ productId, quantity: '1' }] }],
    ] as const) {
      const draft = await trade.api('POST', `/${path}`, body)
      expect((await trade.refused(`/${path}/${draft.id}/post`)).detail).toContain(count.number)
    }
    expect(await pool(trade, productId)).toBe('1 / 2.00')
  })

  it('a receipt after the count, and any other product, is received', async () => {
    await receiveAt(trade, productId, '56', '2.00', { date: '2026-11-12' })
    expect(await pool(trade, productId)).toBe('57 / 114.00')
    await receiveAt(trade, await trade.product(), '56', '2.00', { date: '2026-07-01' })
  })

  it('a count that is entered late finds what lay there on its date, and what moved later stays on top', async () => {
    const other = await trade.product()
    await trade.stock(other, '10', { unitCost: '2.00' }, { date: '2026-11-01' })
    await issue(trade, other, '3', { date: '2026-11-20' })
    const countOf = async (countedQuantity: string, date: string) => {
      const lines = [{ productId: other, countedQuantity, reason: 'stock count' }]
      const draft = await trade.api('POST', '/stock-adjustments', {
        warehouseId: trade.warehouseId,
        date,
        lines,
      })
      return trade.act(`/stock-adjustments/${draft.id}/post`)
    }
    expect((await countOf('10', '2026-11-10')).lines[0]).toMatchObject({ quantityChange: '0' })
    expect(await pool(trade, other)).toBe('7 / 14.00')
    expect((await countOf('9', '2026-11-15')).lines[0]).toMatchObject({ quantityChange: '-1' })
    expect(await pool(trade, other)).toBe('6 / 12.00')
    const { items } = await trade.api('GET', '/reports/stock-value?on=2026-11-15')
    expect(items.find((row) => row['productId'] === other)).toMatchObject({
      quantity: '9',
    })
  })

  itAddsUp(() => trade)
})
