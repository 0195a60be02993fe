import { describe, expect, it } from 'vitest'
import { validate, version } from 'uuid'
import { isId, newId } from './ids.ts'

describe('new ids', () => {
  it('are UUIDs of version 7, all different, in the order in which they were made', () => {
    const ids = Array.from({ length: 20_000 }, newId)
    expect(ids.filter((id) => !validate(id) || version(id) !== 7 || !isId(id))).toEqual([])
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.toSorted()).toEqual(ids)
  })

  it('say when they were made', () => {
    const before = Date.now()
    const made = Number.parseInt(newId().replaceAll('-', '').slice(0, 12), 16)
    expect(made).toBeGreaterThanOrEqual(before)
    // Where ids were made faster than the clock ticks it stays at the last tick, never behind.
    expect(made).toBeLessThanOrEqual(Date.now())
  })
})
