import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decimal, sum } from '../../src/kernel/decimal.ts'
import { type Shop, openShop } from '../support/shop.ts'

interface Explanation {
  readonly value: string
  readonly unit: string
  readonly rule: string
  readonly rows: readonly {
    readonly label: string
    readonly quantity: string | null
    readonly amount: string | null
    readonly kind: string | null
    readonly number: string | null
    readonly party: string | null
  }[]
}

const figures = ['onHand', 'reserved', 'available', 'incoming', 'outgoing', 'forecast', 'value'] as const

describe('an explanation', () => {
  let shop: Shop
  let productId: string
  beforeAll(async () => {
    shop = await openShop({ company: { backOrders: true } })
    productId = await shop.product({ sku: 'CB-14' })
    const purchase = await shop.api('POST', '/purchase-orders', {
      partyId: shop.vendorId,
      lines: [{ productId, quantity: '20', unitPrice: '3.00' }],
    })
    await shop.act(`/purchase-orders/${purchase.id}/confirm`)
    const receipt = await shop.act(`/purchase-orders/${purchase.id}/receipt-notes`, {
      lines: [{ sourceLineId: purchase.lines[0]!.id, quantity: '12' }],
    })
    await shop.act(`/receipt-notes/${receipt.id}/post`)
    const sold = await shop.order([{ productId, quantity: '4', unitPrice: '9.00' }])
    await shop.act(`/sales-orders/${sold.id}/confirm`)
    const delivery = await shop.deliver(sold.id)
    await shop.act(`/delivery-notes/${delivery.id}/reverse`)
    await shop.deliver(sold.id)
    const waiting = await shop.order([{ productId, quantity: '10', unitPrice: '9.00' }], { priority: 3 })
    await shop.act(`/sales-orders/${waiting.id}/confirm`)
  })
  afterAll(() => shop.close())

  const explain = (field: string, product = productId) =>
    shop.api<Explanation>(
      'GET',
      `/stock/levels/explain?productId=${product}&warehouseId=${shop.warehouseId}&field=${field}`,
    )

  it.each(figures)('of %s adds up to it', async (field) => {
    const { value, rows, rule } = await explain(field)
    expect(value).toBe((await shop.level(productId))[field])
    const parts = rows.map((row) => (field === 'value' ? row.amount! : row.quantity!))
    expect(sum(parts.map((part) => decimal(part))).toFixed()).toBe(value)
    expect(rows.length).toBeGreaterThan(0)
    expect(rule).toMatch(/\.$/)
  })

  it('names the documents, reversals too', async () => {
    const { rows } = await explain('onHand')
    expect(rows.map((row) => [row.label.replace(/\d{4}-\d{4}/, '#'), row.quantity])).toEqual([
      ['Delivery note DN-#', '-4'],
      ['Reversal of delivery note DN-#', '4'],
      ['Delivery note DN-#', '-4'],
      ['Receipt note RN-#', '12'],
    ])
  })

  it('says who holds what and who waits', async () => {
    const reserved = await explain('reserved')
    expect(reserved.rows).toMatchObject([
      { kind: 'sales-order', party: 'Premium Computers', quantity: '8', priority: 3 },
    ])
    const outgoing = await explain('outgoing')
    expect(outgoing.rows).toMatchObject([{ kind: 'sales-order', quantity: '10' }])
    const incoming = await explain('incoming')
    expect(incoming.rows).toMatchObject([
      { kind: 'purchase-order', party: 'Bright Components', quantity: '8' },
    ])
  })

  it('of the value is in company currency, of a quantity in the base unit', async () => {
    expect((await explain('value')).unit).toBe('USD')
    expect((await explain('onHand')).unit).toBe('pcs')
  })

  it('of a product that never moved is zero, of an unknown one refused', async () => {
    const still = await shop.product()
    expect(await explain('available', still)).toMatchObject({ value: '0', rows: [{ quantity: '0' }] })
    expect(await explain('onHand', still)).toMatchObject({ value: '0', rows: [] })
    const path = `/stock/levels/explain?productId=${shop.customerId}&warehouseId=${shop.warehouseId}&field=onHand`
    await shop.api('GET', path, undefined, { expect: 404 })
  })

  it('sums up what is too much to list', async () => {
    const busy = await shop.product()
    await shop.stock(busy, '1000')
    const lines = Array.from({ length: 600 }, () => ({
      productId: busy,
      quantityChange: '-1',
      reason: 'use',
    }))
    const draft = await shop.act('/stock-adjustments', { warehouseId: shop.warehouseId, lines })
    await shop.act(`/stock-adjustments/${draft.id}/post`)
    const { value, rows } = await explain('onHand', busy)
    expect(value).toBe('400')
    expect(rows.map((row) => row.quantity)).toEqual(['-500', '900'])
    expect(rows[1]!.label).toBe('101 earlier movements')
  })
})
