import { useLingui } from '@lingui/react/macro'
import { useMemo } from 'react'
import type { OneOf } from '../../api/index.ts'
import { postalText } from '../../ui/postal-address.ts'

type Address = OneOf<'warehouses'>['address']

/** What an address is on one line, and what lies at a location of a type. */
export function useWarehouseWords() {
  const { t, i18n } = useLingui()
  const { locale } = i18n
  return useMemo(() => {
    const types: Readonly<Partial<Record<OneOf<'locations'>['type'], string>>> = {
      stock: t`Goods to sell`,
      quarantine: t`Quarantine`,
    }
    return {
      types,
      address: (address: Address): string => postalText(address, locale),
    } as const
  }, [t, locale])
}
