import { i18n } from '@lingui/core'
import { type TSchema, Type } from 'typebox'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  CountryCode,
  CurrencyCode,
  DateText,
  DecimalText,
  PositiveDecimalText,
  RateText,
  nullable,
  oneLine,
  text,
} from '../../src/http/schemas.ts'
import { Check } from '../../src/http/validation.ts'
import { faultWords } from './fault-words.ts'

beforeAll(() => i18n.loadAndActivate({ locale: 'en', messages: {} }))

describe('the words for a fault', () => {
  /** What the server's own check says of a value, in the words of a form. */
  const told = (schema: TSchema, value: unknown) =>
    new Check(Type.Object({ field: schema }) as never, 'body')
      .faults(value === undefined ? {} : { field: value })
      .map(({ message }) => faultWords(message))

  it.each<[string, TSchema, unknown, string]>([
    ['a missing value', text(10), undefined, 'Enter something here'],
    ['an empty text', text(10, { minLength: 1 }), '', 'Enter something here'],
    [
      'a name of two lines',
      oneLine(20),
      'Ann\nLee',
      'Line breaks and control characters are not possible here',
    ],
    [
      'a code of two lines, or none',
      nullable(oneLine(20)),
      'A\r\n1',
      'Line breaks and control characters are not possible here',
    ],
    ['a long text', text(3), 'four', 'At most 3 characters fit in here, these are 4'],
    [
      'a negative price',
      nullable(PositiveDecimalText),
      '-5',
      'Enter a number of zero or more, with at most 13 digits and 6 decimals',
    ],
    ['a figure', DecimalText, '1,5', 'Enter a number with at most 13 digits and 6 decimals'],
    ['a rate', RateText, '-1', 'Enter a number of zero or more, with at most 9 digits and 10 decimals'],
    ['half a day', Type.Integer(), 1.5, 'Enter a whole number'],
    ['half a day, or none', nullable(Type.Integer()), 1.5, 'Enter a whole number'],
    ['too little', Type.Integer({ minimum: 1 }), 0, 'Enter 1 or more'],
    ['too much', Type.Integer({ maximum: 9999 }), 10_000, 'Enter 9999 or less'],
    ['a currency', CurrencyCode, 'zl', 'Enter the currency in three capital letters, such as USD'],
    ['a country', CountryCode, 'Poland', 'Enter the country in two capital letters, such as PL'],
    ['a day that is none', DateText, '2026-02-30', 'Enter a date of the years 1000 to 9999'],
  ])('say what to enter for %s', (_, schema, value, words) => {
    expect(told(schema, value)).toEqual([words])
  })

  it('are those of the server where it speaks to a person', () => {
    expect(faultWords('At most 2 can be returned.')).toBe('At most 2 can be returned.')
  })
})
