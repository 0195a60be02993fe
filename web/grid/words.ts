import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { useMemo } from 'react'
import type { ColumnId } from './columns.ts'
import type { FaultWords } from './fill.ts'

export const columnWords: Readonly<Record<ColumnId, MessageDescriptor>> = {
  product: msg`Product`,
  description: msg`Description`,
  quantity: msg`Quantity`,
  unit: msg`Unit`,
  price: msg`Price`,
  discount: msg`Disc. %`,
  taxes: msg`Tax`,
  net: msg`Net`,
  now: msg`Now`,
  counted: msg`Counted`,
  change: msg`Change (±)`,
  after: msg`Stock after`,
  unitCost: msg`Unit cost`,
  reason: msg`Reason`,
  disposition: msg`Goes to`,
  replace: msg`Replace it`,
  lots: msg`Lots & serials`,
  available: msg`Available`,
}

/** The sentences for what cannot be taken as it was typed. */
export function useFaultWords(): FaultWords {
  const { t, i18n } = useLingui()
  return useMemo((): FaultWords => {
    return (fault, typed, line) => {
      switch (fault) {
        case 'not-a-number':
          return t`“${typed}” is not a number`
        case 'not-exact':
          return t`“${typed}” is not a whole part of the unit. Enter a quantity that divides evenly.`
        case 'unknown-unit': {
          const units = (line.product?.units ?? []).map(({ unit }) => unit).join(', ')
          return units === ''
            ? t`“${typed}” is not a number`
            : t`“${typed}” has no unit of this product: ${units}`
        }
        case 'negative':
          return t`Enter zero or more`
        case 'too-big':
          return t`At most 13 digits`
        case 'no-quantity':
          return t`Enter a quantity above zero`
        case 'above-hundred':
          return t`A discount is at most 100%`
        case 'no-product':
          return typed === '' ? t`Enter a product` : t`No product has the code ${typed}`
        case 'no-description':
          return t`Enter a product or a description`
        case 'no-price':
          return t`Enter a price: none is known for this line`
        case 'not-chosen':
          return t`Several products match “${typed}”. Choose one.`
        case 'waiting':
          return t`“${typed}” is still being looked up`
        case 'no-lots':
          return line.product?.tracking === 'serial'
            ? t`Name the serial numbers: ${typed} in all`
            : t`Name the lots: ${typed} in all`
        case 'lots-missing':
          return t`${typed} more are on the line than the lots or serial numbers make`
        case 'lots-over':
          return t`The lots or serial numbers make ${typed} more than the line says`
        case 'lot-twice':
          return t`${typed} stands here twice`
      }
    }
    // The language is part of what `t` says.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [i18n.locale])
}
