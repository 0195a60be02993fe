import { encode } from 'uqr'
import { type Decimal, decimal, hundred } from '../kernel/decimal.ts'
import type { House } from './house.ts'

/** Runs of dark squares, row by row: [start, length]. */
export type Code = (readonly [number, number])[][]

interface ToPay {
  readonly house: House
  readonly currency: string
  readonly amount: Decimal
  readonly title: string
}

/**
 * The code that fills in a transfer of the open amount: for euro that of the European Payments Council
 * (EPC069-12), for złoty to a Polish account that of the Polish banks' association. Null for other
 * currencies, without an account, and where the standard does not reach.
 */
export function paymentCode(toPay: ToPay): Code | null {
  const text = toPay.currency === 'EUR' ? european(toPay) : toPay.currency === 'PLN' ? polish(toPay) : null
  return text === null ? null : codeOf(text)
}

export function codeOf(text: string): Code {
  const { data } = encode(text, { ecc: 'M', border: 2 })
  return data.map((row) => {
    const runs: (readonly [number, number])[] = []
    for (let x = 0; x < row.length; x++) {
      if (!row[x]) continue
      const start = x
      while (row[x + 1]) x++
      runs.push([start, x - start + 1])
    }
    return runs
  })
}

const largestEuro = decimal('999999999.99')

/** @see EPC069-12, version 2: BIC and information may be empty. */
export function european({ house, amount, title }: ToPay): string | null {
  if (house.account === null || !/^[A-Z]{2}\d{2}/.test(house.account) || amount.gt(largestEuro)) return null
  return [
    'BCD',
    '002',
    '1',
    'SCT',
    house.bic ?? '',
    house.name.slice(0, 70),
    house.account,
    `EUR${amount.toFixed(2)}`,
    '',
    '',
    title.slice(0, 140),
  ].join('\n')
}

const largestZloty = decimal('9999.99')

/** `NIP|PL|account, 26 digits|grosze, 6 digits|name|title|||`; the amount has no room above 9,999.99. */
export function polish({ house, amount, title }: ToPay): string | null {
  const account = house.account?.replace(/^PL/, '') ?? ''
  if (!/^\d{26}$/.test(account) || amount.gt(largestZloty)) return null
  const taxNumber = house.taxNumber?.replaceAll(/\D/g, '') ?? ''
  const clean = (text: string, most: number): string => text.replaceAll('|', ' ').slice(0, most)
  return [
    taxNumber,
    'PL',
    account,
    amount.times(hundred).toFixed(0).padStart(6, '0'),
    clean(house.name, 20),
    clean(title, 32),
    '',
    '',
    '',
  ].join('|')
}
