import type { PostalAddress } from '../../src/kernel/postal-address.ts'

/** An address line by line, its country in the language shown; what is not known is left out. */
export function postalLines(address: Readonly<Partial<PostalAddress>>, language: string): string[] {
  const { name, line1, line2, city, region, postalCode, country } = address
  const countries = new Intl.DisplayNames(language, { type: 'region', fallback: 'code' })
  return [
    name,
    line1,
    line2,
    [postalCode, city].filter(Boolean).join(' '),
    region,
    country ? countries.of(country) : null,
  ].filter((line): line is string => Boolean(line))
}

/** The same on one line. */
export function postalText(address: Readonly<Partial<PostalAddress>>, language: string): string {
  return postalLines(address, language).join(', ')
}
