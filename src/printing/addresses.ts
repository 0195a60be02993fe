import type { PostalAddress } from '../kernel/postal-address.ts'
import type { Party } from '../parties/index.ts'
import type { Block } from './print-model.ts'
import type { Language } from './words.ts'

/** Every address that is printed: of companies, parties, warehouses. */
export interface PrintedAddress {
  readonly name?: string | null
  readonly line1?: string | null
  readonly line2?: string | null
  readonly city?: string | null
  readonly region?: string | null
  readonly postalCode?: string | null
  readonly country?: string | null
}

/**
 * The lines of a postal address. The country stands only where it is another than the reader's own.
 * @param home country of the company; null: unknown, every country is named.
 */
export function addressLines(
  address: PrintedAddress | null | undefined,
  language: Language,
  home: string | null,
): string[] {
  if (!address) return []
  const { line1, line2, city, region, postalCode, country } = address
  return [
    line1,
    line2,
    [postalCode, city].filter(Boolean).join(' '),
    region,
    country && country !== home ? language.country(country) : null,
  ].filter((line): line is string => Boolean(line))
}

/**
 * Where goods go: what the document says, else, of one from before it was kept, the customer's own.
 * @returns null when neither is known
 */
export function deliveryBlock(
  written: PostalAddress | null,
  customer: Party | null,
  name: string,
  language: Language,
  home: string | null,
): Block | null {
  const address = written ?? customer?.shippingAddress ?? null
  if (address === null) return null
  return {
    heading: language.word('shipTo'),
    name: address.name ?? name,
    lines: addressLines(address, language, home),
  }
}

interface PrintedParty {
  readonly name: string
  readonly taxNumber: string | null
  readonly email: string | null
  readonly address: unknown
}

export function partyBlock(
  party: PrintedParty,
  heading: string,
  language: Language,
  home: string | null,
): Block {
  return {
    heading,
    name: party.name,
    lines: [
      ...addressLines(party.address as PrintedAddress | null, language, home),
      ...(party.taxNumber ? [`${language.word('taxNumber')} ${party.taxNumber}`] : []),
    ],
  }
}
