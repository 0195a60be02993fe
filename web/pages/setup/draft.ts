import type { Me } from '../../api/index.ts'
import { currencyOf, ratesOf } from './countries.ts'

/** What is typed in the first steps. */
export interface Draft {
  readonly name: string
  readonly country: string | null
  readonly taxNumber: string
  readonly line1: string
  readonly postalCode: string
  readonly city: string
  readonly currency: string
  readonly pricesIncludeTax: boolean
  /** Per cent. */
  readonly rates: readonly string[]
  readonly warehouseName: string
  readonly warehouseCode: string
}

export interface FieldsProps {
  readonly draft: Draft
  readonly change: (changes: Partial<Draft>) => void
  /** By name of the field. */
  readonly faults: Readonly<Record<string, string>>
}

/** What the browser lets guess, on top of what the company says already. */
export function firstDraft({ company }: Me): Draft {
  const country = company.country ?? regionOfBrowser()
  return {
    name: company.name,
    country,
    taxNumber: '',
    line1: '',
    postalCode: '',
    city: '',
    currency: currencyOf(country) ?? company.currency,
    pricesIncludeTax: company.pricesIncludeTax,
    rates: ratesOf(country),
    warehouseName: '',
    warehouseCode: 'MAIN',
  }
}

function regionOfBrowser(): string | null {
  return new Intl.Locale(navigator.language).region ?? null
}
