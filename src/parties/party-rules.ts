import { tidy, tidyOptional } from '../kernel/guards.ts'
import { ruleBroken } from '../kernel/problem.ts'
import type { Address } from '../kernel/postal-address.ts'
import type { Contact } from './party-row.ts'
import type { PartyInput } from './schema.ts'

/**
 * Fills in what was left out and refuses what contradicts itself.
 * @param at the JSON pointer of the party in the request, '' for the body itself.
 */
export function completeParty(input: PartyInput, at: string) {
  return {
    name: tidy(input.name, `${at}/name`),
    // In one order, however they were sent.
    roles: (['customer', 'vendor'] as const).filter((role) => input.roles.includes(role)),
    code: tidyOptional(input.code)?.normalize('NFC') ?? null,
    type: input.type ?? ('organisation' as const),
    currency: input.currency ?? null,
    language: input.language ?? null,
    email: tidyOptional(input.email),
    phone: tidyOptional(input.phone),
    website: tidyOptional(input.website),
    taxNumber: tidyOptional(input.taxNumber),
    paymentTermDays: input.paymentTermDays ?? null,
    priceGroup: tidyOptional(input.priceGroup),
    priceBookId: input.priceBookId ?? null,
    creditLimit: input.creditLimit ?? null,
    notes: tidyOptional(input.notes),
    addresses: completeAddresses(input.addresses ?? [], at),
    contacts: (input.contacts ?? []).map((contact, i): Contact => ({
      name: tidy(contact.name, `${at}/contacts/${i}/name`),
      email: tidyOptional(contact.email),
      phone: tidyOptional(contact.phone),
      role: tidyOptional(contact.role),
      purposes: contact.purposes ?? [],
    })),
  }
}
export type PartyFields = ReturnType<typeof completeParty>

function completeAddresses(addresses: NonNullable<PartyInput['addresses']>, at: string): Address[] {
  const defaults = new Set<string>()
  return addresses.map((given, i) => {
    if (given.default) {
      if (defaults.has(given.type)) {
        throw ruleBroken(
          'two-default-addresses',
          `${at}/addresses/${i}/default`,
          `One ${given.type} address is the default at the most.`,
        )
      }
      defaults.add(given.type)
    }
    return {
      type: given.type,
      name: tidyOptional(given.name),
      line1: tidyOptional(given.line1),
      line2: tidyOptional(given.line2),
      city: tidyOptional(given.city),
      region: tidyOptional(given.region),
      postalCode: tidyOptional(given.postalCode),
      country: given.country ?? null,
      default: given.default ?? false,
    }
  })
}
