import type { Decimal } from '../kernel/decimal.ts'
import type { Content } from './print-model.ts'
import type { Language, Word } from './words.ts'

interface Rate {
  readonly rate: Decimal
  readonly category: string
}

/** Zero, exempt, not subject and reverse charge are four different texts. */
export function rateText({ rate, category }: Rate, language: Language): string {
  if (category === 'E') return language.word('exempt')
  if (category === 'O') return language.word('notSubject')
  if (category === 'AE') return language.word('reverseCharge')
  return `${language.quantity(rate)}%`
}

/** Net, tax and gross of every rate; null for a document without taxes. */
export function taxTable(
  taxes: readonly (Rate & { readonly name: string; readonly net: Decimal; readonly tax: Decimal })[],
  language: Language,
  digits: number,
  head: readonly [Word, Word] = ['totalNet', 'totalTax'],
): Content['taxes'] {
  if (taxes.length === 0) return null
  const amount = (value: Decimal): string => language.amount(value, digits)
  return {
    head: (['taxRate', ...head] as const).map((word) => language.word(word)),
    rows: taxes.map((tax) => {
      const rate = rateText(tax, language)
      // 'VAT 23 %' says its rate already.
      const says = tax.name.replaceAll(/\s/g, '').includes(rate) || tax.name.includes(tax.rate.toFixed())
      return [says ? tax.name : `${tax.name} ${rate}`, amount(tax.net), amount(tax.tax)]
    }),
  }
}
