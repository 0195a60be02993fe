import type { Context } from '../kernel/context.ts'
import { type Decimal, zero } from '../kernel/decimal.ts'
import { sql, statement } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'
import type { Content } from './print-model.ts'
import type { Language, Word } from './words.ts'

interface Rate {
  readonly rate: Decimal
  readonly category: string
}

const selectReasons = statement(
  'select_printing_tax_reasons',
  { id: 'uuid', reason: 'text' },
  (p: { companyId: string; ids: readonly string[] }) => sql`
    select id, coalesce(exemption_reason, '') as reason from taxes
    where company_id = ${p.companyId} and id = any(${p.ids}::uuid[]) and exemption_reason is not null`,
)

interface TaxSum extends Rate {
  readonly id: string
  readonly name: string
  readonly net: Decimal
  readonly tax: Decimal
}

/** By tax why its rate is zero (EN 16931: BT-120), as it is said today: documents keep rates and no reasons. */
export type Reasons = ReadonlyMap<string, string>

export async function findReasons(
  tx: Transaction,
  ctx: Context,
  taxes: readonly { readonly id: string; readonly rate: Decimal }[],
): Promise<Reasons> {
  const ids = taxes.filter(({ rate }) => rate.eq(zero)).map(({ id }) => id)
  if (ids.length === 0) return new Map()
  const rows = await tx.all(selectReasons, { companyId: ctx.company.id, ids })
  return new Map(rows.map(({ id, reason }) => [id, reason]))
}

/** Zero, exempt, not subject and reverse charge are four different texts. */
export function rateText({ rate, category }: Rate, language: Language): string {
  if (category === 'E') return language.word('exempt')
  if (category === 'O') return language.word('notSubject')
  if (category === 'AE') return language.word('reverseCharge')
  return `${language.quantity(rate)}%`
}

/** Net and tax of every rate, and why one is zero; null for a document without taxes. */
export function taxTable(
  taxes: readonly TaxSum[],
  reasons: Reasons,
  language: Language,
  digits: number,
  head: readonly [Word, Word] = ['totalNet', 'totalTax'],
): Content['taxes'] {
  if (taxes.length === 0) return null
  const amount = (value: Decimal): string => language.amount(value, digits)
  return {
    head: (['taxRate', ...head] as const).map((word) => language.word(word)),
    rows: taxes.map((tax) => [nameOf(tax, language), amount(tax.net), amount(tax.tax)]),
    reasons: taxes.flatMap((tax) => {
      const reason = reasonOf(tax, reasons, language)
      return reason === null ? [] : [`${nameOf(tax, language)}: ${reason}`]
    }),
  }
}

function nameOf(tax: TaxSum, language: Language): string {
  const rate = rateText(tax, language)
  // 'VAT 23 %' says its rate already.
  const says = tax.name.replaceAll(/\s/g, '').includes(rate) || tax.name.includes(tax.rate.toFixed())
  return says ? tax.name : `${tax.name} ${rate}`
}

/** The law asks for the very words where the buyer accounts for the tax (Directive 2006/112/EC, article 226). */
function reasonOf(tax: TaxSum, reasons: Reasons, language: Language): string | null {
  const reason = reasons.get(tax.id) ?? null
  if (tax.category !== 'AE') return reason
  const words = language.word('reverseChargeInFull')
  if (reason === null) return words
  return reason.toLowerCase().includes(words.toLowerCase()) ? reason : `${words}. ${reason}`
}
