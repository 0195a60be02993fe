import { type Static, type TSchema, Type } from 'typebox'
import type { Decimal } from '../kernel/decimal.ts'

/**
 * Schemas that every room shares. A decimal or a date in JSON is always a string. `x-must` is what a value
 * must be, in the words that an error message shows.
 */

/** Up to 13 digits and 6 decimals. */
export const DecimalText = Type.String({
  pattern: '^-?[0-9]{1,13}(\\.[0-9]{1,6})?$',
  description: 'A decimal as a string, at most 13 digits and 6 decimals, such as "12.50".',
  examples: ['12.50'],
  'x-must': 'a decimal written as a string, such as "12.50" (up to 13 digits and 6 decimals)',
})
/** Zero or more. */
export const PositiveDecimalText = Type.String({
  pattern: '^[0-9]{1,13}(\\.[0-9]{1,6})?$',
  description: 'A decimal of zero or more as a string, at most 13 digits and 6 decimals.',
  examples: ['12.50'],
  'x-must': 'a decimal of zero or more written as a string, such as "12.50" (up to 13 digits and 6 decimals)',
})
export const RateText = Type.String({
  pattern: '^[0-9]{1,9}(\\.[0-9]{1,10})?$',
  description: 'A rate as a string, up to 10 decimals.',
  examples: ['0.65'],
  'x-must': 'a rate of zero or more written as a string, such as "0.65" (up to 9 digits and 10 decimals)',
})
/** A decimal in an answer: a Decimal in code, a string in JSON. */
export const DecimalOut = Type.Unsafe<Decimal>(
  Type.String({ description: 'A decimal as a string.', examples: ['12.50'] }),
)
export const DateText = Type.String({
  format: 'date',
  description: 'A calendar date, YYYY-MM-DD.',
  examples: ['2026-11-24'],
})
export const MomentText = Type.String({ format: 'date-time', description: 'A moment, RFC 3339.' })
export const MomentOut = Type.Unsafe<Date>(
  Type.String({ format: 'date-time', description: 'A moment, RFC 3339.' }),
)
export const Id = Type.String({ format: 'uuid' })
export const CurrencyCode = Type.String({
  pattern: '^[A-Z]{3}$',
  description: 'ISO 4217 code.',
  examples: ['USD'],
  'x-must': 'a currency code of three capital letters, such as "USD"',
})
export const CountryCode = Type.String({
  pattern: '^[A-Z]{2}$',
  description: 'ISO 3166 code.',
  examples: ['AU'],
  'x-must': 'a country code of two capital letters, such as "AU"',
})
export const IdParams = Type.Object({ id: Id })
export const Version = Type.Integer({ minimum: 1, description: 'Goes up with every change; the ETag.' })

interface TextOptions {
  readonly minLength?: number
  readonly description?: string
}
/** Of several lines where somebody writes that many: notes, addresses, what a product is called (S35). */
export function text(maxLength: number, options: TextOptions = {}) {
  // No control characters but tab and line break: they print as nothing and break files.
  return Type.String({
    maxLength,
    pattern: '^[^\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F]*$',
    'x-must': 'a text without control characters',
    ...options,
  })
}
/** A number, a code, what something is called: it stands in tables, headers of mails and names of files. */
export function oneLine(maxLength: number, options: TextOptions = {}) {
  return Type.String({
    maxLength,
    pattern: '^[^\\u0000-\\u0008\\u000A-\\u001F\\u0085\\u2028\\u2029]*$',
    'x-must': 'one line of text without control characters',
    ...options,
  })
}
export function nullable<S extends TSchema>(schema: S) {
  return Type.Union([schema, Type.Null()])
}
export function optional<S extends TSchema>(schema: S) {
  return Type.Optional(schema)
}
export function literals<const L extends readonly string[]>(
  values: L,
  options: { description?: string } = {},
) {
  return Type.Unsafe<L[number]>(Type.String({ enum: [...values], ...options }))
}
export function object<P extends Record<string, TSchema>>(
  properties: P,
  options: { description?: string } = {},
) {
  return Type.Object(properties, { additionalProperties: false, ...options })
}
export function page<S extends TSchema>(item: S) {
  return object({
    items: Type.Array(item),
    nextCursor: nullable(
      Type.String({ description: 'Send it as `cursor` for the next page; null at the end.' }),
    ),
  })
}
/** A list may be sorted by a text of 300 characters; each is up to 4 bytes, and 4 characters of a cursor hold 3 bytes. */
const longestCursor = 4000

/** Query of every list; rooms add their filters. */
export const listQuery = {
  q: Type.Optional(text(200, { description: 'Search; case and accents do not matter.' })),
  sort: Type.Optional(Type.String({ maxLength: 60, description: 'Field, with - in front for descending.' })),
  cursor: Type.Optional(Type.String({ maxLength: longestCursor })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
}

const uuid = '[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}'
/** Query field of lists of which single rows can be asked for; their keyset does it. */
export const rowIds = Type.Optional(
  Type.String({
    pattern: `^${uuid}(,${uuid}){0,199}$`,
    description: 'Only these rows: up to 200 ids with commas between. The other filters hold as well.',
    'x-must': 'up to 200 ids with commas between',
  }),
)

export const Empty = Type.Optional(Type.Null())

export type { Static }
