import { describe, expect, it } from 'vitest'
import { kinds } from '../../src/kinds.ts'
import { derivedStatus, lifecycleStatus } from './status.ts'
import { allKinds, kindOfPath, kindWords, madeByHand, pathOfKind } from './kinds.ts'

describe('the table of statuses', () => {
  it.each(Object.entries(kinds))('has a badge for every state of a %s', (kind, { states }) => {
    for (const state of states)
      expect(lifecycleStatus(kind as keyof typeof kinds, state), state).not.toBeNull()
  })

  it('never tells two statuses apart by colour alone', () => {
    for (const kind of allKinds) {
      const states = kind in kinds ? kinds[kind as keyof typeof kinds].states : []
      const labels = states.map((state) => lifecycleStatus(kind, state)!.label.message)
      expect(new Set(labels).size).toBe(labels.length)
    }
  })

  it('has none for what need not be shown', () => {
    expect(derivedStatus('returned', 'none')).toBeNull()
    expect(derivedStatus('payment', 'overdue')?.tone).toBe('danger')
  })
})

describe('the words for kinds', () => {
  it('lead from the path to the kind and back', () => {
    for (const kind of allKinds) expect(kindOfPath(pathOfKind(kind))).toBe(kind)
    expect(kindOfPath('nothing')).toBeNull()
    expect(allKinds).toEqual(expect.arrayContaining(Object.keys(kinds)))
    expect(Object.keys(kindWords)).toHaveLength(14)
  })

  it('know what is made from a source only', () => {
    expect(allKinds.filter((kind) => !madeByHand(kind))).toEqual([
      'delivery-note',
      'sales-return',
      'receipt-note',
      'purchase-return',
    ])
  })
})
