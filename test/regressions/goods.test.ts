import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decimal } from '../../src/kernel/decimal.ts'
import type { Answered } from '../support/api.ts'
import { itAddsUp } from '../support/consistency.ts'
import { cost, issue, pool, receiveAt } from '../support/goods.ts'
import { type Trade, fields, openTrade, part } from '../support/trade.ts'

/** Faults with goods that random histories found, each told as the story in which it happened. */

let trade: Trade
beforeAll(async () => {
  trade = await openTrade({ company: { backOrders: true } })
})
afterAll(() => trade.close())

const lots = (number: string, quantity: string) => ({ lots: [{ number, quantity }] })

describe('goods that came back to be replaced, on an order that was closed meanwhile', () => {
  it('are not given up any more when the return is undone', async () => {
    const productId = await trade.product()
    await trade.stock(productId, '5')
    const order = await trade.sell([{ productId, quantity: '5' }])
    const delivery = await trade.deliver(order.id)
    await trade.act(`/sales-orders/${order.id}/close`)
    const back = await trade.takeBack(delivery, part(delivery, '2', { reason: 'wrong', replace: true }))
    const line = async () =>
      fields((await trade.again('sales-orders', order)).lines[0]!, 'delivered', 'returned', 'cancelled')
    expect(await line()).toEqual(['5', '2', '2'])
    // The line said 'ordered 5, delivered 5, cancelled 2' for good.
    await trade.act(`/sales-returns/${back.id}/reverse`)
    expect(await line()).toEqual(['5', '0', '0'])
  })
})

describe('an order that is delivered from another warehouse than it holds goods in', () => {
  it('leaves them to the order that waits there', async () => {
    const productId = await trade.product()
    const other = await trade.warehouse('OTHER')
    await trade.stock(productId, '4')
    await trade.stock(productId, '4', {}, { warehouseId: other })
    const first = await trade.sell([{ productId, quantity: '4' }])
    const second = await trade.sell([{ productId, quantity: '4' }])
    expect(fields(second.lines[0]!, 'reserved', 'backordered')).toEqual(['0', '4'])
    await trade.deliver(first.id, part(first, '4', { warehouseId: other }))
    // They were free, and the second order waited on beside them.
    const [line] = (await trade.again('sales-orders', second)).lines
    expect(fields(line!, 'reserved', 'backordered')).toEqual(['4', '0'])
  })
})

describe('a delivery of an order that was closed meanwhile', () => {
  it('is reversed, but not reopened to a draft that could never be posted', async () => {
    const productId = await trade.product()
    await trade.stock(productId, '5')
    const order = await trade.sell([{ productId, quantity: '5' }])
    const delivery = await trade.deliver(order.id, part(order, '3'))
    await trade.act(`/sales-orders/${order.id}/close`)
    const refusal = await trade.refused(`/delivery-notes/${delivery.id}/reopen`)
    expect([refusal.status, refusal.code]).toEqual([409, 'wrong-state'])
    await trade.act(`/delivery-notes/${delivery.id}/reverse`)
    const [line] = (await trade.again('sales-orders', order)).lines
    expect(fields(line!, 'delivered', 'cancelled')).toEqual(['0', '5'])
  })
})

