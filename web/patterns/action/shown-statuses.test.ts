import { describe, expect, it } from 'vitest'
import { shownStatuses } from './shown-statuses.ts'

const transfer = { kind: 'stock-transfer', id: 'a', number: 'TR-1' }
const shown = (...rows: [field: string, before: string | null, after: string | null][]) =>
  shownStatuses(rows.map(([field, before, after]) => ({ ...transfer, field, before, after }))).map((row) => [
    row.field,
    row.before,
    row.after,
  ])

describe('statuses of a preview', () => {
  it('say of a transfer whether its goods have arrived, not that it is posted', () => {
    expect(shown(['state', 'draft', 'posted'], ['inTransit', null, 'true'])).toEqual([
      ['state', 'draft', 'transit'],
    ])
    expect(shown(['inTransit', 'true', 'false'])).toEqual([['state', 'transit', 'posted']])
    expect(shown(['state', 'posted', 'reversed'], ['inTransit', 'true', null])).toEqual([
      ['state', 'transit', 'reversed'],
    ])
  })

  it('are as they come where nothing travels', () => {
    expect(shown(['state', 'draft', 'posted'])).toEqual([['state', 'draft', 'posted']])
  })
})
