import { expect, it } from 'vitest'
import { mergedFields } from './merged-fields.ts'
import { completeParty } from './party-rules.ts'

const anna = { name: 'Anna', email: 'anna@example.com' }

it('a merged party takes over what it lacks, and keeps what it has', () => {
  const kept = completeParty(
    {
      name: 'Mill',
      roles: ['vendor'],
      phone: '1',
      paymentTermDays: 14,
      contacts: [anna],
      addresses: [{ type: 'billing', city: 'Łódź', default: true }],
    },
    '',
  )
  const duplicate = completeParty(
    {
      name: 'MILL Ltd',
      roles: ['customer'],
      phone: '2',
      email: 'mill@example.com',
      paymentTermDays: 60,
      contacts: [{ ...anna, email: 'ANNA@example.com' }, { name: 'Jan' }],
      addresses: [
        { type: 'billing', city: 'lodz' },
        { type: 'billing', city: 'Radom', default: true },
        { type: 'shipping', city: 'Hel', default: true },
      ],
    },
    '',
  )
  const { after, taken } = mergedFields(kept, duplicate)
  expect(taken).toEqual({ facts: ['email'], contacts: 1, addresses: 2 })
  expect(after).toMatchObject({
    name: 'Mill',
    roles: ['customer', 'vendor'],
    phone: '1',
    email: 'mill@example.com',
    paymentTermDays: 14,
  })
  expect(after.contacts.map(({ name }) => name)).toEqual(['Anna', 'Jan'])
  expect(after.addresses.map((address) => [address.city, address.default])).toEqual([
    ['Łódź', true],
    ['Radom', false],
    ['Hel', true],
  ])
})