describe('a lot that is held for an order, while other lots are free', () => {
  const held = async () => {
    const productId = await trade.product({ tracking: 'lot' })
    const bought = await trade.buy([{ productId, quantity: '2', unitPrice: '1.00' }])
    const receipt = await trade.receive(bought, part(bought, '2', lots('A', '2')))
    const order = await trade.sell([{ productId, quantity: '2' }])
    await trade.stock(productId, '5', lots('B', '5'))
    return { productId, receipt, order }
  }

  it('does not go to another warehouse', async () => {
    const { productId } = await held()
    const toWarehouseId = await trade.warehouse('N1')
    const lines = [{ productId, quantity: '2', ...lots('A', '2') }]
    const draft = await trade.api('POST', '/stock-transfers', {
      warehouseId: trade.warehouseId,
      toWarehouseId,
      lines,
    })
    const refusal = await trade.refused(`/stock-transfers/${draft.id}/post`)
    expect([refusal.status, refusal.code]).toEqual([409, 'lot-not-available'])
    expect(await trade.figures(productId, ['onHand', 'reserved'])).toEqual(['7', '2'])
  })

  it('goes there with its order, and nobody else loses what he holds', async () => {
    const { productId, order } = await held()
    const other = await trade.sell([{ productId, quantity: '5' }])
    const toWarehouseId = await trade.warehouse('N2')
    const lines = [{ productId, quantity: '2', ...lots('A', '2') }]
    const head = { warehouseId: trade.warehouseId, toWarehouseId, takeReservations: true }
    const draft = await trade.api('POST', '/stock-transfers', { ...head, lines })
    await trade.act(`/stock-transfers/${draft.id}/post`)
    expect(await trade.figures(productId, ['onHand', 'reserved'])).toEqual(['5', '5'])
    expect(await trade.figures(productId, ['onHand', 'reserved'], toWarehouseId)).toEqual(['2', '2'])
    expect((await trade.deliver(order.id)).lines[0]!['lots']).toMatchObject([{ number: 'A' }])
    expect((await trade.deliver(other.id)).lines[0]!['lots']).toMatchObject([{ number: 'B' }])
  })

  it('does not go back to the vendor', async () => {
    const { receipt } = await held()
    const draft = await trade.follow('receipt-notes', receipt, 'purchase-returns', { reason: 'wrong' })
    const refusal = await trade.refused(`/purchase-returns/${draft.id}/post`)
    expect([refusal.status, refusal.code]).toEqual([409, 'lot-not-available'])
  })

  it('stays when its receipt is to be undone', async () => {
    const { receipt } = await held()
    const refusal = await trade.refused(`/receipt-notes/${receipt.id}/reverse`)
    expect([refusal.status, refusal.code]).toEqual([409, 'lot-not-available'])
  })
})

describe('two lots of a receipt, the second of them rejected', () => {
  it('go back from where they lie, whichever goes first', async () => {
    const productId = await trade.product({ tracking: 'lot' })
    const bought = await trade.buy([{ productId, quantity: '5', unitPrice: '1.00' }])
    const receipt = await trade.receive(bought, {
      lines: [
        {
          sourceLineId: bought.lines[0]!.id,
          quantity: '3',
          rejectedQuantity: '2',
          reason: 'damaged',
          lots: [
            { number: 'good', quantity: '3' },
            { number: 'bad', quantity: '2' },
          ],
        },
      ],
    })
    expect(await trade.figures(productId, ['onHand', 'quarantined'])).toEqual(['3', '2'])
    // The good one first: the bad ones were then looked for in stock.
    await trade.sendBack(receipt, part(receipt, '3', { reason: 'not wanted', ...lots('good', '3') }))
    await trade.sendBack(receipt, part(receipt, '2', { reason: 'damaged', ...lots('bad', '2') }))
    expect(await trade.figures(productId, ['onHand', 'quarantined', 'value'])).toEqual(['0', '0', '0'])
  })
})

describe('FIFO goods that were sold before they came', () => {
  it('leave layers that are worth what the stock is worth', async () => {
    const warehouseId = await trade.warehouse('NEG', { allowNegative: true })
    const productId = await trade.product({ valuation: 'fifo', purchasePrice: '1.00' })
    const order = await trade.sell([{ productId, quantity: '2' }], { warehouseId })
    await trade.deliver(order.id)
    // Four come for 4.01: the two that are gone cost 2.01, and two are left for 2.00. The layer said 2.01.
    await trade.stock(productId, '4', { unitCost: '1.0025' }, { warehouseId })
    expect((await trade.level(productId, warehouseId)).value).toBe('2')
    const { rows } = await trade.ownerDb.query<{ left: string }>(
      'select sum(value_left) as left from stock_layers where product_id = $1',
      [productId],
    )
    expect(decimal(rows[0]!.left).toFixed()).toBe('2')
  })
})

