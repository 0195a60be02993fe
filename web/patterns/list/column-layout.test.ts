import { describe, expect, it } from 'vitest'
import { type ColumnToLayOut, layOutColumns } from './column-layout.ts'

const said = (message: string) => ({ id: message, message })
const letters = {
  scale: 1,
  head: (text: string) => text.length * 8,
  cell: (text: string) => text.length * 7,
}
const layOut = (
  columns: readonly ColumnToLayOut[],
  asked: Partial<Parameters<typeof layOutColumns>[1]> = {},
) =>
  layOutColumns(columns, {
    chosen: {},
    selectable: true,
    pinned: 0,
    room: 1016,
    text: (message) => message.message ?? '',
    letters,
    ...asked,
  })

const number = { id: 'number', label: said('Number'), width: 'code', sort: 'number' } as const
const party = { id: 'party', label: said('Customer'), grow: true } as const
const date = { id: 'date', label: said('Date'), width: 'date' } as const
const total = { id: 'total', label: said('Total'), width: 'money', align: 'right' } as const
const orders = [number, party, date, total]

describe('how wide the columns of a list are', () => {
  it('one takes what is left, the others are as wide as what usually stands in them', () => {
    const { widths, wide, stuck } = layOut(orders)
    expect(widths).toEqual([35, 138, null, 112, 130])
    expect({ wide, stuck }).toEqual({ wide: false, stuck: [] })
  })

  it('a head is never cut, takes two lines where it is long, and has room for its arrow', () => {
    const figure = { id: 'f', label: said('Zarezerwowano'), align: 'right' } as const
    expect(layOut([number, figure]).widths).toEqual([35, null, 13 * 8 + 20])
    expect(layOut([number, { ...figure, sort: 'f' }]).widths).toEqual([35, null, 13 * 8 + 20 + 18])
    expect(layOut([number, { ...figure, label: said('W drodze od dostawców') }]).widths).toEqual([
      35,
      null,
      96,
    ])
  })

  it('a status is as wide as its longest word, up to a limit; with letters twice as large all is', () => {
    const status = (...words: string[]) =>
      layOut([
        party,
        {
          id: 's',
          label: said('Status'),
          width: 'status',
          words: Object.fromEntries(words.map((word) => [word, said(word)])),
        },
      ]).widths[2]
    expect(status('Draft', 'Partly delivered')).toBe(16 * 7 + 53)
    expect(status('Częściowo zafakturowane')).toBe(176)
    expect(layOut([party, date], { letters: { ...letters, scale: 2 } }).widths).toEqual([35, null, 224])
  })

  it('what somebody chose holds, and another column takes what is left', () => {
    const city = { id: 'city', label: said('City') } as const
    expect(layOut([number, party, city, total], { chosen: { party: 300 } }).widths).toEqual([
      35,
      138,
      300,
      null,
      130,
    ])
    // Nothing may: the table is as wide as its columns.
    const all = layOut([number, total], { chosen: { number: 200 } })
    expect(all).toMatchObject({ widths: [35, 200, 130], least: 365 })
  })

  it('where it does not fit it scrolls, and the first column stays as long as it leaves room for others', () => {
    const narrow = layOut(orders, { room: 500 })
    expect(narrow).toMatchObject({ wide: true, least: 35 + 138 + 200 + 112 + 130, covered: 173 })
    expect(narrow.stuck).toEqual([{ left: 0 }, { left: 35 }])
    expect(layOut(orders, { room: 500, chosen: { number: 400 } }).stuck).toEqual([{ left: 0 }])
    expect(layOut(orders, { room: 500, pinned: 2 }).stuck).toEqual([{ left: 0 }, { left: 35 }])
  })

  it('pinned columns stand each behind the one before, so none of them takes what is left', () => {
    const { widths, stuck, covered } = layOut([number, party, date, total], { room: 780, pinned: 1 })
    expect(widths).toEqual([35, 138, 280, null, 130])
    expect({ stuck, covered }).toEqual({ stuck: [], covered: 0 })
    const scrolling = layOut([number, party, date, total], { room: 690, pinned: 1 })
    expect(scrolling.stuck).toEqual([{ left: 0 }, { left: 35 }])
    expect(layOut([number, date, party, total], { room: 480, pinned: 1 }).stuck).toEqual([
      { left: 0 },
      { left: 35 },
      { left: 173 },
    ])
  })
})
