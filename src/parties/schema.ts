import { type Static, Type } from 'typebox'
import { Archived } from '../http/archived-filter.ts'
import {
  CountryCode,
  CurrencyCode,
  DateText,
  Id,
  literals,
  MomentOut,
  nullable,
  object,
  oneLine,
  optional,
  PositiveDecimalText,
  text,
  Version,
} from '../http/schemas.ts'

const roles = ['customer', 'vendor'] as const
const types = ['organisation', 'person'] as const
const addressTypes = ['billing', 'shipping', 'other'] as const
/** What a contact is written to about. */
const purposes = ['order', 'delivery', 'invoice', 'reminder', 'other'] as const

const Email = Type.String({ format: 'email', maxLength: 254 })
const addressText = {
  name: nullable(text(200)),
  line1: nullable(text(200)),
  line2: nullable(text(200)),
  city: nullable(text(100)),
  region: nullable(text(100)),
  postalCode: nullable(text(30)),
  country: nullable(CountryCode),
}
const contactText = {
  email: nullable(Email),
  phone: nullable(oneLine(50)),
  role: nullable(oneLine(100, { description: 'Such as "purchasing".' })),
}

export const PostalAddressBody = object(Type.Partial(Type.Object(addressText)).properties)
export const PostalAddressOut = object(addressText)
const AddressBody = Type.Object({
  type: literals(addressTypes),
  ...Type.Partial(Type.Object(addressText)).properties,
  default: optional(Type.Boolean({ description: 'The one of its type that documents carry.' })),
})
const ContactBody = Type.Object({
  name: oneLine(200, { minLength: 1 }),
  ...Type.Partial(Type.Object(contactText)).properties,
  purposes: optional(Type.Array(literals(purposes), { maxItems: purposes.length, uniqueItems: true })),
})

const required = {
  name: oneLine(200, { minLength: 1 }),
  roles: Type.Array(literals(roles), { minItems: 1, maxItems: 2, uniqueItems: true }),
}
const fields = {
  code: nullable(oneLine(50, { description: 'Unique in the company.' })),
  type: literals(types),
  currency: nullable(CurrencyCode),
  language: nullable(
    Type.String({
      pattern: '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$',
      maxLength: 35,
      description: 'Of its documents, such as "en" or "pl".',
    }),
  ),
  email: nullable(Email),
  phone: nullable(oneLine(50)),
  website: nullable(oneLine(300)),
  taxNumber: nullable(oneLine(50)),
  paymentTermDays: nullable(Type.Integer({ minimum: 0, maximum: 3650, description: "Null: the company's." })),
  priceGroup: nullable(oneLine(100)),
  priceBookId: nullable(
    Type.Unsafe<string>({ ...Id, description: "The party's own price book; it goes before all others." }),
  ),
  creditLimit: nullable(
    Type.Unsafe<string>({ ...PositiveDecimalText, description: "In the company's currency. Null: none." }),
  ),
  notes: nullable(text(10_000)),
}

export const PartyBody = Type.Object({
  ...required,
  ...Type.Partial(Type.Object(fields)).properties,
  addresses: optional(Type.Array(AddressBody, { maxItems: 100 })),
  contacts: optional(Type.Array(ContactBody, { maxItems: 100 })),
})
export type PartyInput = Static<typeof PartyBody>

export const PartyPatch = Type.Partial(PartyBody)
export type PartyChanges = Static<typeof PartyPatch>

const shown = {
  id: Id,
  ...required,
  ...fields,
  addresses: Type.Array(object({ type: literals(addressTypes), ...addressText, default: Type.Boolean() })),
  contacts: Type.Array(
    object({ name: Type.String(), ...contactText, purposes: Type.Array(literals(purposes)) }),
  ),
  archived: Type.Boolean(),
  mergedInto: nullable(
    Type.Unsafe<string>({
      ...Id,
      description: 'The party that took its documents over, of a duplicate that was merged.',
    }),
  ),
  version: Version,
  createdAt: MomentOut,
}
export const PartyOut = object(shown)

const lastOrder = (kind: string) =>
  nullable(
    Type.Unsafe<string>({
      ...DateText,
      description: `Of its last ${kind} that was confirmed. Null: there is none, or the caller may not read them.`,
    }),
  )
export const PartyListItem = object({
  ...shown,
  lastSalesOrderDate: lastOrder('sales order'),
  lastPurchaseOrderDate: lastOrder('purchase order'),
})

export const partyFilters = {
  archived: Archived,
  role: optional(literals(roles)),
  type: optional(literals(types)),
  code: optional(text(50, { description: 'Exactly this one.' })),
  email: optional(text(254, { description: 'Exactly this one, of the party or one of its contacts.' })),
  taxNumber: optional(
    text(50, {
      description:
        'This one, however it is written: without regard to spaces, dashes and the country before it.',
    }),
  ),
  currency: optional(CurrencyCode),
  priceGroup: optional(text(100)),
}
