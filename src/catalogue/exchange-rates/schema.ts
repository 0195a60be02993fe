import { type Static, Type } from 'typebox'
import {
  CurrencyCode,
  DateText,
  Id,
  MomentOut,
  RateText,
  Version,
  nullable,
  object,
  optional,
  oneLine,
} from '../../http/schemas.ts'

const rate = Type.Unsafe<string>({
  ...RateText,
  description: 'Company currency for one unit of the currency, up to 10 decimals.',
})
const source = nullable(oneLine(100, { description: 'Where the rate comes from, such as "ECB".' }))

export const RateBody = object({ currency: CurrencyCode, date: DateText, rate, source: optional(source) })
export type RateInput = Static<typeof RateBody>

export const RatePatch = Type.Partial(Type.Object({ rate, source }))
export type RateChanges = Static<typeof RatePatch>

export const RateOut = object({
  id: Id,
  currency: CurrencyCode,
  date: DateText,
  rate: Type.String(),
  source,
  version: Version,
  createdAt: MomentOut,
})

export const rateFilters = {
  currency: optional(CurrencyCode),
  date: optional(DateText),
  from: optional(Type.Unsafe<string>({ ...DateText, description: 'On or after this date.' })),
  to: optional(Type.Unsafe<string>({ ...DateText, description: 'On or before this date.' })),
}
