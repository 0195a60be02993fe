import { t } from '@lingui/core/macro'
import { limitWords } from '../ui/limits.ts'

type Words = (first: string, second: string) => string

/** What the server's check of a field says (`src/http/field-messages.ts`), and how a person is told. */
const known: readonly (readonly [RegExp, Words])[] = [
  [/^(?:is required|must not be empty|must not be an empty list)$/, () => t`Enter something here`],
  [
    /^must be a (?:decimal|rate) of zero or more .*up to (\d+) digits and (\d+) decimals/,
    (digits, decimals) =>
      t`Enter a number of zero or more, with at most ${digits} digits and ${decimals} decimals`,
  ],
  [
    /^must be a decimal .*up to (\d+) digits and (\d+) decimals/,
    (digits, decimals) => t`Enter a number with at most ${digits} digits and ${decimals} decimals`,
  ],
  [
    /^must be per cent .*up to (\d+) decimals/,
    (decimals) => t`Enter per cent of zero or more, with at most ${decimals} decimals`,
  ],
  [/^must be a whole number(?:, or null)?$/, () => t`Enter a whole number`],
  [/^must be (-?[\d.]+) or more$/, (limit) => t`Enter ${limit} or more`],
  [/^must be (-?[\d.]+) or less$/, (limit) => t`Enter ${limit} or less`],
  [/^must be more than (-?[\d.]+)$/, (limit) => t`Enter more than ${limit}`],
  [/^must be less than (-?[\d.]+)$/, (limit) => t`Enter less than ${limit}`],
  [
    /^must have at most (\d+) characters \(it has (\d+)\)$/,
    (most, has) => t`At most ${most} characters fit in here, these are ${has}`,
  ],
  [/^must have at least (\d+) characters$/, (least) => t`Enter at least ${least} characters`],
  [/^must be a currency code/, () => t`Enter the currency in three capital letters, such as USD`],
  [/^must be a country code/, () => t`Enter the country in two capital letters, such as PL`],
  [/^must be an e-mail address/, () => t`Enter an e-mail address, such as ann@example.com`],
  [/^must be a calendar date/, () => t`Enter a date of the years 1000 to 9999`],
  [/^must be one line of text/, () => t`Line breaks and control characters are not possible here`],
  // The server names the company's time, the field is in the reader's.
  [/^This moment is past: /, () => t`This moment is past. Choose a later one.`],
  [/^must be a text without control characters$/, () => t`Control characters are not possible here`],
]

/** The words of a fault for the person at the form; what is not known here, nor a limit, is said as it came. */
export function faultWords(message: string): string {
  for (const [pattern, words] of known) {
    const found = pattern.exec(message)
    if (found !== null) return words(found[1] ?? '', found[2] ?? '')
  }
  return limitWords(message)
}
