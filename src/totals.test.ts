import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Decimal, decimal, sum, zero } from './kernel/decimal.ts'
import { partOf, roundMoney } from './kernel/money.ts'
import { type Totals, type TotalsInput, type TotalsLine, computeTotals } from './totals.ts'

const tax = (rate: string, id = `tax-${rate}`) => ({
  id,
  name: `Tax ${rate} %`,
  rate: decimal(rate),
  category: 'S',
})
type Tax = ReturnType<typeof tax>

function line(
  quantity: string,
  unitPrice: string,
  taxes: readonly Tax[] = [],
  discountPercent = '0',
): TotalsLine {
  return {
    quantity: decimal(quantity),
    unitPrice: decimal(unitPrice),
    discountPercent: decimal(discountPercent),
    taxes,
  }
}

const settings = { minorDigits: 2, pricesIncludeTax: false, taxRounding: 'document' } as const
type Settings = Partial<Omit<TotalsInput, 'lines'>>

/** Net + tax = gross, in the decimals of the currency. */
function figures({ net, tax: vat, gross }: Totals, digits = 2): string {
  return `${net.toFixed(digits)} + ${vat.toFixed(digits)} = ${gross.toFixed(digits)}`
}

function totals(lines: readonly TotalsLine[], more: Settings = {}): string {
  return figures(computeTotals({ ...settings, ...more, lines }), more.minorDigits)
}

const perLine = { taxRounding: 'line' } as const
const inclusive = { pricesIncludeTax: true } as const

describe('S14 Tax per line or per document: both right, never mixed', () => {
  it('(a) 55.55 and 11.11 at 23 %', () => {
    const lines = [line('1', '55.55', [tax('23')]), line('1', '11.11', [tax('23')])]
    expect(totals(lines, perLine)).toBe('66.66 + 15.34 = 82.00')
    expect(totals(lines)).toBe('66.66 + 15.33 = 81.99')
    const each = computeTotals({ ...settings, ...perLine, lines }).lines.map((l) => l.tax.toFixed())
    expect(each).toEqual(['12.78', '2.56'])
  })

  it('(b) 36.00 at 5.5 % in one line and in ten', () => {
    const one = [line('10', '3.60', [tax('5.5')])]
    expect(totals(one, perLine)).toBe('36.00 + 1.98 = 37.98')
    expect(totals(one)).toBe('36.00 + 1.98 = 37.98')
    const ten = Array.from({ length: 10 }, () => line('1', '3.60', [tax('5.5')]))
    expect(totals(ten, perLine)).toBe('36.00 + 2.00 = 38.00')
    expect(totals(ten)).toBe('36.00 + 1.98 = 37.98')
  })

  it('(c) lines that take something off', () => {
    const lines = ['598.89', '329.84', '-59.89', '-32.98'].map((price) => line('1', price, [tax('8.5')]))
    expect(totals(lines)).toBe('835.86 + 71.05 = 906.91')
    expect(totals(lines, perLine)).toBe('835.86 + 71.06 = 906.92')
    const each = computeTotals({ ...settings, ...perLine, lines }).lines.map((l) => l.tax.toFixed(2))
    expect(each).toEqual(['50.91', '28.04', '-5.09', '-2.80'])
  })

  it('(d) one line is the same in both', () => {
    const lines = [line('16', '348.35', [tax('22')], '4')]
    expect(totals(lines)).toBe('5350.66 + 1177.15 = 6527.81')
    expect(totals(lines, perLine)).toBe('5350.66 + 1177.15 = 6527.81')
  })

  it('(e) two taxes on the same base, each rounded', () => {
    const lines = [line('1', '140.00', [tax('5'), tax('9.975')])]
    for (const mode of [{}, perLine]) {
      expect(totals(lines, mode)).toBe('140.00 + 20.97 = 160.97')
      const { taxes } = computeTotals({ ...settings, ...mode, lines })
      expect(taxes.map((t) => [t.rate.toFixed(), t.net.toFixed(), t.tax.toFixed(2)])).toEqual([
        ['5', '140', '7.00'],
        ['9.975', '140', '13.97'],
      ])
    }
  })

  it('rounds a tax once over all its lines, whatever other taxes these carry', () => {
    const lines = [line('1', '0.10', [tax('5')]), line('1', '0.10', [tax('5'), tax('1')])]
    expect(totals(lines)).toBe('0.20 + 0.01 = 0.21')
    expect(totals(lines, perLine)).toBe('0.20 + 0.02 = 0.22')
  })
})

