import type { Decimal } from '../kernel/decimal.ts'
import type { PrintLanguage } from './words.ts'

/**
 * An amount in words, its fraction as a fraction of the main unit: `twelve 34/100 PLN`. The currency stays its
 * code, which needs no grammar. Null where the language has no numerals here, or the amount is beyond them.
 */
export function amountInWords(
  amount: Decimal,
  currency: string,
  digits: number,
  language: PrintLanguage,
): string | null {
  const spell = language === 'en' ? english : language === 'pl' ? polish : null
  const [whole = '0', fraction = ''] = amount.abs().toFixed(digits).split('.')
  if (spell === null || whole.length > 12) return null
  const minus = amount.lt('0') ? 'minus ' : ''
  const rest = digits === 0 ? '' : ` ${fraction}/1${'0'.repeat(digits)}`
  return `${minus}${spell(Number(whole))}${rest} ${currency}`
}

const enSmall =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  )
const enTens = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ')
const enScales = ['', ' thousand', ' million', ' billion']

function english(value: number): string {
  if (value === 0) return enSmall[0]!
  const groups = groupsOf(value)
  // 'and' stands before the last group where that has no hundreds: one thousand and five.
  return groups
    .map(({ part, scale }, index) => {
      const joined = index > 0 && scale === 0 && part < 100 ? 'and ' : ''
      return joined + englishBelowThousand(part) + enScales[scale]!
    })
    .join(' ')
}

function englishBelowThousand(value: number): string {
  const [hundreds, rest] = [Math.floor(value / 100), value % 100]
  const small =
    rest < 20
      ? enSmall[rest]!
      : enTens[Math.floor(rest / 10) - 2]! + (rest % 10 === 0 ? '' : `-${enSmall[rest % 10]!}`)
  if (hundreds === 0) return small
  return `${enSmall[hundreds]!} hundred${rest === 0 ? '' : ` and ${small}`}`
}

const plSmall =
  'zero jeden dwa trzy cztery pięć sześć siedem osiem dziewięć dziesięć jedenaście dwanaście trzynaście czternaście piętnaście szesnaście siedemnaście osiemnaście dziewiętnaście'.split(
    ' ',
  )
const plTens =
  'dwadzieścia trzydzieści czterdzieści pięćdziesiąt sześćdziesiąt siedemdziesiąt osiemdziesiąt dziewięćdziesiąt'.split(
    ' ',
  )
const plHundreds = 'sto dwieście trzysta czterysta pięćset sześćset siedemset osiemset dziewięćset'.split(' ')
/** One, two to four (but not twelve to fourteen), all others. */
const plScales = [
  null,
  ['tysiąc', 'tysiące', 'tysięcy'],
  ['milion', 'miliony', 'milionów'],
  ['miliard', 'miliardy', 'miliardów'],
] as const

function polish(value: number): string {
  if (value === 0) return plSmall[0]!
  return groupsOf(value)
    .map(({ part, scale }) => {
      const forms = plScales[scale]
      if (!forms) return polishBelowThousand(part)
      // 'tysiąc', not 'jeden tysiąc'.
      if (part === 1) return forms[0]
      const few = part % 10 >= 2 && part % 10 <= 4 && Math.floor((part % 100) / 10) !== 1
      return `${polishBelowThousand(part)} ${few ? forms[1] : forms[2]}`
    })
    .join(' ')
}

function polishBelowThousand(value: number): string {
  const [hundreds, rest] = [Math.floor(value / 100), value % 100]
  const words = hundreds === 0 ? [] : [plHundreds[hundreds - 1]!]
  if (rest >= 20) {
    words.push(plTens[Math.floor(rest / 10) - 2]!)
    if (rest % 10 > 0) words.push(plSmall[rest % 10]!)
  } else if (rest > 0) words.push(plSmall[rest]!)
  return words.join(' ')
}

/** In groups of three digits, the highest first; empty ones left out. */
function groupsOf(value: number): { part: number; scale: number }[] {
  const groups: { part: number; scale: number }[] = []
  for (let [left, scale] = [value, 0]; left > 0; left = Math.floor(left / 1000), scale++)
    if (left % 1000 > 0) groups.unshift({ part: left % 1000, scale })
  return groups
}
