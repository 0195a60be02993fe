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
    const listed = async (query: string) => {
      const { items } = await shop.api<{ items: Transfer[] }>('GET', `/stock-transfers?${query}`)
      const { count } = await shop.api<{ count: number }>('GET', `/stock-transfers/count?${query}`)
      expect(count).toBe(items.length)
      return items.some((row) => row.id === id)
    }
    expect([await listed('inTransit=true'), await listed('inTransit=false')]).toEqual([true, false])
    const elsewhere = await shop.send('GET', '/delivery-notes?inTransit=true')
    expect(elsewhere.status).toBe(400)
    const { lines } = await shop.api<{ lines: { id: string }[] }>('GET', `/stock-transfers/${id}`)
    await shop.act(`/stock-transfers/${id}/receive`, {
      lines: [{ sourceLineId: lines[0]!.id, quantity: '1' }],
    })
    expect(await told(id)).toEqual([true, true])
    await shop.act(`/stock-transfers/${id}/receive`)
    expect(await told(id)).toEqual([false, false])
    expect([await listed('inTransit=true'), await listed('state=posted&inTransit=false')]).toEqual([
      false,
      true,
    ])
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

describe('lots and serial numbers in transit', () => {
  let shop: Shop
  let second: string
  beforeAll(async () => {
    shop = await openShop()
    second = await shop.warehouse('SECOND')
  })
  afterAll(() => shop.close())

  interface Line {
    readonly id: string
    readonly received: string
    readonly lotsReceived: readonly { readonly number: string; readonly quantity: string }[]
  }
  const sent = async (tracking: 'lot' | 'serial', lots: object, quantity: string) => {
    const productId = await shop.product({ tracking })
    await shop.stock(productId, quantity, lots)
    const { id } = await shop.act('/stock-transfers', {
      warehouseId: shop.warehouseId,
      toWarehouseId: second,
      viaTransit: true,
      lines: [{ productId, quantity, ...lots }],
    })
    const { lines } = (await shop.act(`/stock-transfers/${id}/post`)) as unknown as { lines: Line[] }
    const receive = (line: object) =>
      shop.send<Line & { code?: string; errors?: { pointer: string; message: string }[]; lines: Line[] }>(
        'POST',
        `/stock-transfers/${id}/receive`,
        { lines: [{ sourceLineId: lines[0]!.id, ...line }] },
      )
    const there = async () => {
      const { items } = await shop.api<{ items: { lotNumber: string; quantity: string; value?: string }[] }>(
        'GET',
        `/stock/balances?productId=${productId}&warehouseId=${second}`,
      )
      return items
        .map(({ lotNumber, quantity: lying }) => [lotNumber, lying])
        .toSorted(([a], [b]) => a!.localeCompare(b!))
    }
    return { id, receive, there, productId }
  }

  it('of several serial numbers the one that is named arrives, and one has to be named', async () => {
    const { id, receive, there } = await sent('serial', { serials: ['A-1', 'A-2', 'A-3'] }, '3')
    const unsaid = await receive({ quantity: '1' })
    expect([unsaid.status, unsaid.json.errors]).toEqual([
      422,
      [
        {
          pointer: '/lines/0/serials',
          message: expect.stringMatching(/1 of 3 in transit\. On their way: A-1, A-2, A-3\.$/) as string,
        },
      ],
    ])
    const one = await receive({ quantity: '1', serials: ['A-2'] })
    expect([one.status, one.json.lines[0]!.lotsReceived.map((lot) => lot.number)]).toEqual([200, ['A-2']])
    expect(await there()).toEqual([['A-2', '1']])
    const again = await receive({ quantity: '1', serials: ['A-2'] })
    expect([again.status, again.json.errors![0]!.pointer]).toEqual([422, '/lines/0/serials/0'])
    const twice = await receive({ quantity: '2', serials: ['A-1', 'A-1'] })
    expect([twice.status, twice.json.errors![0]!.pointer]).toEqual([422, '/lines/0/serials/1'])
    const fewer = await receive({ quantity: '2', serials: ['A-1'] })
    expect([fewer.status, fewer.json.code]).toEqual([422, 'lots-do-not-add-up'])
    await receive({ quantity: '1', serials: ['A-3'] })
    // The last one needs no name.
    await shop.act(`/stock-transfers/${id}/receive`)
    expect((await there()).map(([number]) => number)).toEqual(['A-1', 'A-2', 'A-3'])
  })

  it('of several lots it is said how much of which, and all of it needs no saying', async () => {
    const lots = {
      lots: [
        { number: 'L-1', quantity: '4' },
        { number: 'L-2', quantity: '5' },
        { number: 'L-3', quantity: '1' },
      ],
    }
    const { id, receive, there, productId } = await sent('lot', lots, '10')
    const { lines } = await shop.api<{ lines: { serials: string[] }[] }>('GET', `/stock-transfers/${id}`)
    expect(lines[0]!.serials).toEqual([])
    expect((await receive({ quantity: '5' })).json.errors![0]!.pointer).toBe('/lines/0/lots')
    const over = await receive({ quantity: '5', lots: [{ number: 'L-1', quantity: '5' }] })
    expect([over.status, over.json.errors![0]!.pointer]).toEqual([409, '/lines/0/lots/0'])
    await receive({ quantity: '5', lots: [{ number: 'L-2', quantity: '5' }] })
    expect(await there()).toEqual([['L-2', '5']])
    await receive({ quantity: '5' })
    expect(await there()).toEqual([
      ['L-1', '4'],
      ['L-2', '5'],
      ['L-3', '1'],
    ])
    expect((await shop.level(productId, second)).value).toBe('10')
  })

  it('of one lot a part needs no name; goods that are not told apart have none', async () => {
    const { receive, there } = await sent('lot', { lots: [{ number: 'ONLY', quantity: '4' }] }, '4')
    await receive({ quantity: '1' })
    expect(await there()).toEqual([['ONLY', '1']])
    const productId = await shop.product()
    await shop.stock(productId, '2')
    const { id } = await shop.act('/stock-transfers', {
      warehouseId: shop.warehouseId,
      toWarehouseId: second,
      viaTransit: true,
      post: true,
      lines: [{ productId, quantity: '2' }],
    })
    const { lines } = await shop.api<{ lines: Line[] }>('GET', `/stock-transfers/${id}`)
    const named = await shop.send('POST', `/stock-transfers/${id}/receive`, {
      lines: [{ sourceLineId: lines[0]!.id, quantity: '1', serials: ['X'] }],
    })
    expect([named.status, named.json.code]).toEqual([422, 'not-tracked'])
  })
})
