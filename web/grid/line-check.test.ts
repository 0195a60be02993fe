import { describe, expect, it, vi } from 'vitest'
import type { GridKind } from './columns.ts'
import { filled } from './fill.ts'
import { GridModel } from './grid-model.ts'
import { checkLeft, watchLines } from './line-check.ts'
import { LineStore } from './line-store.ts'
import { type Line, type LineProduct, newLine } from './line.ts'

const kind: GridKind = {
  columns: ['product', 'description', 'quantity', 'unit', 'price', 'net'],
  prices: 'sales',
  availability: true,
  needed: ['quantity'],
}
const mug: LineProduct = {
  id: 'mug',
  sku: 'A-1',
  name: 'Mug',
  stocked: true,
  tracking: 'none',
  units: [{ unit: 'pcs', numerator: 1, denominator: 1 }],
  taxIds: [],
  purchaseTaxIds: [],
  vendorCodes: {},
}
const context = { kind, language: 'en' as const, words: (fault: string) => fault }
const entered = (fields: Partial<Line>) =>
  newLine({ product: mug, quantity: '1', price: '1', quoteState: 'there', ...fields })

describe('a line that is left', () => {
  const left = (fields: Partial<Line>) => {
    const line = entered(fields)
    const store = new LineStore([line])
    checkLeft(store, line.key, context)
    return store.line(line.key)!.faults
  }

  it('says what is missing', () => {
    expect(left({})).toEqual({})
    expect(left({ quantity: '' })).toEqual({ quantity: 'no-quantity' })
    expect(left({ price: '' })).toEqual({ price: 'no-price' })
    expect(left({ product: null, price: '5' })).toEqual({ product: 'no-description' })
  })

  it('keeps what the server said of it', () => {
    expect(left({ faults: { unit: 'refused' } })).toEqual({ unit: 'refused' })
  })

  it('is not judged while its price or its code is looked up', () => {
    expect(left({ price: '', quoteState: 'waiting' })).toEqual({})
    expect(left({ product: null, code: 'A-1' })).toEqual({})
  })

  it('no longer lacks a product once it has a description', () => {
    const line = entered({ product: null, faults: { product: 'no-description' } })
    expect(filled(line, 'description', 'Work', context).faults).toEqual({})
  })

  it('is checked as the cursor goes to another', () => {
    const lines = [entered({ quantity: '' }), entered({})]
    const store = new LineStore(lines)
    const ports = {
      find: vi.fn(),
      findExact: vi.fn(),
      ask: vi.fn(),
      leave: vi.fn(),
      scanned: vi.fn(),
      removed: vi.fn(),
    }
    const model = new GridModel(store, kind, ports, 'en', (fault) => fault)
    model.focus(lines[0]!.key, 'product')
    const stop = watchLines(model)
    model.focus(lines[0]!.key, 'price')
    expect(store.line(lines[0]!.key)!.faults).toEqual({})
    model.focus(lines[1]!.key, 'price')
    expect(store.line(lines[0]!.key)!.faults).toEqual({ quantity: 'no-quantity' })
    stop()
  })
})