describe('the rest of a return of lots or serial numbers', () => {
  const lotsOf = (document: Answered) =>
    document.lines.map((line) =>
      (line['lots'] as { number: string; quantity: string }[]).map((lot) => `${lot.quantity} ${lot.number}`),
    )
  const twoLots = [
    { number: 'A', quantity: '3' },
    { number: 'B', quantity: '2' },
  ]

  it('is of the serial numbers that are not back yet', async () => {
    const productId = await trade.product({ tracking: 'serial' })
    await trade.stock(productId, '2', { serials: ['S1', 'S2'] })
    const delivery = await trade.deliver((await trade.sell([{ productId, quantity: '2' }])).id)
    await trade.takeBack(delivery, part(delivery, '1', { serials: ['S1'] }))
    // It named both: 'The lots add up to 2, the line says 1'.
    const rest = await trade.takeBack(delivery)
    expect(lotsOf(rest)).toEqual([['1 S2']])
  })

  it('is of what is left of each lot, also when a return was undone', async () => {
    const productId = await trade.product({ tracking: 'lot' })
    await trade.stock(productId, '5', { lots: twoLots })
    const delivery = await trade.deliver((await trade.sell([{ productId, quantity: '5' }])).id)
    const undone = await trade.takeBack(delivery, part(delivery, '2', lots('B', '2')))
    await trade.act(`/sales-returns/${undone.id}/reverse`)
    await trade.takeBack(delivery, part(delivery, '1', lots('A', '1')))
    expect(lotsOf(await trade.takeBack(delivery))).toEqual([['2 A', '2 B']])
  })

  it('goes back to the vendor, rejected lots first', async () => {
    const productId = await trade.product({ tracking: 'lot' })
    const bought = await trade.buy([{ productId, quantity: '5', unitPrice: '1.00' }])
    const line = {
      sourceLineId: bought.lines[0]!.id,
      quantity: '3',
      rejectedQuantity: '2',
      reason: 'damaged',
    }
    const receipt = await trade.receive(bought, { lines: [{ ...line, lots: twoLots }] })
    const reason = { reason: 'not wanted' }
    await trade.sendBack(receipt, part(receipt, '1', { ...reason, ...lots('A', '1') }))
    expect(lotsOf(await trade.sendBack(receipt, reason))).toEqual([['2 B']])
    expect(lotsOf(await trade.sendBack(receipt, reason))).toEqual([['2 A']])
    expect(await trade.figures(productId, ['onHand', 'quarantined'])).toEqual(['0', '0'])
  })
})

describe('lots that go back to a vendor', () => {
  it('are those that came with the receipt, and no more of each than is left', async () => {
    const productId = await trade.product({ tracking: 'lot' })
    const buy = async (number: string) => {
      const order = await trade.buy([{ productId, quantity: '5', unitPrice: '1.00' }])
      return trade.receive(order, part(order, '5', lots(number, '5')))
    }
    const [, second] = [await buy('L1'), await buy('L2')]
    const sent = async (...parts: ReturnType<typeof lots>[]) => {
      const lines = parts.map((each) => ({
        sourceLineId: second.lines[0]!.id,
        quantity: each.lots[0]!.quantity,
        reason: 'wrong',
        ...each,
      }))
      const draft = await trade.follow('receipt-notes', second, 'purchase-returns', { lines })
      return `/purchase-returns/${draft.id}/post`
    }
    // It was posted, and then the five of L2 could not go back any more.
    const refused = await trade.refused(await sent(lots('L1', '3')))
    expect(fields(refused, 'status', 'code', 'errors')).toEqual([
      409,
      'not-received',
      [{ pointer: '/lines/0/lots/0', message: 'Lot L1 did not come with this receipt line.' }],
    ])
    await trade.act(await sent(lots('L2', '1'), lots('L2', '2')))
    const more = await trade.follow('receipt-notes', second, 'purchase-returns', { reason: 'wrong' })
    expect(more.lines[0]).toMatchObject({ quantity: '2', lots: [{ number: 'L2', quantity: '2' }] })
    expect(await trade.figures(productId, ['onHand'])).toEqual(['7'])
    await trade.act(`/purchase-returns/${more.id}/post`)
  })
})

