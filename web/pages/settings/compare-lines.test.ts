import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareLines } from './compare-lines.ts'

describe('two texts compared', () => {
  it('show what went out and what came in, the rest once', () => {
    expect(compareLines('a\nb\nc', 'a\nx\nc\nd')).toEqual([
      { text: 'a', side: 'both' },
      { text: 'b', side: 'former' },
      { text: 'x', side: 'later' },
      { text: 'c', side: 'both' },
      { text: 'd', side: 'later' },
    ])
  })

  it('hold both texts whole and in order, whatever they are', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(text, text, (former, later) => {
        const lines = compareLines(former.join('\n'), later.join('\n'))
        const of = (side: string) => lines.filter((line) => line.side !== side).map((line) => line.text)
        expect(of('later')).toEqual(former)
        expect(of('former')).toEqual(later)
      }),
    )
  })
})
