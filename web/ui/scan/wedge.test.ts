import { describe, expect, it } from 'vitest'
import { separator } from './gs1.ts'
import { type Heard, type Key, Wedge } from './wedge.ts'

/** Types `text` and an end key, `gap` ms apart. */
function type(
  wedge: Wedge,
  text: readonly string[] | string,
  gap: number,
  end = 'Enter',
  start = 1000,
): Heard {
  const keys: Key[] = [...Array.from(text), end].map((key, i) => ({ key, timeStamp: start + i * gap }))
  return keys.map((key) => wedge.hear(key)).at(-1)!
}
const scan = (code: string): Heard => ({ kind: 'scan', code })

describe('keys of a scanner', () => {
  it('are a scan when they come fast and end with Enter or Tab', () => {
    expect(type(new Wedge(), '5901234123457', 5)).toEqual(scan('5901234123457'))
    expect(type(new Wedge(), 'A-01', 35, 'Tab')).toEqual(scan('A-01'))
  })

  it('are none when one gap is longer, when there are fewer than 4, or when they do not end', () => {
    expect(type(new Wedge(), '5901234123457', 36)).toEqual({ kind: 'other' })
    expect(type(new Wedge(), 'A-0', 5)).toEqual({ kind: 'other' })
    expect(type(new Wedge(), '5901234', 5, 'x')).toEqual({ kind: 'more' })
    const late = new Wedge()
    type(late, '12345', 5, '6')
    expect(late.hear({ key: 'Enter', timeStamp: 2000 })).toEqual({ kind: 'other' })
  })

  it('are told from what a person typed before', () => {
    const wedge = new Wedge()
    type(wedge, 'ab', 200, 'c')
    expect(type(wedge, '5901234123457', 5, 'Enter', 5000)).toEqual(scan('5901234123457'))
  })

  it('may hold capitals, Polish letters and FNC1 in all three ways', () => {
    const wedge = new Wedge()
    expect(type(wedge, ['Shift', 'L', 'ó', 'd', 'ź'], 4)).toEqual(scan('Lódź'))
    const keys: Key[] = [
      { key: 'A', timeStamp: 1 },
      { key: 'F8', timeStamp: 2 },
      { key: separator, timeStamp: 3 },
      { key: ']', ctrlKey: true, timeStamp: 4 },
      { key: 'B', timeStamp: 5 },
      { key: 'Enter', timeStamp: 6 },
    ]
    expect(keys.map((key) => wedge.hear(key)).at(-1)).toEqual(scan(`A${separator.repeat(3)}B`))
  })

  it('twenty scans 50 ms apart are twenty', () => {
    const wedge = new Wedge()
    const heard = Array.from({ length: 20 }, (_, i) => type(wedge, `CODE${i}`, 1, 'Enter', 1000 + i * 50))
    expect(heard).toEqual(Array.from({ length: 20 }, (_, i) => scan(`CODE${i}`)))
  })
})

describe('a prefix', () => {
  it('makes a scan of slow and short keys', () => {
    expect(type(new Wedge('~'), '~A1', 60)).toEqual(scan('A1'))
    expect(type(new Wedge('~'), 'A1', 60)).toEqual({ kind: 'other' })
  })

  it('is not needed by a scanner that is fast', () => {
    expect(type(new Wedge('~'), '5901234123457', 5)).toEqual(scan('5901234123457'))
  })
})

it('shortcuts are nobody’s scan', () => {
  const wedge = new Wedge()
  type(wedge, '123', 5, '4')
  expect(wedge.hear({ key: 's', ctrlKey: true, timeStamp: 1021 })).toEqual({ kind: 'other' })
  expect(wedge.hear({ key: 'Enter', timeStamp: 1025 })).toEqual({ kind: 'other' })
})
