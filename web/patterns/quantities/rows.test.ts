import { expect, it } from 'vitest'
import { firstToExpire } from './rows.ts'

it('proposes the lots that expire first, without those that have', () => {
  const lot = (number: string, quantity: string, expired = false) => ({
    number,
    expiresOn: null,
    expired,
    quantity,
  })
  const offered = [lot('old', '50', true), lot('a', '2.5'), lot('b', '10'), lot('c', '10')]
  expect([...firstToExpire(offered, '4')]).toEqual([
    ['a', '2.5'],
    ['b', '1.5'],
  ])
  expect([...firstToExpire(offered, '0')]).toEqual([])
  // What is not there is not proposed.
  expect([...firstToExpire(offered, '99').values()]).toEqual(['2.5', '10', '10'])
})
