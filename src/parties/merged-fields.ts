import { fold } from '../kernel/fold.ts'
import { postalAddress } from '../kernel/postal-address.ts'
import type { PartyFields } from './party-rules.ts'

/** Facts that are taken over where the one that stays has none. Terms, prices and limits are agreed with somebody: they stay. */
const facts = ['taxNumber', 'email', 'phone', 'website', 'language', 'notes'] as const

/** The party that stays, with what only its duplicate knew. Pure. */
export function mergedFields(kept: PartyFields, duplicate: PartyFields) {
  const filled = facts.filter((fact) => kept[fact] === null && duplicate[fact] !== null)
  const roles = (['customer', 'vendor'] as const).filter(
    (role) => kept.roles.includes(role) || duplicate.roles.includes(role),
  )
  const known = new Set(kept.contacts.map(who))
  const contacts = duplicate.contacts.filter((contact) => !known.has(who(contact)))
  const places = new Set(kept.addresses.map(where))
  const addresses = duplicate.addresses
    .filter((address) => !places.has(where(address)))
    .map((address) => ({
      ...address,
      default: address.default && !kept.addresses.some(({ type }) => type === address.type),
    }))
  const after: PartyFields = {
    ...kept,
    ...Object.fromEntries(filled.map((fact) => [fact, duplicate[fact]])),
    roles,
    contacts: [...kept.contacts, ...contacts],
    addresses: [...kept.addresses, ...addresses],
  }
  return { after, taken: { facts: [...filled], contacts: contacts.length, addresses: addresses.length } }
}

type Contact = PartyFields['contacts'][number]
type Address = PartyFields['addresses'][number]

function who({ name, email }: Contact): string {
  return fold(email ?? name)
}

function where(address: Address): string {
  return fold(JSON.stringify([address.type, postalAddress(address)]))
}