describe('a serial number of the opening stock', () => {
  const opening = async () => {
    const productId = await trade.product({ tracking: 'serial' })
    await trade.stock(productId, '1', { serials: ['S1'] })
    return productId
  }
  const receiving = async (productId: string, serials: readonly string[], head: object = {}) => {
    const lines = [{ productId, quantity: String(serials.length), unitCost: '1.00', serials }]
    const draft = await trade.api('POST', '/receipt-notes', { partyId: trade.vendorId, ...head, lines })
    return `/receipt-notes/${draft.id}/post`
  }
  const sendingBack = async (productId: string) => {
    const lines = [{ productId, quantity: '1', serials: ['S1'] }]
    const draft = await trade.api('POST', '/purchase-returns', {
      partyId: trade.vendorId,
      reason: 'x',
      lines,
    })
    return `/purchase-returns/${draft.id}/post`
  }

  it('goes back to a vendor, and may come in again', async () => {
    const productId = await opening()
    // 'This serial number was received before. A serial number comes in once.'
    await trade.act(await sendingBack(productId))
    await trade.act(await receiving(productId, ['S1']))
    expect(await trade.figures(productId, ['onHand'])).toEqual(['1'])
  })

  it('goes back to a vendor also where a customer brought it by hand', async () => {
    const productId = await trade.product({ tracking: 'serial' })
    const lines = [{ productId, quantity: '1', unitCost: '1.00', serials: ['S1'] }]
    const draft = await trade.api('POST', '/sales-returns', { partyId: trade.customerId, reason: 'x', lines })
    await trade.act(`/sales-returns/${draft.id}/post`)
    await trade.act(await sendingBack(productId))
    expect(await trade.figures(productId, ['onHand'])).toEqual(['0'])
  })

  it('is named where it comes in again while it is in stock, here or elsewhere', async () => {
    const productId = await opening()
    const serials = ['N1', 'S1', 'N2']
    const refused = await trade.refused(await receiving(productId, serials))
    const at = (message: string) => [409, 'serial-known', [{ pointer: '/lines/0/lots/1', message }]]
    expect(fields(refused, 'status', 'code', 'errors')).toEqual(at('Serial number S1 is in stock already.'))
    const warehouseId = await trade.warehouse('ELSE')
    const there = await trade.refused(await receiving(productId, serials, { warehouseId }))
    expect(fields(there, 'status', 'code', 'errors')).toEqual(
      at('Serial number S1 came in before. It may come back by a sales return only.'),
    )
  })

  it('does not come in again while a customer has it', async () => {
    const productId = await opening()
    await trade.deliver((await trade.sell([{ productId, quantity: '1' }])).id)
    expect((await trade.refused(await receiving(productId, ['S1']))).code).toBe('serial-known')
  })

  it('is found again where it was lost', async () => {
    const productId = await opening()
    await trade.stock(productId, '-1', { serials: ['S1'] })
    await trade.stock(productId, '1', { serials: ['S1'] })
    expect(await trade.figures(productId, ['onHand'])).toEqual(['1'])
  })
})

describe('the number of a lot', () => {
  it('is the same with spaces around it, and is not made of spaces', async () => {
    const productId = await trade.product({ tracking: 'lot' })
    await trade.stock(productId, '1', lots('A1', '1'))
    const again = await trade.stock(productId, '2', lots(' A1\t', '2'))
    expect(again.lines[0]).toMatchObject({ lots: [{ number: 'A1', quantity: '2' }] })
    const { items } = await trade.api('GET', `/lots?productId=${productId}`)
    expect(items).toMatchObject([{ number: 'A1' }])
    const line = (more: object) => ({
      warehouseId: trade.warehouseId,
      reason: 'x',
      lines: [{ productId, quantityChange: '2', unitCost: '1.00', ...more }],
    })
    for (const more of [lots(' ', '2'), { serials: ['A2', '  '] }])
      expect((await trade.refused('/stock-adjustments', line(more))).code).toBe('unknown-lot')
    const twice = await trade.refused('/stock-adjustments', line({ serials: ['A3', ' A3'] }))
    expect(twice.detail).toBe('A3 stands twice on this line.')
  })
})

