import { type Static, Type } from 'typebox'
import {
  CurrencyCode,
  PositiveDecimalText,
  listQuery,
  nullable,
  object,
  optional,
  oneLine,
} from '../../http/schemas.ts'

const fields = {
  name: oneLine(100, { minLength: 1 }),
  cashRounding: nullable(
    Type.Unsafe<string>({
      ...PositiveDecimalText,
      description: 'Smallest coin: cash payments are rounded to it. Null: they are not rounded.',
    }),
  ),
  active: Type.Boolean({ description: 'Offered in pickers. Works everywhere even when not.' }),
}
const minorDigits = Type.Integer({
  minimum: 0,
  maximum: 4,
  description: 'Decimals of amounts: USD 2, JPY 0, KWD 3. Fixed once made.',
})

export const CurrencyParams = object({ code: CurrencyCode })

export const CurrencyBody = object({
  code: CurrencyCode,
  name: optional(fields.name),
  minorDigits: optional(minorDigits),
  cashRounding: optional(fields.cashRounding),
  active: optional(fields.active),
})
export type CurrencyInput = Static<typeof CurrencyBody>

export const CurrencyPatch = Type.Partial(Type.Object(fields))
export type CurrencyChanges = Static<typeof CurrencyPatch>

export const CurrencyOut = object({ code: CurrencyCode, minorDigits, ...fields })

/** One page holds them all unless a smaller one is asked for. */
export const currencyLimit = optional(Type.Integer({ minimum: 1, maximum: 200, default: 200 }))

export const currencyFilters = {
  q: listQuery.q,
  active: optional(Type.Boolean({ description: 'Left out: all.' })),
}
