import { Type } from 'typebox'
import { CountryCode, CurrencyCode, Id, nullable, object, optional, oneLine } from '../http/schemas.ts'
import { Email, Language, Password, PersonName, Slug, TimeZone } from '../identity/index.ts'

const CompanyName = oneLine(200, { minLength: 1 })

export const SetupOut = object({
  needsOwner: Type.Boolean({
    description: 'Nobody can sign in yet: POST /setup/owner makes the first account.',
  }),
  demoLoaded: Type.Boolean({
    description: 'There is a demo company. An owner can load one: POST /setup/demo.',
  }),
  version: Type.String(),
})

export const OwnerBody = object({
  email: Email,
  name: PersonName,
  password: Password,
  companyName: optional(CompanyName),
  currency: optional(CurrencyCode),
  timeZone: optional(TimeZone),
  country: optional(CountryCode),
  language: optional(Language),
})

export const OwnerOut = object({
  userId: Id,
  email: Type.String(),
  company: object({ id: Id, slug: Type.String(), name: Type.String() }),
})

export const CompanyBody = object({
  name: CompanyName,
  slug: optional(Slug),
  currency: CurrencyCode,
  timeZone: optional(TimeZone),
  country: optional(nullable(CountryCode)),
  language: optional(Language),
})
