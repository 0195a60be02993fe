const euro = 'AT BE BG CY DE EE ES FI FR GR HR IE IT LT LU LV MT NL PT SI SK'.split(' ')
const currencies: Readonly<Record<string, string>> = {
  AU: 'AUD',
  BR: 'BRL',
  CA: 'CAD',
  CH: 'CHF',
  CN: 'CNY',
  CZ: 'CZK',
  DK: 'DKK',
  GB: 'GBP',
  HU: 'HUF',
  IN: 'INR',
  JP: 'JPY',
  KR: 'KRW',
  KW: 'KWD',
  MX: 'MXN',
  NO: 'NOK',
  NZ: 'NZD',
  PL: 'PLN',
  RO: 'RON',
  SE: 'SEK',
  SG: 'SGD',
  TR: 'TRY',
  UA: 'UAH',
  US: 'USD',
  ZA: 'ZAR',
}

/** The currency that a company of this country most likely keeps its books in; null where we do not know. */
export function currencyOf(country: string | null): string | null {
  if (country === null) return null
  return euro.includes(country) ? 'EUR' : (currencies[country] ?? null)
}

/** VAT or GST rates in per cent, the usual one first; checked in 2026 and only a proposal. */
const rates: Readonly<Record<string, readonly string[]>> = {
  AT: ['20', '13', '10', '0'],
  AU: ['10', '0'],
  BE: ['21', '12', '6', '0'],
  CH: ['8.1', '3.8', '2.6', '0'],
  CZ: ['21', '12', '0'],
  DE: ['19', '7', '0'],
  DK: ['25', '0'],
  ES: ['21', '10', '4', '0'],
  FR: ['20', '10', '5.5', '0'],
  GB: ['20', '5', '0'],
  HU: ['27', '18', '5', '0'],
  IE: ['23', '13.5', '9', '0'],
  IT: ['22', '10', '5', '4', '0'],
  LT: ['21', '12', '5', '0'],
  NL: ['21', '9', '0'],
  NO: ['25', '15', '12', '0'],
  NZ: ['15', '0'],
  PL: ['23', '8', '5', '0'],
  PT: ['23', '13', '6', '0'],
  SE: ['25', '12', '6', '0'],
  SK: ['23', '19', '5', '0'],
}

export function ratesOf(country: string | null): readonly string[] {
  return country === null ? [] : (rates[country] ?? [])
}
