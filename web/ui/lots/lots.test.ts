import { expect, it } from 'vitest'
import { faultOfLots, firstToExpire, namedTwice, toldOf, trackedPart } from './lots.ts'

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

it('adds up what is named, and sends it as the API takes it', () => {
  const lot = (number: string, quantity: string, expiresOn = '') => ({ number, quantity, expiresOn })
  const one = { lots: [lot(' L-1 ', '', '2027-03-31')], serials: '' }
  // One lot without a quantity is all of the line, in base units.
  expect([toldOf(one, '24'), trackedPart(one, '24')]).toEqual([
    '24',
    { lots: [{ number: 'L-1', expiresOn: '2027-03-31', quantity: '24' }] },
  ])
  const two = { lots: [lot('L-1', '1.5'), lot('L-2', ''), lot('', '9')], serials: '' }
  expect(toldOf(two, '24')).toBe('1.5')
  const serials = { lots: [], serials: 'S1\nS2,S3\t S1\n' }
  expect([toldOf(serials, '9'), trackedPart(serials, '9'), namedTwice(serials)]).toEqual([
    '4',
    { serials: ['S1', 'S2', 'S3', 'S1'] },
    'S1',
  ])
  const nothing = { lots: [lot(' ', '3')], serials: ' \n' }
  expect([toldOf(nothing, '9'), trackedPart(nothing, '9')]).toEqual([null, {}])
})

it('finds lots without their quantity and days that do not exist', () => {
  const lot = (quantity: string, expiresOn = '') => ({ number: 'L', quantity, expiresOn })
  expect(faultOfLots({ lots: [lot('')] })).toBeNull()
  expect(faultOfLots({ lots: [lot('1'), lot('2', '2027-03-31')] })).toBeNull()
  expect(faultOfLots({ lots: [lot('1'), lot('')] })).toBe('quantity')
  expect(faultOfLots({ lots: [lot('a few')] })).toBe('quantity')
  expect(faultOfLots({ lots: [lot('1', '99.99.2028')] })).toBe('date')
  // A row without a number is none yet.
  expect(faultOfLots({ lots: [lot('1'), { ...lot(''), number: ' ' }] })).toBeNull()
})
