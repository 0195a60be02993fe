import { decimal, sum, zero } from '../../src/kernel/decimal.ts'

/** An amount that somebody typed, with either decimal sign; null where it is none. */
export function understood(text: string): string | null {
  const plain = text.replaceAll(/[\s\u00A0]/g, '').replace(',', '.')
  return /^\d{1,13}(\.\d{1,6})?$/.test(plain) && Number(plain) > 0 ? plain : null
}

export function sumOf(amounts: readonly string[]): string {
  return sum(amounts.map((each) => decimal(each))).toFixed()
}

/** As it stands in a sum that it is taken off. */
export function less(amount: string): string {
  return zero.minus(decimal(amount)).toFixed()
}
