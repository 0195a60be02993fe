import type { Language } from '../../i18n/index.ts'

export interface ReadDecimal {
  /** Plain: `-1234.5`. */
  readonly value: string
  /** One sign with three digits behind it: it could be read in two ways, so say how it was. */
  readonly ambiguous: boolean
}

const spaces = /[\s\u00a0\u2009\u202f'’_]/g

/**
 * Reads a figure as people type and paste it: `1234,5`, `1 234,50`, `1.234,50`, `1,234.50`, `−3`. With both
 * signs the last one is the decimal sign; one that stands several times groups. One comma with three digits
 * behind it groups in English and is the decimal sign in Polish; one point is the decimal sign in both.
 * @returns null when it is no figure, or has groups that are none (`12,34,5`).
 */
export function readDecimal(text: string, language: Language): ReadDecimal | null {
  const dense = text.replace(spaces, '').replace(/^[−–]/, '-')
  const found = /^([+-]?)([\d.,]+)$/.exec(dense)
  if (found === null || !/\d/.test(dense)) return null
  const [, sign = '', digits = ''] = found
  const read = split(digits, language)
  if (read === null) return null
  const whole = read.whole.replace(/^0+(?=\d)/, '') || '0'
  const plain = whole + (read.decimals === '' ? '' : `.${read.decimals}`)
  const negative = sign === '-' && /[1-9]/.test(plain)
  return { value: (negative ? '-' : '') + plain, ambiguous: read.ambiguous }
}

interface Parts {
  readonly whole: string
  readonly decimals: string
  readonly ambiguous: boolean
}

function split(digits: string, language: Language): Parts | null {
  const commas = digits.split(',').length - 1
  const points = digits.split('.').length - 1
  if (commas === 0 && points === 0) return { whole: digits, decimals: '', ambiguous: false }
  if (commas > 0 && points > 0) {
    const decimalSign = digits.lastIndexOf(',') > digits.lastIndexOf('.') ? ',' : '.'
    return withSigns(digits, decimalSign, decimalSign === ',' ? '.' : ',', false)
  }
  const sign = commas > 0 ? ',' : '.'
  if (commas + points > 1) return withSigns(digits, null, sign, false)
  const [before = '', behind = ''] = digits.split(sign)
  const couldGroup = /^[1-9]\d{0,2}$/.test(before) && behind.length === 3
  if (!couldGroup) return withSigns(digits, sign, null, false)
  return sign === ',' && language === 'en'
    ? withSigns(digits, null, sign, true)
    : withSigns(digits, sign, null, true)
}

function withSigns(
  digits: string,
  decimalSign: string | null,
  groupSign: string | null,
  ambiguous: boolean,
): Parts | null {
  const [grouped = '', decimals = '', ...more] = decimalSign === null ? [digits] : digits.split(decimalSign)
  if (more.length > 0 || /[.,]/.test(decimals)) return null
  if (groupSign === null) return /^\d*$/.test(grouped) ? { whole: grouped, decimals, ambiguous } : null
  const groups = grouped.split(groupSign)
  const whole = groups.every((group, index) => (index === 0 ? /^\d{1,3}$/ : /^\d{3}$/).test(group))
  return whole ? { whole: groups.join(''), decimals, ambiguous } : null
}

/** Whether the API takes it as a decimal; what a DecimalInput could not read is not. */
export function isDecimal(value: string): boolean {
  return /^-?\d{1,13}(?:\.\d{1,6})?$/.test(value)
}

/** How many decimals stand behind the point, without zeros at the end. */
export function decimalsOf(value: string): number {
  return (value.split('.')[1] ?? '').replace(/0+$/, '').length
}

/** As it is typed in this language, without groups: `1234,5`. */
export function typed(value: string, language: Language): string {
  const plain = value.includes('.') ? value.replace(/0+$/, '').replace(/\.$/, '') : value
  return language === 'pl' ? plain.replace('.', ',') : plain
}
