import { isCalendarDate } from '../../kernel/dates.ts'
import type { DateOrder, DecimalSign } from './format.ts'

/** A space of any width, or an apostrophe: what parts thousands besides point and comma. */
const thin = "[ \\u00a0\\u2007\\u2009\\u202f'\\u2019]"
const numbers: Record<DecimalSign, RegExp> = {
  ',': new RegExp(`^[-+\\u2212]?(?:\\d+|\\d{1,3}(?:\\.\\d{3})+|\\d{1,3}(?:${thin}\\d{3})+)(?:,\\d*)?$`),
  '.': new RegExp(`^[-+\\u2212]?(?:\\d+|\\d{1,3}(?:,\\d{3})+|\\d{1,3}(?:${thin}\\d{3})+)(?:\\.\\d*)?$`),
}

/**
 * The decimal that a cell says, as plain text ('1000.75'); null when it says none. Nothing is guessed: what is not
 * wholly a number of this form is no number.
 */
export function readNumber(cell: string, sign: DecimalSign): string | null {
  const text = cell.trim()
  if (!numbers[sign].test(text)) return null
  const [whole = '', decimals = ''] = text.split(sign)
  const digits = whole.replace(/\D/g, '').replace(/^0+(?=\d)/, '')
  const negative = /^[-\u2212]/.test(text) && /[1-9]/.test(digits + decimals)
  return `${negative ? '-' : ''}${digits}${decimals === '' ? '' : `.${decimals}`}`
}

/** True when the cell is a number in this form and in no other. */
export function speaksFor(cell: string, sign: DecimalSign): boolean {
  const other = sign === ',' ? '.' : ','
  return cell.includes(sign) && readNumber(cell, sign) !== null && readNumber(cell, other) === null
}

/** The calendar date that a cell says, YYYY-MM-DD; null when it says none. A time of midnight may follow. */
export function readDate(cell: string, order: DateOrder): string | null {
  const text = cell.trim().replace(/[ T]00:00(:00(\.0+)?)?Z?$/, '')
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(text)
  if (iso) return dated(iso[1]!, iso[2]!, iso[3]!)
  const parts = /^(\d{1,4})[./\- ](\d{1,2})[./\- ](\d{1,4})$/.exec(text)
  if (!parts) return null
  const [, a, b, c] = parts as unknown as [string, string, string, string]
  if (order === 'YMD') return a.length === 4 ? dated(a, b, c) : null
  if (c.length !== 4) return null
  return order === 'DMY' ? dated(c, b, a) : dated(c, a, b)
}

function dated(year: string, month: string, day: string): string | null {
  if (month.length > 2 || day.length > 2) return null
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isCalendarDate(date) ? date : null
}

const yes = new Set(['true', 'yes', 'y', '1', 'x', 'tak', 't', 'on'])
const no = new Set(['false', 'no', 'n', '0', '', 'nie', 'off'])

/** Null when the cell says neither yes nor no. */
export function readBoolean(cell: string): boolean | null {
  const text = cell.trim().toLowerCase()
  return yes.has(text) ? true : no.has(text) ? false : null
}
