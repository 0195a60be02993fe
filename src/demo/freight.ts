import { on } from './calendar.ts'
import type { Desk } from './desk.ts'
import type { Story } from './tell.ts'

/** Bills without an order, and money that moves without a document. */
export function freightStories(desk: Desk): Story[] {
  return [paid(desk), overdue(desk), thisWeek(desk), vendorMoney(desk)]
}

function freight(desk: Desk, reference: string, pieces: string): object {
  return {
    partyId: desk.vendor('straits'),
    reference,
    lines: [
      {
        productId: desk.product('SRV-FRT'),
        description: 'Air freight, per consignment',
        quantity: pieces,
        unitPrice: '42.00',
        taxIds: [desk.taxes.gst9],
      },
      { description: 'Fuel surcharge', quantity: '1', unitPrice: '18.50', taxIds: [desk.taxes.gst9] },
    ],
  }
}

async function* paid(desk: Desk): Story {
  yield on(-37, 12)
  const bill = await desk.act('bills', await desk.api.post('/bills', freight(desk, 'SF-10221', '6')), 'post')
  yield on(-24, 9)
  await desk.pay('bills', bill)
}

/** Two bills, overdue both, are paid together, the second one in part. */
async function* overdue(desk: Desk): Story {
  yield on(-22, 12)
  const first = await desk.act('bills', await desk.api.post('/bills', freight(desk, 'SF-10304', '4')), 'post')
  yield on(-17, 12)
  const second = await desk.act(
    'bills',
    await desk.api.post('/bills', freight(desk, 'SF-10341', '9')),
    'post',
  )
  yield on(-1, 12)
  const payment = await desk.api.post('/payments', {
    direction: 'out',
    partyId: desk.vendor('straits'),
    amount: '400.00',
    currency: 'USD',
    method: 'bank',
    allocations: [
      { invoiceId: first.id, amount: first.totals.gross },
      { invoiceId: second.id, amount: '180.00' },
    ],
  })
  await desk.act('payments', payment, 'post')
}

async function* thisWeek(desk: Desk): Story {
  yield on(-5, 12)
  const twice = await desk.api.post('/bills', freight(desk, 'SF-10398', '5'))
  await desk.act('bills', twice, 'cancel', { reason: 'Entered twice.' })
  await desk.act('bills', await desk.api.post('/bills', freight(desk, 'SF-10398', '5')), 'post')
  yield on(-1, 14)
  await desk.api.post('/bills', freight(desk, 'SF-10440', '3'))
}

/** A vendor is paid in advance; a payment is planned. */
async function* vendorMoney(desk: Desk): Story {
  yield on(-6, 9)
  const advance = await desk.api.post('/payments', {
    direction: 'out',
    partyId: desk.vendor('huila'),
    amount: '500.00',
    currency: 'USD',
    method: 'bank',
    reference: 'Advance for the new harvest',
  })
  await desk.act('payments', advance, 'post')
  yield on(0, 9)
  await desk.api.post('/payments', {
    direction: 'out',
    partyId: desk.vendor('osaka'),
    amount: '204000',
    currency: 'JPY',
    method: 'bank',
    notes: 'To be released on Friday.',
  })
}
