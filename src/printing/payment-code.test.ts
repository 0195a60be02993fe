import { describe, expect, it } from 'vitest'
import { decimal } from '../kernel/decimal.ts'
import { codeOf, european, paymentCode, polish } from './payment-code.ts'

const house = {
  name: 'Zielona Łąka sp. z o.o. | Łódź',
  taxNumber: 'PL 526-104-08-28',
  country: 'PL',
  address: {},
  bank: null,
  account: 'PL61109010140000071219812874',
  bic: 'WBKPPLPP',
  register: null,
  note: null,
  paper: null,
  amountInWords: null,
  logo: null,
}
const pay = (amount: string, currency: string) => ({
  house,
  currency,
  amount: decimal(amount),
  title: 'FS-2026-0001',
})

describe('the code of a payment', () => {
  it('is in euro that of the European Payments Council', () => {
    expect(european(pay('1234.5', 'EUR'))?.split('\n')).toEqual([
      'BCD',
      '002',
      '1',
      'SCT',
      'WBKPPLPP',
      house.name,
      house.account,
      'EUR1234.50',
      '',
      '',
      'FS-2026-0001',
    ])
  })

  it('is in złoty that of the Polish banks: grosze in six digits, no bar within a field', () => {
    expect(polish(pay('72.05', 'PLN'))).toBe(
      '5261040828|PL|61109010140000071219812874|007205|Zielona Łąka sp. z o|FS-2026-0001|||',
    )
    expect(polish(pay('9999.99', 'PLN'))).toContain('|999999|')
  })

  it('is left out where the standard does not reach', () => {
    expect(paymentCode(pay('10000', 'PLN'))).toBeNull()
    expect(paymentCode(pay('10', 'USD'))).toBeNull()
    const german = { ...house, account: 'DE89370400440532013000' }
    expect(paymentCode({ ...pay('10', 'PLN'), house: german })).toBeNull()
    expect(paymentCode({ ...pay('10', 'EUR'), house: { ...house, account: null } })).toBeNull()
    expect(paymentCode(pay('10', 'EUR'))).not.toBeNull()
  })

  it('is drawn as runs of dark squares, the corner of a QR code first', () => {
    const rows = codeOf('x')
    // A border of two squares, then the seven dark ones of the corner.
    expect(rows.slice(0, 2)).toEqual([[], []])
    expect(rows[2]![0]).toEqual([2, 7])
    for (const [start, length] of rows.flat()) expect(start + length).toBeLessThanOrEqual(rows.length - 2)
  })
})
