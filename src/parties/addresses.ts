/** A postal address of a party. */
export interface Address {
  readonly type: 'billing' | 'shipping' | 'other'
  readonly name: string | null
  readonly line1: string | null
  readonly line2: string | null
  readonly city: string | null
  readonly region: string | null
  readonly postalCode: string | null
  readonly country: string | null
  readonly default: boolean
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