describe('a delivery of FIFO goods that is undone', () => {
  const delivered = async () => {
    const productId = await trade.product({ valuation: 'fifo' })
    const first = await receiveAt(trade, productId, '6', '5.00')
    await receiveAt(trade, productId, '10', '7.00')
    const delivery = await issue(trade, productId, '8')
    expect(await cost(trade, 'delivery-notes', delivery)).toBe('44.00')
    return { productId, first, delivery }
  }
  const reverse = (path: string, { id }: { readonly id: string }) => trade.act(`/${path}/${id}/reverse`)

  it('leaves the receipts what they brought', async () => {
    const { productId, first, delivery } = await delivered()
    await reverse('delivery-notes', delivery)
    // The eight made a new, youngest layer at 5.50 each: what went with the receipt cost 42, and 58.00 were left.
    await reverse('receipt-notes', first)
    expect(await pool(trade, productId)).toBe('10 / 70.00')
  })

  it('costs the same when it is delivered again', async () => {
    const { productId, delivery } = await delivered()
    await trade.act(`/delivery-notes/${delivery.id}/reopen`)
    await trade.act(`/delivery-notes/${delivery.id}/post`)
    expect(await cost(trade, 'delivery-notes', delivery)).toBe('44.00')
    await reverse('delivery-notes', delivery)
    expect(await cost(trade, 'delivery-notes', await issue(trade, productId, '8'))).toBe('44.00')
    expect(await pool(trade, productId)).toBe('8 / 56.00')
  })

  it('gives the layers back what it took although others were delivered since', async () => {
    const { productId, delivery } = await delivered()
    expect(await cost(trade, 'delivery-notes', await issue(trade, productId, '3'))).toBe('21.00')
    await reverse('delivery-notes', delivery)
    expect(await cost(trade, 'delivery-notes', await issue(trade, productId, '7'))).toBe('37.00')
    expect(await pool(trade, productId)).toBe('6 / 42.00')
  })

  it('is valued anew as it is, when a bill says what its goods cost', async () => {
    const productId = await trade.product({ valuation: 'fifo' })
    const bought = await trade.buy([{ productId, quantity: '6', unitPrice: '5.00' }])
    await trade.receive(bought)
    await receiveAt(trade, productId, '10', '7.00')
    await reverse('delivery-notes', await issue(trade, productId, '8'))
    const again = await issue(trade, productId, '8')
    const bill = await trade.follow(
      'purchase-orders',
      bought,
      'bills',
      part(bought, '6', { unitPrice: '6.00' }),
    )
    await trade.act(`/bills/${bill.id}/post`, { acceptDifferences: { reason: 'as agreed' } })
    expect(await cost(trade, 'delivery-notes', again)).toBe('50.00')
    await reverse('delivery-notes', again)
    expect(await pool(trade, productId)).toBe('16 / 106.00')
    expect(await cost(trade, 'delivery-notes', await issue(trade, productId, '7'))).toBe('43.00')
  })

  it('comes back from another warehouse into the layers that it left', async () => {
    const { productId, delivery } = await delivered()
    await reverse('delivery-notes', delivery)
    const toWarehouseId = await trade.warehouse('FIFO2')
    const lines = [{ productId, quantity: '8' }]
    const head = { warehouseId: trade.warehouseId, toWarehouseId }
    const transfer = await trade.api('POST', '/stock-transfers', { ...head, lines })
    await trade.act(`/stock-transfers/${transfer.id}/post`)
    await reverse('stock-transfers', transfer)
    expect(await cost(trade, 'delivery-notes', await issue(trade, productId, '6'))).toBe('30.00')
  })
})

describe('a delivery of goods that are held in two warehouses', () => {
  it('is promised again where it went out from when it is reversed', async () => {
    const productId = await trade.product()
    const other = await trade.warehouse('TWO')
    await trade.stock(productId, '6')
    await trade.stock(productId, '4', {}, { warehouseId: other })
    const order = await trade.sell([{ productId, quantity: '6' }])
    const head = { warehouseId: trade.warehouseId, toWarehouseId: other, takeReservations: true }
    const lines = [{ productId, quantity: '4' }]
    const transfer = await trade.api('POST', '/stock-transfers', { ...head, lines })
    await trade.act(`/stock-transfers/${transfer.id}/post`)
    const held = async () => [
      fields((await trade.again('sales-orders', order)).lines[0]!, 'reserved', 'backordered'),
      await trade.figures(productId, ['onHand', 'reserved']),
      await trade.figures(productId, ['onHand', 'reserved'], other),
    ]
    const before = [
      ['6', '0'],
      ['2', '2'],
      ['8', '4'],
    ]
    expect(await held()).toEqual(before)
    const delivery = await trade.deliver(order.id)
    await trade.act(`/delivery-notes/${delivery.id}/reverse`)
    // All six were wanted in the first warehouse, where only two lie.
    expect(await held()).toEqual(before)
    expect((await trade.deliver(order.id)).lines.map((line) => line.quantity)).toEqual(['2', '4'])
  })
})

itAddsUp(() => trade)
