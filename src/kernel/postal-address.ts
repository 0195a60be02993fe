/** Where somebody is. */
export interface PostalAddress {
  /** Of whom or what is there; null: the party itself. */
  readonly name: string | null
  readonly line1: string | null
  readonly line2: string | null
  readonly city: string | null
  readonly region: string | null
  readonly postalCode: string | null
  readonly country: string | null
}

/** A postal address of a party. */
export interface Address extends PostalAddress {
  readonly type: 'billing' | 'shipping' | 'other'
  readonly default: boolean
}

/** The place alone, without what it is for. Null: nothing of it is filled in. */
export function postalAddress(from: Partial<PostalAddress> | null): PostalAddress | null {
  if (from === null) return null
  const { name, line1, line2, city, region, postalCode, country } = from
  const filled = (text: string | null | undefined): string | null => text?.trim() || null
  const address = {
    name: filled(name),
    line1: filled(line1),
    line2: filled(line2),
    city: filled(city),
    region: filled(region),
    postalCode: filled(postalCode),
    country: filled(country),
  }
  return Object.values(address).some((text) => text !== null) ? address : null
}

/**
 * The address that a party's documents of a purpose carry: its default of that type, else its first of
 * that type, else whatever default or first address there is. Null when there is none.
 */
export function addressFor(addresses: readonly Address[], type: 'billing' | 'shipping'): Address | null {
  const ofType = addresses.filter((address) => address.type === type)
  return (
    ofType.find((address) => address.default) ??
    ofType[0] ??
    addresses.find((address) => address.default) ??
    addresses[0] ??
    null
  )
}
