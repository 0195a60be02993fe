import { Trans, useLingui } from '@lingui/react/macro'
import { TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type OneOf, documentQuery } from '../../api/index.ts'
import { DateField, DecimalInput, ProductPicker, isDecimal } from '../../ui/inputs/index.ts'
import { CountDialog } from './count-dialog.tsx'
import { LocationPicker } from './location-picker.tsx'

interface Props {
  readonly count: OneOf<'stock-counts'>
  readonly onClose: () => void
}

/** Goods that lie where the books have none: they get a line of their own. */
export function AddLineDialog({ count, onClose }: Props) {
  const { t } = useLingui()
  const [productId, setProductId] = useState<string | null>(null)
  const [locationId, setLocationId] = useState<string | null>(count.locationId)
  const [lotNumber, setLotNumber] = useState('')
  const [expiresOn, setExpiresOn] = useState('')
  const [counted, setCounted] = useState('')
  const product = useQuery({ ...documentQuery('products', productId ?? ''), enabled: productId !== null })
  const tracking = product.data?.tracking ?? 'none'
  const serial = tracking === 'serial'
  const quantity = serial && counted === '' ? '1' : counted
  const missing = (): string | null => {
    if (productId === null) return t`Choose the product`
    if (tracking !== 'none' && lotNumber.trim() === '') return t`Enter the lot or serial number`
    return isDecimal(quantity) && !quantity.startsWith('-') ? null : t`Enter what lies there, zero or more`
  }
  const line = {
    productId,
    counted: quantity,
    ...(locationId !== null && { locationId }),
    ...(tracking !== 'none' && { lotNumber: lotNumber.trim() }),
    ...(expiresOn !== '' && { expiresOn }),
  }
  return (
    <CountDialog
      title={<Trans>Something else lies there</Trans>}
      verb={<Trans>Add the line</Trans>}
      path={`/stock-counts/${count.id}/entries`}
      body={{ lines: [line] }}
      missing={missing()}
      onClose={onClose}
    >
      <ProductPicker label={t`Product`} value={productId} onChange={setProductId} data-autofocus />
      <LocationPicker
        warehouseId={count.warehouseId}
        label={t`Location (optional)`}
        description={t`Left empty: the usual one of the warehouse`}
        value={locationId}
        onChange={setLocationId}
      />
      {tracking !== 'none' && (
        <TextInput
          label={serial ? t`Serial number` : t`Lot`}
          value={lotNumber}
          maxLength={100}
          onChange={(event) => setLotNumber(event.currentTarget.value)}
        />
      )}
      {tracking === 'lot' && (
        <DateField label={t`Good until (optional)`} value={expiresOn} onChange={setExpiresOn} />
      )}
      {!serial && (
        <DecimalInput label={t`Counted`} unit={product.data?.unit} value={counted} onChange={setCounted} />
      )}
    </CountDialog>
  )
}
