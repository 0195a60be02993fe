import { useLingui } from '@lingui/react'
import { useMemo } from 'react'
import { type Language, locales } from '../i18n/index.ts'

/**
 * How figures and dates are written. Decimals come as strings and go to `Intl` as strings, so that nothing
 * passes through a float; a document's date is a calendar date and never a moment.
 */
export interface Format {
  readonly language: Language
  /** A decimal with all its digits, none added: quantities (up to 6), prices (up to 4 unless it has more). */
  number(value: string): string
  /** With at least so many decimals; digits beyond are shown and not rounded away. */
  fixed(value: string, digits: number): string
  /** '1,234.50' in the currency's minor digits; with `currency` 'EUR 1,234.50' or '1 234,50 zł'. */
  money(value: string, currency: string, show?: 'currency' | 'amount'): string
  /** '23%'. */
  percent(value: string): string
  /** Quantity and unit: '5 pcs'. */
  quantity(value: string, unit: string): string
  /** A calendar date `YYYY-MM-DD`: '24 Nov 2026', '24.11.2026'. */
  date(value: string): string
  /** The month of a calendar date: 'Nov 2026', 'lis 2026'. */
  month(value: string): string
  /** A moment in the reader's time zone: '24 Nov 2026, 14:05'. */
  moment(value: string): string
  /** The day of a moment in the reader's time zone, where there is little room: '24 Nov', '24.11'. */
  dayAndMonth(value: string): string
  time(value: string): string
  /** A moment of today as its time, any other one in full. */
  recent(value: string): string
  /** For sorting words of this language. */
  readonly collator: Intl.Collator
}

/** A tax in a word: its rate, or its name where a rate of zero says too little: exempt, not subject, reverse charge. */
export function taxText(
  { name, rate, category }: { readonly name: string; readonly rate: string; readonly category: string },
  format: Format,
): string {
  return category === 'S' || rate !== '0' ? format.percent(rate) : name
}

const mostDigits = 20
const made = new Map<Language, Format>()

/** Formats of a language; made once. */
export function formatOf(language: Language): Format {
  const known = made.get(language)
  if (known !== undefined) return known
  const format = makeFormat(language)
  made.set(language, format)
  return format
}

/** Formats of the language that is shown now. */
export function useFormat(): Format {
  const { i18n } = useLingui()
  return useMemo(() => formatOf(i18n.locale === 'pl' ? 'pl' : 'en'), [i18n.locale])
}

const minor = new Map<string, number>()

/** Decimals of a currency: JPY 0, EUR 2, KWD 3. */
export function minorDigits(currency: string): number {
  const known = minor.get(currency)
  if (known !== undefined) return known
  const options = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions()
  const digits = options.maximumFractionDigits ?? 2
  minor.set(currency, digits)
  return digits
}

function makeFormat(language: Language): Format {
  const locale = locales[language]
  const numbers = new Map<string, Intl.NumberFormat>()
  const numberFormat = (options: Intl.NumberFormatOptions): Intl.NumberFormat => {
    const key = JSON.stringify(options)
    const known = numbers.get(key)
    if (known !== undefined) return known
    // Polish by default leaves four digits ungrouped, and columns then do not line up.
    const format = new Intl.NumberFormat(locale, { useGrouping: 'always', ...options })
    numbers.set(key, format)
    return format
  }
  const write = (value: string, options: Intl.NumberFormatOptions): string =>
    numberFormat(options).format(value as unknown as number)
  const fixed = (value: string, digits: number): string =>
    write(value, {
      minimumFractionDigits: digits,
      maximumFractionDigits: Math.max(digits, decimalsOf(value)),
    })
  const number = (value: string): string => write(value, { maximumFractionDigits: mostDigits })
  const dates = new Intl.DateTimeFormat(locale, { ...dateParts(language), timeZone: 'UTC' })
  const months = new Intl.DateTimeFormat(locale, { month: 'short', year: 'numeric', timeZone: 'UTC' })
  const moments = new Intl.DateTimeFormat(locale, { ...dateParts(language), ...timeParts })
  const { year: _year, ...dayParts } = dateParts(language)
  const days = new Intl.DateTimeFormat(locale, dayParts)
  const times = new Intl.DateTimeFormat(locale, timeParts)
  return {
    language,
    number,
    fixed,
    money(value, currency, show = 'amount') {
      const digits = minorDigits(currency)
      if (show === 'amount') return fixed(value, digits)
      return write(value, {
        style: 'currency',
        currency,
        currencyDisplay: language === 'pl' ? 'symbol' : 'code',
        minimumFractionDigits: digits,
        maximumFractionDigits: Math.max(digits, decimalsOf(value)),
      })
    },
    percent: (value) => `${number(value)}%`,
    quantity: (value, unit) => `${number(value)}\u00a0${unit}`,
    date: (value) => dates.format(new Date(`${value.slice(0, 10)}T00:00:00Z`)),
    month: (value) => months.format(new Date(`${value.slice(0, 10)}T00:00:00Z`)),
    moment: (value) => moments.format(new Date(value)),
    dayAndMonth: (value) => days.format(new Date(value)),
    time: (value) => times.format(new Date(value)),
    recent: (value) => {
      const at = new Date(value)
      return (at.toDateString() === new Date().toDateString() ? times : moments).format(at)
    },
    collator: new Intl.Collator(locale, { numeric: true }),
  }
}

const timeParts: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }

function dateParts(language: Language): Intl.DateTimeFormatOptions {
  return language === 'pl'
    ? { day: '2-digit', month: '2-digit', year: 'numeric' }
    : { day: 'numeric', month: 'short', year: 'numeric' }
}

/** Decimals that say something: 2 of '12.500', 0 of '12.000'. */
function decimalsOf(value: string): number {
  const [, decimals = ''] = value.split('.')
  return decimals.replace(/0+$/, '').length
}
