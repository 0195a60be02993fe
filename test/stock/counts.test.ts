import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { itAddsUp } from '../support/consistency.ts'
import type { Answered } from '../support/api.ts'
import { type Shop, openShop } from '../support/shop.ts'

interface Line {
  readonly id: string
  readonly sku: string
  readonly lot: string | null
  readonly quantityChange: string
}

interface Sheet extends Answered {
  readonly lineCount: number
  readonly lines: readonly (Line & Answered['lines'][number])[]
  readonly changes: { readonly stock: readonly object[] }
}

describe('a stock count', () => {
  let shop: Shop
  beforeAll(async () => {
    shop = await openShop()
  })
  afterAll(() => shop.close())

  const begin = (body: object, expect = 201) => shop.api<Sheet>('POST', '/stock-counts', body, { expect })
  const enter = (count: Sheet, lines: object[], expect = 200) =>
    shop.api<Sheet>('POST', `/stock-counts/${count.id}/entries`, { lines }, { expect })
  const step = (count: Sheet, name: string, body: object = {}, expect = 200) =>
    shop.api<Sheet>('POST', `/stock-counts/${count.id}/${name}`, body, { expect })
  const read = (count: Sheet) => shop.api<Sheet>('GET', `/stock-counts/${count.id}`)
  const lineOf = (count: Sheet, sku: string) => count.lines.find((line) => line.sku === sku)!

  it('becomes one adjustment of its differences, and is booked while that is posted', async () => {
    const warehouseId = await shop.warehouse('C1')
    const [mug, cup] = [await shop.product({ sku: 'C1-MUG' }), await shop.product({ sku: 'C1-CUP' })]
    await shop.stock(mug, '10', { unitCost: '2' }, { warehouseId })
    await shop.stock(cup, '4', { unitCost: '3' }, { warehouseId })
    let count = await begin({ warehouseId, blind: false, counter: 'Marek' })
    expect(count).toMatchObject({ state: 'counting', lineCount: 2, countedCount: 0, counter: 'Marek' })
    expect(count.number).toMatch(/^CNT-\d{4}-0001$/)
    expect(lineOf(count, 'C1-MUG')).toMatchObject({ onHand: '10', book: null, counted: null })

    count = await enter(count, [{ lineId: lineOf(count, 'C1-MUG').id, counted: '8' }])
    expect(lineOf(count, 'C1-MUG')).toMatchObject({ book: '10', difference: '-2', value: '-4', moved: '0' })
    const refused = await step(count, 'finish', {}, 409)
    expect(refused).toMatchObject({ code: 'not-counted', uncounted: 1 })
    expect(refused.detail).toContain('C1-CUP')
    count = await enter(count, [{ productId: cup, counted: '4' }])
    expect(count).toMatchObject({ lineCount: 2, countedCount: 2, differenceCount: 1 })
    expect((await step(count, 'stock-adjustments', {}, 409)).code).toBe('wrong-state')
    count = await step(count, 'finish')
    expect(count.state).toBe('to-approve')

    const preview = await shop.api<Sheet>('POST', `/stock-counts/${count.id}/stock-adjustments?preview=true`)
    expect(preview.changes.stock).toMatchObject([{ sku: 'C1-MUG', onHand: { before: '10', after: '8' } }])
    expect((await read(count)).state).toBe('to-approve')

    const adjustment = await step(count, 'stock-adjustments', {}, 201)
    expect(adjustment).toMatchObject({
      state: 'posted',
      reference: count.number,
      reason: `Count ${count.number}`,
    })
    expect(adjustment.lines).toMatchObject([
      { sku: 'C1-CUP', countedQuantity: '4', bookQuantity: '4', quantityChange: '0' },
      { sku: 'C1-MUG', countedQuantity: '8', bookQuantity: '10', quantityChange: '-2' },
    ])
    expect(await shop.figures(mug, ['onHand'], warehouseId)).toEqual(['8'])
    count = await read(count)
    expect(count).toMatchObject({
      state: 'booked',
      adjustmentId: adjustment.id,
      adjustment: adjustment.number,
    })
    expect((await step(count, 'stock-adjustments', {}, 409)).code).toBe('wrong-state')
    expect((await enter(count, [{ productId: cup, counted: '5' }], 409)).code).toBe('wrong-state')

    // Whoever undoes the adjustment has the count to approve again.
    await shop.api('POST', `/stock-adjustments/${adjustment.id}/reopen`, undefined, { expect: 200 })
    count = await read(count)
    expect(count.state).toBe('to-approve')
    const offered = count.actions.find((action) => action.name === 'stock-adjustments')
    expect(offered).toMatchObject({ allowed: false, reason: { code: 'on-draft' } })
    expect((await step(count, 'stock-adjustments', {}, 409)).detail).toContain(adjustment.number)
    await shop.act(`/stock-adjustments/${adjustment.id}/post`)
    expect((await read(count)).state).toBe('booked')
    await shop.act(`/stock-adjustments/${adjustment.id}/reverse`, { reason: 'Counted badly' })
    expect(await read(count)).toMatchObject({ state: 'to-approve', adjustmentId: null })
    expect((await step(count, 'stock-adjustments', {}, 201)).lines[1]).toMatchObject({ quantityChange: '-2' })
    expect(await shop.figures(mug, ['onHand'], warehouseId)).toEqual(['8'])
  })

  it('leaves alone what moves before and after something is counted', async () => {
    const warehouseId = await shop.warehouse('C2')
    const productId = await shop.product({ sku: 'C2-MUG' })
    await shop.stock(productId, '20', { unitCost: '1' }, { warehouseId })
    const change = (quantityChange: string) => shop.stock(productId, quantityChange, {}, { warehouseId })
    let count = await begin({ warehouseId })
    await change('-5')
    // 15 by the books, 14 lie there; 3 more leave after that.
    count = await enter(count, [{ productId, counted: '14' }])
    expect(lineOf(count, 'C2-MUG')).toMatchObject({
      counted: '14',
      book: null,
      difference: null,
      onHand: null,
    })
    await change('-3')
    count = await step(count, 'finish')
    expect(lineOf(count, 'C2-MUG')).toMatchObject({ book: '15', difference: '-1', onHand: '12', moved: '-3' })
    await change('-2')
    const adjustment = await step(count, 'stock-adjustments', {}, 201)
    expect(adjustment.lines[0]).toMatchObject({ quantityChange: '-1' })
    expect(await shop.figures(productId, ['onHand'], warehouseId)).toEqual(['9'])
  })

  it('is held against the books of the moment that it names, when it is sent later', async () => {
    const warehouseId = await shop.warehouse('C3')
    const productId = await shop.product({ sku: 'C3-MUG' })
    await shop.stock(productId, '20', { unitCost: '1' }, { warehouseId })
    let count = await begin({ warehouseId })
    await new Promise((resolve) => setTimeout(resolve, 5))
    const countedAt = new Date().toISOString()
    await new Promise((resolve) => setTimeout(resolve, 5))
    await shop.stock(productId, '-6', {}, { warehouseId })
    count = await enter(count, [{ productId, counted: '19', countedAt }])
    count = await step(count, 'finish')
    expect(lineOf(count, 'C3-MUG')).toMatchObject({ book: '20', difference: '-1', moved: '-6', onHand: '14' })
    const sooner = await enter(await begin({ warehouseId }), [{ productId, counted: '1', countedAt }], 422)
    expect(sooner).toMatchObject({ code: 'before-the-count', errors: [{ pointer: '/lines/0/countedAt' }] })
    // A clock that is ahead means now.
    const ahead = await enter(await begin({ warehouseId, blind: false }), [
      { productId, counted: '14', countedAt: '2099-01-01T00:00:00Z' },
    ])
    expect(lineOf(ahead, 'C3-MUG')).toMatchObject({ book: '14', difference: '0' })
  })

  it('has lines counted again that differ by more than a limit', async () => {
    const warehouseId = await shop.warehouse('C4')
    const near = await shop.product({ sku: 'C4-NEAR' })
    const far = await shop.product({ sku: 'C4-FAR' })
    await shop.stock(near, '100', { unitCost: '1' }, { warehouseId })
    await shop.stock(far, '100', { unitCost: '1' }, { warehouseId })
    let count = await begin({ warehouseId })
    count = await enter(count, [
      { productId: near, counted: '99' },
      { productId: far, counted: '90' },
    ])
    count = await step(count, 'finish')
    expect((await step(count, 'recount', {}, 422)).code).toBe('nothing-named')
    expect((await step(count, 'recount', { overPercent: '10' }, 409)).code).toBe('nothing-over')
    count = await step(count, 'recount', { overValue: '5' })
    expect(count).toMatchObject({ state: 'counting', countedCount: 1 })
    expect(lineOf(count, 'C4-FAR')).toMatchObject({ counted: null, firstCounted: '90', firstBook: null })
    count = await enter(count, [{ productId: far, counted: '100' }])
    count = await step(count, 'finish')
    expect(lineOf(count, 'C4-FAR')).toMatchObject({
      counted: '100',
      difference: '0',
      firstCounted: '90',
      firstBook: '100',
    })
    count = await step(count, 'recount', { lineIds: [lineOf(count, 'C4-NEAR').id] })
    expect(lineOf(count, 'C4-NEAR').counted).toBe(null)
    count = await step(count, 'finish', { uncounted: 'leave' })
    const adjustment = await step(count, 'stock-adjustments', {}, 201)
    expect(adjustment.lines).toHaveLength(1)
    expect(await shop.figures(near, ['onHand'], warehouseId)).toEqual(['100'])
  })

  it('takes in lots and serial numbers, known or found', async () => {
    const warehouseId = await shop.warehouse('C5')
    const milk = await shop.product({ sku: 'C5-MILK', tracking: 'lot', purchasePrice: '1' })
    const phone = await shop.product({ sku: 'C5-PHONE', tracking: 'serial', purchasePrice: '100' })
    await shop.stock(
      milk,
      '6',
      { lots: [{ number: 'L1', expiresOn: '2027-05-01', quantity: '6' }] },
      { warehouseId },
    )
    await shop.stock(phone, '2', { serials: ['S1', 'S2'] }, { warehouseId })
    let count = await begin({ warehouseId, blind: false })
    expect(count.lines.map((line) => line.lot)).toEqual(['L1', 'S1', 'S2'])
    const serial = (number: string) => count.lines.find((line) => line.lot === number)
    expect((await enter(count, [{ productId: milk, counted: '5' }], 422)).code).toBe('lots-missing')
    expect((await enter(count, [{ lineId: serial('S1')!.id, counted: '2' }], 422)).code).toBe(
      'serial-quantity',
    )
    const other = await shop.api(
      'POST',
      '/locations',
      { warehouseId, code: 'C5-B', name: 'B' },
      { expect: 201 },
    )
    const elsewhere = await enter(
      count,
      [{ productId: phone, lotNumber: 'S1', locationId: other.id, counted: '1' }],
      409,
    )
    expect(elsewhere).toMatchObject({ code: 'serial-known' })
    expect(elsewhere.detail).toContain('S1 lies in')
    count = await enter(count, [
      { productId: milk, lotNumber: 'L1', counted: '5' },
      { productId: milk, lotNumber: 'L2', expiresOn: '2027-06-01', counted: '3' },
      { lineId: serial('S1')!.id, counted: '1' },
      { lineId: serial('S2')!.id, counted: '0' },
      { productId: phone, lotNumber: 'S3', locationId: other.id, counted: '1' },
    ])
    expect(count.lineCount).toBe(5)
    count = await step(count, 'finish')
    const adjustment = await step(count, 'stock-adjustments', {}, 201)
    expect(adjustment.lines.map((line) => line.quantityChange)).toEqual(['-1', '0', '-1', '3', '1'])
    expect(await shop.figures(milk, ['onHand'], warehouseId)).toEqual(['8'])
    expect(await shop.figures(phone, ['onHand'], warehouseId)).toEqual(['2'])
  })

  it('counts a part: a location and those below it, a category, a class, or named products', async () => {
    const warehouseId = await shop.warehouse('C6')
    const rack = await shop.api(
      'POST',
      '/locations',
      { warehouseId, code: 'C6-R', name: 'Rack' },
      { expect: 201 },
    )
    const shelf = await shop.api(
      'POST',
      '/locations',
      { warehouseId, code: 'C6-R1', name: 'Shelf', parentId: rack.id },
      { expect: 201 },
    )
    const ids = new Map<string, string>()
    for (const [sku, category, locationId, sold] of [
      ['C6-A', 'Cups', shelf.id, '80'],
      ['C6-B', 'Cups', null, '15'],
      ['C6-C', 'Lamps', null, '1'],
    ] as const) {
      const id = await shop.product({ sku, category })
      ids.set(sku, id)
      await shop.stock(id, '100', { unitCost: '1', ...(locationId && { locationId }) }, { warehouseId })
      const order = await shop.order([{ productId: id, quantity: sold, unitPrice: '1' }], { warehouseId })
      await shop.act(`/sales-orders/${order.id}/confirm`)
      await shop.deliver(order.id)
    }
    const skus = async (body: object) => (await begin({ warehouseId, ...body })).lines.map((line) => line.sku)
    expect(await skus({ locationId: rack.id })).toEqual(['C6-A'])
    expect((await skus({ category: 'Cups' })).toSorted()).toEqual(['C6-A', 'C6-B'])
    expect(await skus({ abc: 'A' })).toEqual(['C6-A'])
    expect(await skus({ abc: 'B' })).toEqual(['C6-B'])
    expect(await skus({ abc: 'C' })).toEqual(['C6-C'])
    const nowhere = await shop.product({ sku: 'C6-NEW', purchasePrice: '4' })
    let count = await begin({ warehouseId, productIds: [nowhere] })
    expect(count.lines).toMatchObject([{ sku: 'C6-NEW', counted: null }])
    count = await enter(count, [{ productId: nowhere, counted: '2' }])
    await step(count, 'finish')
    await step(count, 'stock-adjustments', {}, 201)
    expect(await shop.figures(nowhere, ['onHand', 'value'], warehouseId)).toEqual(['2', '8'])
    const empty = await begin({ warehouseId, category: 'Nothing' }, 409)
    expect(empty.code).toBe('nothing-there')
    const list = await shop.api('GET', `/stock-counts?warehouseId=${warehouseId}&state=open&sort=number`)
    expect(list.items).toHaveLength(5)
    expect(list.items[0]).toMatchObject({ lineCount: 1, countedCount: 0, differenceCount: null })
    expect(await shop.api('GET', `/stock-counts/count?warehouseId=${warehouseId}`)).toMatchObject({
      count: 6,
    })
    // What is on a sheet is not deleted under it.
    expect((await shop.send('DELETE', `/products/${nowhere}`)).json.detail).toContain('stock count')
  })

  it('is booked once, whoever clicks at the same moment', async () => {
    const warehouseId = await shop.warehouse('C7')
    const productId = await shop.product({ sku: 'C7-MUG' })
    await shop.stock(productId, '10', { unitCost: '1' }, { warehouseId })
    let count = await begin({ warehouseId })
    count = await enter(count, [{ productId, counted: '7' }])
    count = await step(count, 'finish')
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => shop.send('POST', `/stock-counts/${count.id}/stock-adjustments`)),
    )
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409, 409, 409])
    expect(await shop.figures(productId, ['onHand'], warehouseId)).toEqual(['7'])
  })

  it('counts beside sales that go on, and misses none of them', async () => {
    const warehouseId = await shop.warehouse('C8')
    const productId = await shop.product({ sku: 'C8-MUG' })
    await shop.stock(productId, '100', { unitCost: '1' }, { warehouseId })
    let count = await begin({ warehouseId })
    // 100 by the books, of which 2 were never there. While 30 are sold one by one it is counted again and again.
    const sell = async (): Promise<void> => {
      for (let i = 0; i < 10; i++) await shop.stock(productId, '-1', {}, { warehouseId })
    }
    const recountOften = async (): Promise<void> => {
      for (let i = 0; i < 10; i++) {
        await enter(count, [{ productId, counted: '0' }])
        const [line] = (
          await shop.ownerDb.query('select book from count_lines where count_id = $1', [count.id])
        ).rows
        await enter(count, [{ productId, counted: String(Number(line.book) - 2) }])
      }
    }
    await Promise.all([sell(), sell(), sell(), recountOften()])
    const [line] = (
      await shop.ownerDb.query('select counted - book as off, book from count_lines where count_id = $1', [
        count.id,
      ])
    ).rows
    count = await step(count, 'finish')
    await step(count, 'stock-adjustments', {}, 201)
    expect(await shop.figures(productId, ['onHand'], warehouseId)).toEqual([String(70 + Number(line.off))])
  })

  it('fixes what it found: nothing is booked before it any more', async () => {
    const warehouseId = await shop.warehouse('C9')
    const productId = await shop.product({ sku: 'C9-MUG' })
    await shop.stock(productId, '10', { unitCost: '1' }, { warehouseId, date: '2026-01-05' })
    let count = await begin({ warehouseId })
    count = await enter(count, [{ productId, counted: '10' }])
    count = await step(count, 'finish')
    await step(count, 'stock-adjustments', {}, 201)
    const late = await shop.api(
      'POST',
      '/stock-adjustments',
      {
        warehouseId,
        date: '2026-01-06',
        lines: [{ productId, quantityChange: '-1', reason: 'late' }],
        post: true,
      },
      { expect: 409 },
    )
    expect(late.code).toBe('counted-later')
  })

  it('can be cancelled, with the reason kept', async () => {
    const warehouseId = await shop.warehouse('C10')
    const productId = await shop.product({ sku: 'C10-MUG' })
    await shop.stock(productId, '10', { unitCost: '1' }, { warehouseId })
    let count = await begin({ warehouseId })
    expect((await step(count, 'finish', { uncounted: 'leave' }, 409)).code).toBe('nothing-counted')
    count = await shop.api<Sheet>('PATCH', `/stock-counts/${count.id}`, { counter: 'Ola', blind: false })
    expect(count).toMatchObject({ counter: 'Ola', blind: false })
    count = await step(count, 'cancel', { reason: 'Begun by mistake' })
    expect(count.state).toBe('cancelled')
    const audit = await shop.api('GET', `/audit?objectId=${count.id}`)
    expect(audit.items.map((entry) => entry.type)).toEqual([
      'stock-count.cancelled',
      'stock-count.changed',
      'stock-count.created',
    ])
    expect(audit.items[0]!['reason']).toBe('Begun by mistake')
  })

  itAddsUp(() => shop)
})
