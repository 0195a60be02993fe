import { describe, expect, it } from 'vitest'
import { compare, merge, proposal } from './compare.ts'
import { faultsOf } from './faults.ts'
import { ApiProblem } from '../api/index.ts'

const base = {
  notes: 'a',
  reference: 'x',
  date: '2026-11-01',
  lines: [
    { id: '1', quantity: '5', unitPrice: '2' },
    { id: '2', quantity: '1', unitPrice: '9' },
  ],
}
const fields = ['notes', 'reference', 'date', 'lines']

describe('comparing what is typed with what somebody else saved', () => {
  it('lists what differs, and what both changed as a conflict', () => {
    const mine = { ...base, notes: 'mine', reference: 'y' }
    const theirs = { ...base, notes: 'theirs', date: '2026-11-02' }
    const found = compare(base, mine, theirs, fields)
    expect(found.map(({ field, conflict }) => [field.join(), conflict])).toEqual([
      ['notes', true],
      ['reference', false],
      ['date', false],
    ])
    expect(found.map((each) => proposal(base, each))).toEqual(['mine', 'mine', 'theirs'])
  })

  it('matches lines by id, however they are ordered', () => {
    const mine = {
      ...base,
      lines: [{ id: '1', quantity: '7', unitPrice: '2' }, base.lines[1]!, { quantity: '3' }],
    }
    const theirs = { ...base, lines: [base.lines[1]!, { id: '1', quantity: '6', unitPrice: '2', net: '12' }] }
    expect(compare(base, mine, theirs, fields)).toEqual([
      { field: ['lines', '1', 'quantity'], mine: '7', theirs: '6', conflict: true },
    ])
  })

  it('takes what was chosen and keeps the rest of mine', () => {
    const mine = { ...base, notes: 'mine', lines: [base.lines[0]!, { quantity: '3' }] }
    const theirs = {
      ...base,
      notes: 'theirs',
      lines: [{ id: '1', quantity: '6', unitPrice: '2' }, base.lines[1]!],
    }
    const found = compare(base, mine, theirs, fields)
    expect(found.map(({ field }) => field.join(' '))).toEqual(['notes', 'lines 1 quantity', 'lines 2'])
    expect(
      merge(
        mine,
        found.map((difference) => ({ difference, side: 'theirs' as const })),
      ),
    ).toEqual({
      ...base,
      notes: 'theirs',
      lines: [{ id: '1', quantity: '6', unitPrice: '2' }, { quantity: '3' }, base.lines[1]],
    })
    expect(
      merge(
        mine,
        found.map((difference) => ({ difference, side: 'mine' as const })),
      ),
    ).toEqual(mine)
  })

  it('finds nothing where nothing differs', () => {
    expect(compare(base, base, { ...base, version: 3 }, fields)).toEqual([])
  })
})

describe('faults', () => {
  it('of the server are named by field', () => {
    const problem = new ApiProblem(
      422,
      { errors: [{ pointer: '/lines/2/quantity', message: 'At most 2' }] },
      null,
    )
    expect(faultsOf(problem)).toEqual([{ field: 'lines.2.quantity', message: 'At most 2' }])
    expect(faultsOf(new Error('x'))).toEqual([])
  })
})
