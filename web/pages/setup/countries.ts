/** ISO 3166 codes; their names come from the browser in the language shown. */
const codes =
  'AD AE AF AG AI AL AM AO AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GT GU GW GY HK HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW'.split(
    ' ',
  )

export interface Country {
  readonly value: string
  readonly label: string
}

/** All countries, named and sorted in a language. */
export function countriesIn(language: string): Country[] {
  const names = new Intl.DisplayNames(language, { type: 'region' })
  const { compare } = new Intl.Collator(language)
  return codes
    .map((value) => ({ value, label: names.of(value) ?? value }))
    .sort((one, other) => compare(one.label, other.label))
}

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
