import type { OneOf } from '../../api/index.ts'

type Party = OneOf<'parties'>
type Purpose = Party['contacts'][number]['purposes'][number]

export interface AddressValues {
  readonly type: 'billing' | 'shipping' | 'other'
  readonly name: string
  readonly line1: string
  readonly line2: string
  readonly postalCode: string
  readonly city: string
  readonly region: string
  readonly country: string
  readonly default: boolean
}
export interface ContactValues {
  readonly name: string
  readonly role: string
  readonly email: string
  readonly phone: string
  readonly purposes: readonly Purpose[]
}
/** What is typed in the form of a party; '' stands for nothing. */
export interface PartyValues {
  readonly name: string
  readonly customer: boolean
  readonly vendor: boolean
  readonly type: 'organisation' | 'person'
  readonly code: string
  readonly taxNumber: string
  readonly email: string
  readonly phone: string
  readonly website: string
  readonly currency: string
  readonly language: string
  readonly paymentTermDays: string
  readonly priceGroup: string
  readonly priceBookId: string
  readonly creditLimit: string
  readonly notes: string
  readonly addresses: readonly AddressValues[]
  readonly contacts: readonly ContactValues[]
}

export const emptyAddress: AddressValues = {
  type: 'billing',
  name: '',
  line1: '',
  line2: '',
  postalCode: '',
  city: '',
  region: '',
  country: '',
  default: false,
}
export const emptyContact: ContactValues = { name: '', role: '', email: '', phone: '', purposes: [] }

export function emptyParty(role: 'customer' | 'vendor'): PartyValues {
  return {
    name: '',
    customer: role === 'customer',
    vendor: role === 'vendor',
    type: 'organisation',
    code: '',
    taxNumber: '',
    email: '',
    phone: '',
    website: '',
    currency: '',
    language: '',
    paymentTermDays: '',
    priceGroup: '',
    priceBookId: '',
    creditLimit: '',
    notes: '',
    addresses: [],
    contacts: [],
  }
}

const text = (value: string | number | null): string => (value === null ? '' : String(value))

export function valuesOf(party: Party): PartyValues {
  return {
    name: party.name,
    customer: party.roles.includes('customer'),
    vendor: party.roles.includes('vendor'),
    type: party.type,
    code: text(party.code),
    taxNumber: text(party.taxNumber),
    email: text(party.email),
    phone: text(party.phone),
    website: text(party.website),
    currency: text(party.currency),
    language: text(party.language),
    paymentTermDays: text(party.paymentTermDays),
    priceGroup: text(party.priceGroup),
    priceBookId: text(party.priceBookId),
    creditLimit: text(party.creditLimit),
    notes: text(party.notes),
    addresses: party.addresses.map((address) => ({
      type: address.type,
      name: text(address.name),
      line1: text(address.line1),
      line2: text(address.line2),
      postalCode: text(address.postalCode),
      city: text(address.city),
      region: text(address.region),
      country: text(address.country),
      default: address.default,
    })),
    contacts: party.contacts.map((contact) => ({
      name: contact.name,
      role: text(contact.role),
      email: text(contact.email),
      phone: text(contact.phone),
      purposes: contact.purposes,
    })),
  }
}

const orNull = (value: string): string | null => (value.trim() === '' ? null : value.trim())

/** The body of the API for what was typed. */
export function bodyOf(values: PartyValues): Record<string, unknown> {
  const { customer, vendor, paymentTermDays, addresses, contacts, name, type, ...rest } = values
  const optional = Object.fromEntries(Object.entries(rest).map(([field, value]) => [field, orNull(value)]))
  return {
    ...optional,
    name: name.trim(),
    type,
    roles: [...(customer ? ['customer'] : []), ...(vendor ? ['vendor'] : [])],
    paymentTermDays: paymentTermDays === '' ? null : Number(paymentTermDays),
    addresses: addresses.map(({ type: of, default: isDefault, ...lines }) => ({
      type: of,
      default: isDefault,
      ...Object.fromEntries(Object.entries(lines).map(([field, value]) => [field, orNull(value)])),
    })),
    contacts: contacts.map((contact) => ({
      name: contact.name.trim(),
      role: orNull(contact.role),
      email: orNull(contact.email),
      phone: orNull(contact.phone),
      purposes: contact.purposes,
    })),
  }
}
