import { on } from './calendar.ts'
import type { Desk } from './desk.ts'
import type { Story } from './tell.ts'

/** What belongs to a company besides its trade. */
export function otherStories(desk: Desk): Story[] {
  return [archived(desk), views(desk), key(desk)]
}

/** Not offered any more, found when asked for. */
async function* archived(desk: Desk): Story {
  yield on(-55, 16)
  const product = await desk.api.post('/products', {
    sku: 'CB-12',
    name: 'Crimson Book 12',
    category: 'Laptops',
    salesPrice: '399.00',
    notes: 'Replaced by the Crimson Book 13 Air.',
  })
  const party = await desk.api.post('/parties', {
    name: 'Old Town Electronics',
    code: 'C-299',
    roles: ['customer', 'vendor'],
    currency: 'USD',
    addresses: [
      { type: 'billing', line1: '1 Clock Square', city: 'George Town', country: 'MY', default: true },
    ],
  })
  yield on(-54, 16)
  await desk.act('products', product, 'archive')
  await desk.act('parties', party, 'archive')
}

/** Lists as somebody wanted them who needed more than the tabs that every list has. */
async function* views(desk: Desk): Story {
  yield on(-10, 9)
  const saved = [
    {
      list: 'invoices',
      name: 'Euro to be paid',
      query: { paymentStatus: 'unpaid', currency: 'EUR', sort: 'dueDate' },
    },
    {
      list: 'sales-orders',
      name: 'Nothing delivered yet',
      query: { state: 'confirmed', fulfilment: 'none' },
    },
    { list: 'purchase-orders', name: 'Awaited', query: { state: 'confirmed', sort: 'expectedDate' } },
  ]
  for (const view of saved) await desk.api.post('/views', { ...view, shared: true })
}

/** A key as a web shop has one. What it is nobody knows, and it may read only. */
async function* key(desk: Desk): Story {
  yield on(-10, 10)
  await desk.api.post('/api-keys', {
    name: 'Web shop',
    role: 'viewer',
    expiresAt: desk.calendar.later(on(300)).toISOString(),
  })
}
