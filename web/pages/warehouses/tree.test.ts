import { expect, it } from 'vitest'
import { inTree } from './tree.ts'

const node = (id: string, parentId: string | null = null) => ({ id, parentId })

it('puts what lies in a location below it, and keeps the order of siblings', () => {
  const rows = [node('A-02', 'A'), node('B'), node('A'), node('A-01', 'A'), node('A-01-1', 'A-01')]
  expect(inTree(rows).map(({ row, depth }) => [row.id, depth])).toEqual([
    ['B', 0],
    ['A', 0],
    ['A-02', 1],
    ['A-01', 1],
    ['A-01-1', 2],
  ])
})

it('loses none whose parent is not there', () => {
  expect(inTree([node('A-01', 'A'), node('B')])).toEqual([
    { row: node('A-01', 'A'), depth: 0 },
    { row: node('B'), depth: 0 },
  ])
})
