import { describe, expect, it } from 'vitest'
import { decimalSignOf, guess, pasteFields, readFigure } from './paste.ts'
import { readSheet, writeSheet } from './sheet-text.ts'

describe('reading a sheet', () => {
  it('keeps quoted cells whole, with tabs and breaks inside, and codes as they are', () => {
    expect(readSheet('00042\t"Bolt; M8\nzinc"\t5\r\nB\t"say ""hi"""\t6\n')).toEqual([
      ['00042', 'Bolt; M8\nzinc', '5'],
      ['B', 'say "hi"', '6'],
    ])
  })
  it('takes semicolons where there is no tab, and drops the mark at the beginning', () => {
    expect(readSheet('\uFEFFA-1;12,50;1.000,75')).toEqual([['A-1', '12,50', '1.000,75']])
  })
  it('reads what it wrote', () => {
    const rows = [
      ['a', 'b\tc', 'd "e"'],
      ['x\ny', '', '1,5'],
    ]
    expect(readSheet(writeSheet(rows))).toEqual(rows)
  })
})

describe('figures of a paste', () => {
  it('are read with one sign for all of them', () => {
    expect(readFigure('12,50', ',')).toBe('12.50')
    expect(readFigure('1.000,75', ',')).toBe('1000.75')
    expect(readFigure('12.50', '.')).toBe('12.50')
    expect(readFigure('1,000', ',')).toBe('1.000')
    expect(readFigure('1,000', '.')).toBe('1000')
    expect(readFigure('1 234,5', ',')).toBe('1234.5')
    expect(readFigure('10 %', '.')).toBe('10')
  })
  it.each(['12,5x', '', '1,2,3', 'abc', '1.2.3'])('%s is none', (text) => {
    expect(readFigure(text, ',')).toBeNull()
    expect(readFigure(text, '.')).toBeNull()
  })
  it('decide the sign by those that can be read in one way only', () => {
    expect(decimalSignOf(['1,000', '12,50'])).toBe(',')
    expect(decimalSignOf(['1,000', '12.50'])).toBe('.')
    expect(decimalSignOf(['1,000'])).toBe('.')
    expect(decimalSignOf(['1.000,75'])).toBe(',')
    expect(decimalSignOf(['1.234.567', 'A-1'])).toBe(',')
  })
})

describe('guessing columns', () => {
  const all = pasteFields
  it('goes by headings in both languages', () => {
    expect(
      guess(
        [
          ['Ilość', 'Kod', 'Cena netto'],
          ['5', 'A-1', '1,50'],
        ],
        all,
      ),
    ).toEqual({
      headed: true,
      fields: ['quantity', 'product', 'price'],
      decimalSign: ',',
    })
    expect(
      guess(
        [
          ['Qty', 'SKU', 'Colour'],
          ['5', 'A-1', 'red'],
        ],
        all,
      ).fields,
    ).toEqual(['quantity', 'product', 'ignore'])
  })
  it('goes by content without headings', () => {
    expect(
      guess(
        [
          ['A-1', '5', '1.50'],
          ['B-2', '6', '2'],
        ],
        all,
      ),
    ).toEqual({
      headed: false,
      fields: ['product', 'quantity', 'price'],
      decimalSign: '.',
    })
    expect(guess([['5901234123457', '5']], all).fields).toEqual(['product', 'quantity'])
    expect(guess([['5', 'A-1', 'box', 'Blue mug, large']], all).fields).toEqual([
      'quantity',
      'product',
      'unit',
      'description',
    ])
  })
  it('leaves out what the document has no column for', () => {
    expect(
      guess(
        [
          ['Code', 'Price'],
          ['A', '1'],
        ],
        ['product', 'quantity', 'ignore'],
      ).fields,
    ).toEqual(['product', 'ignore'])
  })
})
