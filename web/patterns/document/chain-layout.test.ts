import { expect, it } from 'vitest'
import type { Chain } from '../../api/index.ts'
import { gapX, layOut, nodeHeight, nodeWidth } from './chain-layout.ts'

function node(id: string, kind: string, date = '2026-11-01'): Chain['nodes'][number] {
  return {
    id,
    kind,
    number: id.toUpperCase(),
    state: 'posted',
    date,
    partyId: null,
    amount: null,
    currency: null,
  }
}
const carries = { lines: 1, quantity: '6', unit: 'pcs', amount: null, currency: null }
const edge = (from: string, to: string) => ({ from, to, relation: 'x', carries })
const places = (chain: Chain, self: string) =>
  Object.fromEntries(
    layOut(chain, self, new Set()).placed.map((each) => [
      each.type === 'node' ? each.node.id : `${each.count} ${each.kind}`,
      [each.x / (nodeWidth + gapX), each.y / (nodeHeight + 14)],
    ]),
  )

it('stands from promise to payment, corrections below what they correct, without empty columns', () => {
  const chain = {
    nodes: [
      node('pay', 'payment'),
      node('cn', 'credit-note'),
      node('inv', 'invoice'),
      node('sr', 'sales-return'),
      node('dn', 'delivery-note'),
      node('so', 'sales-order'),
    ],
    edges: [edge('so', 'dn'), edge('so', 'inv'), edge('dn', 'sr'), edge('inv', 'cn'), edge('inv', 'pay')],
  }
  expect(places(chain, 'so')).toEqual({
    so: [0, 0],
    dn: [1, 0],
    sr: [1, 1],
    inv: [2, 0],
    cn: [2, 1],
    pay: [3, 0],
  })
  expect(layOut(chain, 'so', new Set()).edges).toHaveLength(5)
  expect(layOut(chain, 'so', new Set()).edges.filter(({ near }) => near)).toHaveLength(2)
})

it('knows of each line what it stands for, also of several that fold to one', () => {
  const deliveries = Array.from({ length: 8 }, (_, index) => node(`d${index}`, 'delivery-note'))
  const chain = {
    nodes: [node('so', 'sales-order'), ...deliveries],
    edges: deliveries.map(({ id }) => edge('so', id)),
  }
  const { edges } = layOut(chain, 'so', new Set())
  expect(edges.map((each) => each.carries.length)).toEqual([1, 1, 1, 1, 4])
  expect(edges.every(({ x }) => x === nodeWidth + gapX / 2)).toBe(true)
})

it('folds siblings beyond five and never the document itself', () => {
  const deliveries = Array.from({ length: 8 }, (_, index) => node(`d${index}`, 'delivery-note'))
  const chain = {
    nodes: [node('so', 'sales-order'), ...deliveries],
    edges: deliveries.map(({ id }) => edge('so', id)),
  }
  expect(Object.keys(places(chain, 'd7'))).toEqual(['so', 'd0', 'd1', 'd2', 'd7', '4 delivery-note'])
  const whole = layOut(chain, 'd7', new Set(['delivery-note'])).placed
  expect(whole).toHaveLength(9)
})
