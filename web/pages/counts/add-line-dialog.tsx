import { Trans, useLingui } from '@lingui/react/macro'
import { Alert, Button, Group, Modal, Stack, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { type OneOf, api, documentQuery, newKey, refreshData } from '../../api/index.ts'
import { usePhone } from '../../patterns/use-screen.ts'
import { DateField, DecimalInput, ProductPicker, isDecimal } from '../../ui/inputs/index.ts'
import { useReturnFocus } from '../../ui/use-return-focus.ts'
import { LocationPicker } from './location-picker.tsx'

interface Props {
  readonly count: OneOf<'stock-counts'>
  readonly onClose: () => void
}

/** Goods that lie where the books have none: they get a line of their own. */
export function AddLineDialog({ count, onClose }: Props) {
  const { t } = useLingui()
  const client = useQueryClient()
  const phone = usePhone()
  useReturnFocus()
  const [productId, setProductId] = useState<string | null>(null)
  const [locationId, setLocationId] = useState<string | null>(count.locationId)
  const [lotNumber, setLotNumber] = useState('')
  const [expiresOn, setExpiresOn] = useState('')
  const [counted, setCounted] = useState('')
  const [key, setKey] = useState(newKey)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const product = useQuery({ ...documentQuery('products', productId ?? ''), enabled: productId !== null })
  const tracking = product.data?.tracking ?? 'none'
  const serial = tracking === 'serial'
  const save = async (event: FormEvent) => {
    event.preventDefault()
    if (busy) return
    const quantity = serial && counted === '' ? '1' : counted
    if (productId === null) return setError(t`Choose the product`)
    if (tracking !== 'none' && lotNumber.trim() === '') return setError(t`Enter the lot or serial number`)
    if (!isDecimal(quantity) || quantity.startsWith('-'))
      return setError(t`Enter what lies there, zero or more`)
    const line = {
      productId,
      counted: quantity,
      ...(locationId !== null && { locationId }),
      ...(tracking !== 'none' && { lotNumber: lotNumber.trim() }),
      ...(expiresOn !== '' && { expiresOn }),
    }
    setBusy(true)
    setError(null)
    try {
      await api.post(`/stock-counts/${count.id}/entries`, { lines: [line] }, { key })
      await refreshData(client)
      onClose()
    } catch (failure) {
      setError((failure as Error).message)
      setKey(newKey())
      setBusy(false)
    }
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={<Trans>Something else lies there</Trans>}
      fullScreen={phone}
      closeButtonProps={{ 'aria-label': t`Close` }}
      closeOnClickOutside={false}
    >
      <form noValidate onSubmit={(event) => void save(event)}>
        <Stack gap="sm">
          {error !== null && (
            <Alert color="red" role="alert">
              {error}
            </Alert>
          )}
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
            <DecimalInput
              label={t`Counted`}
              unit={product.data?.unit}
              value={counted}
              onChange={setCounted}
            />
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              <Trans>Back</Trans>
            </Button>
            <Button type="submit" loading={busy}>
              <Trans>Add the line</Trans>
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
