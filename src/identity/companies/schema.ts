import { type Static, Type } from 'typebox'
import {
  CountryCode,
  CurrencyCode,
  Id,
  MomentOut,
  Version,
  literals,
  nullable,
  object,
  oneLine,
  text,
} from '../../http/schemas.ts'

const Address = Type.Partial(
  Type.Object({
    line1: text(200),
    line2: text(200),
    city: text(100),
    region: text(100),
    postalCode: text(30),
    country: CountryCode,
    phone: oneLine(50),
    email: oneLine(254),
    website: oneLine(300),
  }),
)
export type CompanyAddress = Static<typeof Address>

export const Language = Type.String({
  pattern: '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$',
  maxLength: 35,
  description: 'BCP 47, such as "en" or "pt-BR".',
  'x-must': 'a language tag such as "en" or "pt-BR"',
})
export const TimeZone = text(60, { minLength: 1, description: 'IANA name, such as "Europe/Warsaw".' })
export const Slug = Type.String({
  pattern: '^[a-z0-9][a-z0-9-]{0,62}$',
  description: 'Short name in addresses and the header Zapas-Company; unique in the installation.',
  'x-must': 'up to 63 small letters, digits and hyphens, such as "acme-eu"',
})

/** Per cent with up to 6 decimals. */
function percent(description: string) {
  return Type.String({
    pattern: '^[0-9]{1,4}(\\.[0-9]{1,6})?$',
    description,
    examples: ['2.5'],
    'x-must': 'per cent written as a string, such as "2.5" (up to 6 decimals)',
  })
}

const settings = {
  slug: Slug,
  name: oneLine(200, { minLength: 1 }),
  currency: Type.Unsafe<string>({
    ...CurrencyCode,
    description: 'In which stock is valued and amounts are added up. Fixed with the first document.',
  }),
  timeZone: TimeZone,
  country: nullable(CountryCode),
  language: Language,
  taxNumber: nullable(oneLine(50)),
  address: Address,
  taxRounding: literals(['document', 'line'], {
    description: 'Tax is rounded once per rate, or on every line. A document keeps what it was made with.',
  }),
  pricesIncludeTax: Type.Boolean({ description: 'Of new documents.' }),
  backOrders: Type.Boolean({ description: 'A sales order may promise what is not in stock.' }),
  salesTolerancePercent: percent('How much more than ordered may be delivered.'),
  purchaseTolerancePercent: percent('How much more than ordered may be received.'),
  overpayment: literals(['refuse', 'credit'], {
    description: 'A payment above what is open is refused, or kept as the party’s credit.',
  }),
  reservationMinutes: Type.Integer({
    minimum: 1,
    maximum: 5_256_000,
    description: 'How long a stock reservation holds unless it says otherwise.',
  }),
  paymentTermDays: Type.Integer({ minimum: 0, maximum: 3650, description: 'Unless the party has its own.' }),
  matchPriceTolerancePercent: percent('How far a bill’s price may lie off the order’s.'),
  matchQuantityTolerancePercent: percent('How much more than received a bill may charge.'),
  requireSecondFactor: Type.Boolean({
    description:
      'Whoever signs in with a password needs a second factor, and reaches nothing else until it is set up. API keys are not concerned.',
  }),
}

export const CompanyPatch = Type.Partial(Type.Object(settings))
export type CompanyChanges = Static<typeof CompanyPatch>

export const CompanyOut = object({
  id: Id,
  ...settings,
  minorDigits: Type.Integer({ description: 'Decimals of the company currency.' }),
  demo: Type.Boolean({ description: 'Made with demo data.' }),
  version: Version,
  createdAt: MomentOut,
})

export const CompanyNameOut = object({
  id: Id,
  slug: Type.String(),
  name: Type.String(),
  demo: Type.Boolean(),
  role: Type.String({ description: 'Yours in this company.' }),
})
