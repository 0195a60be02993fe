import { expect, it } from 'vitest'
import { propose } from './propose.ts'

const claims = [
  { id: 'oldest', currency: 'EUR', openAmount: '30.10' },
  { id: 'foreign', currency: 'USD', openAmount: '99.00' },
  { id: 'next', currency: 'EUR', openAmount: '20.05' },
  { id: 'last', currency: 'EUR', openAmount: '5' },
]

it('an amount settles the oldest first, and the last one it reaches in part', () => {
  expect([...propose(claims, '40.00', 'EUR')]).toEqual([
    ['oldest', '30.1'],
    ['next', '9.9'],
  ])
})

it('what is more than all that is open stays unsettled', () => {
  expect([...propose(claims, '1000', 'EUR')].map(([, amount]) => amount)).toEqual(['30.1', '20.05', '5'])
})