describe('S15 With tax-inclusive prices the customer’s total never moves', () => {
  it('(a) 52.50 at 12 %', () => {
    const lines = [line('1', '52.50', [tax('12')])]
    expect(totals(lines, inclusive)).toBe('46.87 + 5.63 = 52.50')
    expect(totals(lines, { ...inclusive, ...perLine })).toBe('46.87 + 5.63 = 52.50')
  })

  it('(b) three lines of 1.10 at 5 %', () => {
    const lines = [1, 2, 3].map(() => line('1', '1.10', [tax('5')]))
    expect(totals(lines, inclusive)).toBe('3.14 + 0.16 = 3.30')
    expect(totals(lines, { ...inclusive, ...perLine })).toBe('3.15 + 0.15 = 3.30')
  })

  it('(c) 340.00 and 13.90 at 19 %', () => {
    const lines = ['340.00', '13.90'].map((price) => line('1', price, [tax('19')]))
    expect(totals(lines, inclusive)).toBe('297.39 + 56.51 = 353.90')
  })

  it('(d) 90.00 and 55.00 at 5 %', () => {
    const lines = ['90.00', '55.00'].map((price) => line('1', price, [tax('5')]))
    expect(totals(lines, inclusive)).toBe('138.10 + 6.90 = 145.00')
  })

  it('two taxes inside one price are both on the price without any (R4)', () => {
    const lines = [line('1', '121.00', [tax('10'), tax('11')])]
    expect(totals(lines, inclusive)).toBe('100.00 + 21.00 = 121.00')
    const found = computeTotals({ ...settings, ...inclusive, lines })
    expect(found.taxes.map((each) => each.tax.toFixed(2)).toSorted()).toEqual(['10.00', '11.00'])
  })
})

describe('S16 A credit note for a discounted line mirrors the invoice, also in parts', () => {
  it('rounds the line and not the discounted unit price', () => {
    expect(totals([line('10', '82.50', [tax('20')], '15')])).toBe('701.25 + 140.25 = 841.50')
  })

  it('credits 3 and then the other 7, the last part with the remainder of line and tax', () => {
    const whole = computeTotals({ ...settings, lines: [line('10', '82.50', [tax('20')], '15')] })
    const invoiced = { quantity: decimal('10'), amount: whole.lines[0]!.amount }
    const first = partOf(invoiced, { quantity: zero, amount: zero }, decimal('3'), 2)
    const part = { ...line('3', '82.50', [tax('20')], '15'), fixedAmount: first }
    expect(totals([part])).toBe('210.38 + 42.08 = 252.46')

    const rest = partOf(invoiced, { quantity: decimal('3'), amount: first }, decimal('7'), 2)
    const last = { ...line('7', '82.50', [tax('20')], '15'), fixedAmount: rest }
    const fixedTaxes = new Map([[tax('20').id, whole.tax.minus('42.08')]])
    expect(totals([last], { fixedTaxes })).toBe('490.87 + 98.17 = 589.04')
  })

  it('2.25 x 64.22, and with 100 % discount nothing, never -0.01', () => {
    expect(totals([line('2.25', '64.22')])).toBe('144.50 + 0.00 = 144.50')
    expect(totals([line('2.25', '64.22', [tax('20')], '100')])).toBe('0.00 + 0.00 = 0.00')
  })
})

