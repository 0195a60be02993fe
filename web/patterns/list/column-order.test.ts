import { expect, it } from 'vitest'
import { columnsText, moved, placesOf } from './column-order.ts'

const shown = ['number', 'party', 'date', 'total', 'status']

it('moves a column to a place, the first one never', () => {
  expect(moved(shown, 0, 'total', 1)).toEqual(['number', 'total', 'party', 'date', 'status'])
  expect(moved(shown, 0, 'party', 4)).toEqual(['number', 'date', 'total', 'status', 'party'])
  expect(moved(shown, 0, 'status', 0)).toEqual(['number', 'status', 'party', 'date', 'total'])
  expect(moved(shown, 0, 'party', 99)).toEqual(['number', 'date', 'total', 'status', 'party'])
  expect(moved(shown, 0, 'number', 3)).toEqual(shown)
  expect(moved(shown, 0, 'gone', 3)).toEqual(shown)
})

it('keeps pinned columns among each other, and the others behind them', () => {
  expect(placesOf(shown, 2, 'party')).toEqual({ first: 1, last: 2 })
  expect(placesOf(shown, 2, 'total')).toEqual({ first: 3, last: 4 })
  expect(placesOf(shown, 0, 'number')).toBeNull()
  expect(moved(shown, 2, 'party', 4)).toEqual(['number', 'date', 'party', 'total', 'status'])
  expect(moved(shown, 2, 'status', 1)).toEqual(['number', 'party', 'date', 'status', 'total'])
})

it('is not in the address where it is as usual', () => {
  const columns = shown.map((id) => ({ id }))
  expect(columnsText({ columns }, shown)).toBeNull()
  expect(columnsText({ columns }, ['number', 'date'])).toBe('number,date')
})
