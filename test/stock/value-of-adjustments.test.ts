import { afterAll, beforeAll, expect, it } from 'vitest'
import { exact } from '../support/trade.ts'
import { type Shop, openShop } from '../support/shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

interface Adjustment {
  readonly id: string
  readonly value: string | null
  readonly lines: readonly { readonly value: string | null }[]
}

it('an adjustment is worth what it changes: what it loses is below zero, line by line and in all', async () => {
  const [lost, found] = [await shop.product(), await shop.product()]
  await shop.stock(lost, '10', { unitCost: '108.37' })
  const made = await shop.api<Adjustment>('POST', '/stock-adjustments', {
    warehouseId: shop.warehouseId,
    reason: 'count',
    lines: [
      { productId: lost, quantityChange: '-1' },
      { productId: found, quantityChange: '2', unitCost: '50.00' },
    ],
  })
  const path = `/stock-adjustments/${made.id}`
  const posted = await shop.api<Adjustment>('POST', `${path}/post`)
  expect([posted.value, posted.lines.map((line) => line.value)]).toEqual(
    exact(['-8.37', ['-108.37', '100.00']]),
  )
  expect(await shop.api('GET', path)).toMatchObject({ value: posted.value })
  const explain = async () => {
    const { rows } = await shop.api<{ rows: { amount: string }[] }>(
      'GET',
      `/documents/${made.id}/explain?field=value`,
    )
    return rows.map((row) => row.amount)
  }
  expect(await explain()).toEqual(exact(['-108.37', '100.00']))
  await shop.api('POST', `${path}/reverse`)
  expect((await explain()).toSorted()).toEqual(exact(['-108.37', '100.00', '108.37', '-100.00']).toSorted())
})