describe('S17 Yen and other money without decimals', () => {
  const yen = { minorDigits: 0 }

  it('(a) 1,127 at 10 %', () => {
    expect(totals([line('1', '1127', [tax('10')])], yen)).toBe('1127 + 113 = 1240')
  })

  it('(b) three lines of 333 at 8 %, both tax modes', () => {
    const lines = [1, 2, 3].map(() => line('1', '333', [tax('8')]))
    expect(totals(lines, yen)).toBe('999 + 80 = 1079')
    expect(totals(lines, { ...yen, ...perLine })).toBe('999 + 81 = 1080')
  })

  it('(d) USD 24.99 at 10.75 %', () => {
    expect(totals([line('1', '24.99', [tax('10.75')])])).toBe('24.99 + 2.69 = 27.68')
  })

  it('keeps three decimals of a dinar', () => {
    expect(totals([line('3', '1.3335', [tax('5')])], { minorDigits: 3 })).toBe('4.001 + 0.200 = 4.201')
  })
})

describe('a document discount (R5)', () => {
  it('goes over the lines by their share, the cent to the biggest', () => {
    const lines = [line('1', '10.00'), line('1', '10.00'), line('1', '10.00')]
    const { discount, lines: after } = computeTotals({ ...settings, discountAmount: decimal('10.00'), lines })
    expect(discount.toFixed(2)).toBe('10.00')
    expect(after.map((l) => l.amount.toFixed(2))).toEqual(['6.66', '6.67', '6.67'])
  })

  it('is the same in per cent and as the amount that this comes to', () => {
    const lines = [
      line('1', '33.33', [tax('23')]),
      line('3', '0.33', [tax('8')]),
      line('7', '1.11', [tax('23')]),
    ]
    const percent = computeTotals({ ...settings, discountPercent: decimal('7.5'), lines })
    const amount = computeTotals({ ...settings, discountAmount: percent.discount, lines })
    expect(figures(percent)).toBe(figures(amount))
  })

  it('leaves alone what is a part of an earlier document, which has it inside', () => {
    const lines = [line('1', '100.00'), { ...line('1', '50.00'), fixedAmount: decimal('45.00') }]
    expect(totals(lines, { discountPercent: decimal('10') })).toBe('135.00 + 0.00 = 135.00')
  })

  it('does not run wild where lines nearly cancel each other out', () => {
    const lines = [line('1', '100.00', [tax('23')]), line('1', '-99.95', [tax('23')])]
    const plain = computeTotals({ ...settings, lines })
    expect(plain.lines.map((l) => l.tax.toFixed(2))).toEqual(['23.00', '-22.99'])
    expect(figures(plain)).toBe('0.05 + 0.01 = 0.06')
    const { lines: after, discount } = computeTotals({ ...settings, discountPercent: decimal('10'), lines })
    expect(discount.toFixed(2)).toBe('0.01')
    expect(after.map((l) => l.amount.toFixed(2))).toEqual(['89.99', '-89.95'])
  })
})

