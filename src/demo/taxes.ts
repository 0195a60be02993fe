import type { InnerApi } from './inner-api.ts'

const taxes = {
  gst10: { name: 'GST 10 %', rate: '10', category: 'S' },
  gst9: { name: 'GST 9 %', rate: '9', category: 'S' },
  vat19: { name: 'VAT 19 %', rate: '19', category: 'S' },
  vat20: { name: 'VAT 20 %', rate: '20', category: 'S' },
  vat23: { name: 'VAT 23 %', rate: '23', category: 'S' },
  reverse: {
    name: 'Reverse charge',
    rate: '0',
    category: 'AE',
    exemptionReason: 'Reverse charge: the customer accounts for the tax.',
  },
  export: {
    name: 'Export',
    rate: '0',
    category: 'G',
    exemptionReason: 'Export of goods: no tax is charged.',
  },
} as const

export type TaxKey = keyof typeof taxes
export type Taxes = Readonly<Record<TaxKey, string>>

/** Taxes of the countries that Crimson sells to. Answers their ids. */
export async function makeTaxes(api: InnerApi): Promise<Taxes> {
  const made = new Map<string, string>()
  for (const [key, tax] of Object.entries(taxes)) made.set(key, (await api.post('/taxes', tax)).id)
  return Object.fromEntries(made) as Taxes
}
