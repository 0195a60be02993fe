import { expect, it } from 'vitest'
import { changedWidths, fitting, readWidths } from './column-widths.ts'

it('widths are read as they are written; what is no width is left out, and none is out of bounds', () => {
  const widths = { party: 320, date: 120 }
  expect(changedWidths({ party: 320 }, 'date', 120)).toBe('party:320,date:120')
  expect(changedWidths(widths, 'party', null)).toBe('date:120')
  expect(readWidths('party:320,date:120')).toEqual(widths)
  expect(readWidths('party:wide,:,date:-5,total:1e9,number:99999')).toEqual({})
  expect(readWidths('party:1,date:9000')).toEqual({ party: 64, date: 800 })
  expect(changedWidths({ date: 120 }, 'date', null)).toBeNull()
  expect(readWidths('')).toEqual({})
  expect(fitting(100.6)).toBe(101)
})
