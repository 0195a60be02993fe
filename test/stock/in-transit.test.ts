import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Shop, openShop } from '../support/shop.ts'

interface Transfer {
  readonly id: string
  readonly inTransit: boolean
}

describe('goods in transit', () => {
  let shop: Shop
  let second: string
  let productId: string
  beforeAll(async () => {
    shop = await openShop()
    second = await shop.warehouse('SECOND')
    productId = await shop.product()
    await shop.stock(productId, '20', { unitCost: '2.50' })
  })
  afterAll(() => shop.close())

  const send = async (more: object): Promise<string> => {
    const { id } = await shop.act('/stock-transfers', {
      warehouseId: shop.warehouseId,
      toWarehouseId: second,
      lines: [{ productId, quantity: '3' }],
      ...more,
    })
    return id
  }
  /** What the list says, and what the transfer itself does. */
  const told = async (id: string) => {
    const { items } = await shop.api<{ items: Transfer[] }>('GET', '/stock-transfers')
    const itself = await shop.api<Transfer>('GET', `/stock-transfers/${id}`)
    return [items.find((row) => row.id === id)?.inTransit, itself.inTransit]
  }

  it('are told by the list as by the transfer: from posting until all of it is received', async () => {
    const id = await send({ viaTransit: true })
    expect(await told(id)).toEqual([false, false])
    await shop.act(`/stock-transfers/${id}/post`)
    expect(await told(id)).toEqual([true, true])
    const { lines } = await shop.api<{ lines: { id: string }[] }>('GET', `/stock-transfers/${id}`)
    await shop.act(`/stock-transfers/${id}/receive`, {
      lines: [{ sourceLineId: lines[0]!.id, quantity: '1' }],
    })
    expect(await told(id)).toEqual([true, true])
    await shop.act(`/stock-transfers/${id}/receive`)
    expect(await told(id)).toEqual([false, false])
  })

  it('are told by previews, of posting and of receiving', async () => {
    const id = await send({ viaTransit: true })
    const preview = async (action: string) => {
      const answer = await shop.api<{
        changes: { statuses: { field: string; before: string; after: string }[] }
      }>('POST', `/stock-transfers/${id}/${action}?preview=true`)
      return answer.changes.statuses.map((s) => [s.field, s.before, s.after])
    }
    expect(await preview('post')).toEqual([
      ['state', 'draft', 'posted'],
      ['inTransit', null, 'true'],
    ])
    await shop.act(`/stock-transfers/${id}/post`)
    expect(await preview('receive')).toEqual([['inTransit', 'true', 'false']])
  })

  it('are none where goods went at once', async () => {
    const id = await send({})
    await shop.act(`/stock-transfers/${id}/post`)
    expect(await told(id)).toEqual([false, false])
  })

  it('are worth to the transfer what they left with, once, when they have arrived too', async () => {
    const id = await send({ viaTransit: true })
    await shop.act(`/stock-transfers/${id}/post`)
    const worth = async () => {
      const transfer = await shop.api('GET', `/stock-transfers/${id}`)
      const explained = await shop.api('GET', `/documents/${id}/explain?field=value`)
      return [
        transfer['value'],
        transfer.lines[0]!['value'],
        explained['value'],
        (explained['rows'] as object[]).length,
      ]
    }
    expect(await worth()).toEqual(['7.5', '7.5', '7.5', 1])
    await shop.act(`/stock-transfers/${id}/receive`, {
      lines: [
        { sourceLineId: (await shop.api('GET', `/stock-transfers/${id}`)).lines[0]!.id, quantity: '1' },
      ],
    })
    await shop.act(`/stock-transfers/${id}/receive`)
    expect(await worth()).toEqual(['7.5', '7.5', '7.5', 1])
  })
})
