import { describe, expect, it } from 'vitest'
import { readPath, writePath } from './paths.ts'

describe('a path into the values of a form', () => {
  const values = { name: 'Mug', units: [{ unit: 'box' }, { unit: 'pallet' }] }

  it('reads fields and rows', () => {
    expect(readPath(values, 'name')).toBe('Mug')
    expect(readPath(values, 'units.1.unit')).toBe('pallet')
    expect(readPath(values, 'units.7.unit')).toBeUndefined()
  })

  it('writes one place and leaves the others as they are', () => {
    const next = writePath(values, 'units.0.unit', 'crate')
    expect(next).toEqual({ name: 'Mug', units: [{ unit: 'crate' }, { unit: 'pallet' }] })
    expect(next.units[1]).toBe(values.units[1])
    expect(values.units[0]!.unit).toBe('box')
    expect(Array.isArray(next.units)).toBe(true)
  })
})
