import { useLingui } from '@lingui/react/macro'
import { useMemo } from 'react'
import type { OneOf } from '../../api/index.ts'

type Address = OneOf<'warehouses'>['address']

/** What an address is on one line, and what lies at a location of a type. */
export function useWarehouseWords() {
  const { t, i18n } = useLingui()
  const { locale } = i18n
  return useMemo(() => {
    const countries = new Intl.DisplayNames(locale, { type: 'region', fallback: 'code' })
    const types: Readonly<Partial<Record<OneOf<'locations'>['type'], string>>> = {
      stock: t`Goods to sell`,
      quarantine: t`Quarantine`,
    }
    return {
      types,
      address: (address: Address): string =>
        [
          address.name,
          address.line1,
          address.line2,
          [address.postalCode, address.city].filter(Boolean).join(' '),
          address.region,
          address.country === undefined ? '' : (countries.of(address.country) ?? address.country),
        ]
          .filter(Boolean)
          .join(', '),
    } as const
  }, [t, locale])
}
