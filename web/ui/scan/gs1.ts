/**
 * What stands in a GS1 code (GS1-128, GS1 DataMatrix, GS1 QR). The one place that reads element strings. The
 * libraries for it give quantities as floats and dates as moments of the machine's time zone; here both stay text.
 */
export interface Gs1 {
  /** 14 digits, check digit included; null where the code names no trade item. */
  readonly gtin: string | null
  readonly lot: string | null
  /** Last day it may be sold or used: `YYYY-MM-DD`. */
  readonly expiresOn: string | null
  readonly serial: string | null
  /** Pieces in the pack as digits; null: one. */
  readonly count: string | null
}

/** What separates elements of variable length: FNC1 as scanners send it. */
export const separator = '\x1d'

/** Elements whose length is fixed by the first two digits of their identifier (GS1 General Specifications, 7.8.5). */
const fixedLengths: Readonly<Record<string, number>> = {
  '00': 20,
  '01': 16,
  '02': 16,
  '03': 16,
  '04': 18,
  '11': 8,
  '12': 8,
  '13': 8,
  '14': 8,
  '15': 8,
  '16': 8,
  '17': 8,
  '18': 8,
  '19': 8,
  '20': 4,
  '31': 10,
  '32': 10,
  '33': 10,
  '34': 10,
  '35': 10,
  '36': 10,
  '41': 16,
}
/** Symbology names that some scanners send before the data: GS1-128, GS1 DataMatrix, GS1 QR, GS1 DataBar. */
const symbologies = /^\](?:C1|d2|Q3|e0)/

/**
 * Reads a scanned text as GS1 elements; null when it is something else, such as a plain EAN or a location code.
 * Brackets as printed under a code, `(01)…(10)…`, are taken too.
 * @param today decides the century of a date of two digits (GS1: 49 years ahead, 50 back).
 */
export function parseGs1(text: string, today: string): Gs1 | null {
  const marked = symbologies.test(text)
  const bare = text.replace(symbologies, '')
  const elements = bare.startsWith('(')
    ? bracketed(bare)
    : elementsOf(bare, marked || bare.includes(separator))
  if (elements === null) return null
  const gtin = elements.get('01') ?? elements.get('02') ?? null
  if (gtin !== null && !isGtin(gtin)) return null
  const date = elements.get('17')
  const expiresOn = date === undefined ? null : dateOf(date, today)
  if (date !== undefined && expiresOn === null) return null
  const count = elements.get('30') ?? elements.get('37') ?? null
  if (count !== null && !/^\d{1,8}$/.test(count)) return null
  return {
    gtin,
    lot: elements.get('10') ?? null,
    expiresOn,
    serial: elements.get('21') ?? null,
    count: count === null ? null : count.replace(/^0+(?=\d)/, ''),
  }
}

/** The codes under which a trade item may be known: its 14 digits, and the shorter ones that they stand for. */
export function codesOfGtin(gtin: string): string[] {
  const shorter = [13, 12, 8].filter((length) => /^0+$/.test(gtin.slice(0, 14 - length)))
  return [gtin, ...shorter.map((length) => gtin.slice(14 - length))]
}

/** Whether the last of 8, 12, 13 or 14 digits is right for the others. */
export function isGtin(digits: string): boolean {
  if (!/^(?:\d{8}|\d{12,14})$/.test(digits)) return false
  const total = Array.from(digits.padStart(14, '0')).reduce(
    (sum, digit, i) => sum + Number(digit) * (i % 2 === 0 ? 3 : 1),
    0,
  )
  return total % 10 === 0
}

/** @param sure the scanner said that it is GS1; without that it must begin with a trade item, or an EAN would be read. */
function elementsOf(text: string, sure: boolean): Map<string, string> | null {
  if (!sure && !(text.startsWith('01') && text.length > 16)) return null
  const elements = new Map<string, string>()
  let rest = text
  while (rest !== '') {
    if (rest.startsWith(separator)) {
      rest = rest.slice(1)
      continue
    }
    const name = identifierOf(rest)
    if (name === null) return null
    const fixed = fixedLengths[rest.slice(0, 2)]
    const end = fixed ?? (rest.includes(separator) ? rest.indexOf(separator) : rest.length)
    const value = rest.slice(name.length, end)
    if (rest.length < end || value === '' || value.includes(separator)) return null
    elements.set(name, value)
    rest = rest.slice(end)
  }
  return elements.size === 0 ? null : elements
}

/** The application identifier at the beginning: 2 digits, 3 where GS1 has 3 (2xx, 4xx), 4 for measures and 7xxx, 8xxx. */
function identifierOf(text: string): string | null {
  const two = /^\d\d/.exec(text)?.[0]
  if (two === undefined) return null
  const length = /^(?:3[1-6]|39|43|7|8)/.test(two) ? 4 : /^(?:23|24|25|4[0-2])/.test(two) ? 3 : 2
  const name = text.slice(0, length)
  return /^\d+$/.test(name) && name.length === length ? name : null
}

function bracketed(text: string): Map<string, string> | null {
  const found = [...text.matchAll(/\((\d{2,4})\)([^(]+)/g)]
  if (found.map(([whole]) => whole).join('') !== text) return null
  return new Map(found.map(([, name, value]) => [name!, value!]))
}

/** `YYMMDD`; day 00 is the last day of the month. */
function dateOf(digits: string, today: string): string | null {
  const [, yy, mm, dd] = /^(\d\d)(\d\d)(\d\d)$/.exec(digits) ?? []
  if (yy === undefined) return null
  const year = fullYear(Number(yy), Number(today.slice(0, 4)))
  const month = Number(mm)
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate()
  const day = dd === '00' ? last : Number(dd)
  if (month < 1 || month > 12 || day > last) return null
  return `${year}-${mm}-${String(day).padStart(2, '0')}`
}

function fullYear(yy: number, present: number): number {
  const century = present - (present % 100)
  const ahead = yy - (present % 100)
  return century + yy + (ahead >= 51 ? -100 : ahead <= -50 ? 100 : 0)
}