describe('whatever is entered', () => {
  const text = (min: number, max: number, digits: number) =>
    fc
      .integer({ min: min * 10 ** digits, max: max * 10 ** digits })
      .map((n) => decimal(n).div(decimal(10 ** digits)))
  const pool = [tax('0'), tax('5'), tax('5', 'other-5'), tax('8.5'), tax('9.975'), tax('20'), tax('23')]
  const lines = fc.array(
    fc.record({
      quantity: text(0, 1000, 3),
      unitPrice: text(-100, 10_000, 4),
      discountPercent: fc.oneof(fc.constant(zero), text(0, 100, 2)),
      taxes: fc.uniqueArray(fc.constantFrom(...pool), { maxLength: 3 }),
    }),
    { minLength: 1, maxLength: 12 },
  )
  const document = fc.record({
    minorDigits: fc.constantFrom(0, 2, 3),
    pricesIncludeTax: fc.boolean(),
    taxRounding: fc.constantFrom('document' as const, 'line' as const),
    lines,
  })
  const discounts = fc.oneof(
    fc.record({ discountPercent: text(0, 100, 2) }),
    fc.record({ discountAmount: fc.integer({ min: 0, max: 100_000 }).map((n) => decimal(n)) }),
    fc.constant({}),
  )
  const amounts = (result: Totals): Decimal => sum(result.lines.map((l) => l.amount))

  it('net + tax = gross, of the document, of its lines and of its taxes, in the currency’s decimals', () => {
    fc.assert(
      fc.property(document, discounts, (input, discount) => {
        const result = computeTotals({ ...input, ...discount })
        expect(result.net.plus(result.tax).eq(result.gross)).toBe(true)
        expect(sum(result.lines.map((l) => l.net)).eq(result.net)).toBe(true)
        expect(sum(result.lines.map((l) => l.tax)).eq(result.tax)).toBe(true)
        expect(sum(result.taxes.map((t) => t.tax)).eq(result.tax)).toBe(true)
        const all = [result.gross, result.discount, ...result.lines.flatMap((l) => [l.amount, l.net, l.tax])]
        for (const amount of all) expect(amount.eq(roundMoney(amount, input.minorDigits))).toBe(true)
      }),
    )
  })

  it('a gross that was entered with tax inside never moves', () => {
    fc.assert(
      fc.property(document, (input) => {
        const bare = computeTotals({ ...input, lines: input.lines.map((l) => ({ ...l, taxes: [] })) })
        const taxed = computeTotals({ ...input, pricesIncludeTax: true })
        expect(taxed.gross.eq(bare.gross)).toBe(true)
        expect(taxed.lines.map((l) => l.net.plus(l.tax).toFixed())).toEqual(
          taxed.lines.map((l) => l.amount.toFixed()),
        )
      }),
    )
  })

  it('a document discount in either form never loses a cent, and takes the same off', () => {
    fc.assert(
      fc.property(document, discounts, (input, discount) => {
        const before = computeTotals(input)
        const after = computeTotals({ ...input, ...discount })
        expect(amounts(after).plus(after.discount).eq(amounts(before))).toBe(true)
        const again = computeTotals({ ...input, discountAmount: after.discount })
        expect(amounts(again).eq(amounts(after))).toBe(true)
      }),
    )
  })

  it('tax per document is the rounded tax of the sum, at most half a unit off for every tax', () => {
    fc.assert(
      fc.property(document, (input) => {
        const result = computeTotals({ ...input, pricesIncludeTax: false, taxRounding: 'document' })
        for (const t of result.taxes) {
          const exact = t.net.times(t.rate).div('100')
          expect(t.tax.eq(roundMoney(exact, input.minorDigits))).toBe(true)
        }
      }),
    )
  })

  it('credits in parts add up to the invoice, line by line', () => {
    const cut = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(
        text(0, 10_000, 4),
        text(0, 100, 2),
        cut,
        fc.constantFrom(0, 2, 3),
        (price, off, parts, minorDigits) => {
          const quantity = sum(parts.map((p) => decimal(p)))
          const invoiced = {
            ...line('1', '0', [tax('20')]),
            quantity,
            unitPrice: price,
            discountPercent: off,
          }
          const whole = computeTotals({ ...settings, minorDigits, lines: [invoiced] })
          let done = { quantity: zero, amount: zero, tax: zero }
          for (const [i, part] of parts.entries()) {
            const amount = partOf({ quantity, amount: whole.net }, done, decimal(part), minorDigits)
            const ends = i === parts.length - 1
            const credit = computeTotals({
              ...settings,
              minorDigits,
              lines: [{ ...invoiced, quantity: decimal(part), fixedAmount: amount }],
              ...(ends && { fixedTaxes: new Map([[tax('20').id, whole.tax.minus(done.tax)]]) }),
            })
            done = {
              quantity: done.quantity.plus(decimal(part)),
              amount: done.amount.plus(credit.net),
              tax: done.tax.plus(credit.tax),
            }
          }
          expect([done.amount.toFixed(), done.tax.toFixed()]).toEqual([
            whole.net.toFixed(),
            whole.tax.toFixed(),
          ])
        },
      ),
    )
  })
})
