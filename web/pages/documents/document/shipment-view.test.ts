import { describe, expect, it } from 'vitest'
import type { OneOf } from '../../../api/index.ts'
import { shipmentView } from './shipment-view.tsx'

type Shipment = OneOf<'delivery-notes'>

/** Of each line: accepted, rejected, returned, invoiced. */
function note(...lines: readonly (readonly [string, string, string, string])[]): Shipment {
  return {
    state: 'posted',
    party: null,
    value: null,
    lines: lines.map(([quantity, rejectedQuantity, returned, invoiced]) => ({
      quantity,
      rejectedQuantity,
      returned,
      invoiced,
    })),
  } as unknown as Shipment
}
const meter = (shipment: Shipment, id: string) => {
  const found = shipmentView('receipt-note', shipment, 'USD').meters.find((each) => each.id === id)
  return found === undefined ? null : [found.done, found.tone]
}

describe('the meters of a note', () => {
  it('take as billed what is billed but for what went back', () => {
    expect(meter(note(['200', '0', '10', '190']), 'invoiced')).toEqual([1, 'done'])
    expect(meter(note(['200', '0', '10', '180']), 'invoiced')).toEqual([0, 'warn'])
    expect(meter(note(['200', '0', '0', '200'], ['5', '0', '0', '0']), 'invoiced')).toEqual([0.5, 'warn'])
  })

  it('do not take rejected goods that go back from what was accepted', () => {
    expect(meter(note(['10', '2', '2', '8']), 'invoiced')).toEqual([0, 'warn'])
    expect(meter(note(['10', '2', '2', '10']), 'invoiced')).toEqual([1, 'done'])
    expect(meter(note(['10', '2', '3', '9']), 'invoiced')).toEqual([1, 'done'])
    expect(meter(note(['2', '3', '3', '2']), 'returned')).toEqual([0, 'warn'])
  })

  it('do not count lines of which nothing stayed', () => {
    expect(meter(note(['10', '0', '10', '0']), 'invoiced')).toBeNull()
    expect(meter(note(['10', '0', '10', '0'], ['4', '0', '0', '4']), 'invoiced')).toEqual([1, 'done'])
    expect(meter(note(['10', '0', '10', '10']), 'invoiced')).toEqual([1, 'done'])
  })
})

describe('the badge of a transfer', () => {
  it('says whether its goods have arrived', () => {
    const transfer = { ...note(['1', '0', '0', '0']), viaTransit: true }
    const badge = (inTransit: boolean) =>
      shipmentView('stock-transfer', { ...transfer, inTransit }, 'USD').state
    expect([badge(true), badge(false)]).toEqual(['transit', 'posted'])
  })
})
