import { expect, it } from 'vitest'
import { settled } from './settled.ts'

const preview = (made: readonly string[]) => ({
  documents: [
    { kind: 'sales-order', id: 'order', number: 'SO-1', change: 'changed' },
    ...made.map((id) => ({ kind: 'delivery-note', id, number: null, change: 'made' })),
  ],
  stock: [],
  money: [],
  statuses: made.map((id) => ({
    kind: 'delivery-note',
    id,
    number: null,
    field: 'state',
    before: null,
    after: 'posted',
  })),
})

it('documents to be made are the same in every preview, whatever their ids', () => {
  expect(settled(preview(['a', 'b']))).toEqual(settled(preview(['c', 'd'])))
  expect(settled(preview(['a', 'b']))).not.toEqual(settled(preview(['a'])))
  expect(settled(preview(['a'])).documents[0]!.id).toBe('order')
})
