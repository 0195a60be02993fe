import { useLingui } from '@lingui/react/macro'
import { Group, NativeSelect, SimpleGrid, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { decimal } from '../../../../src/kernel/decimal.ts'
import type { OneOf } from '../../../api/index.ts'
import { ActionDialog } from '../../../patterns/index.ts'
import { useToday } from '../../../session/index.ts'
import { useFormat } from '../../../ui/format.ts'
import { DateField, DecimalInput, isDate, isDecimal } from '../../../ui/inputs/index.ts'
import { pathOfKind } from '../../../ui/kinds.ts'
import type { DialogProps } from './dialog.tsx'
import { actionWords, methodWords } from './words.ts'

/** Records a payment of an invoice or bill, or a refund of a credit or of what is left of a payment. */
export function PayDialog({ kind, document, name, onClose }: DialogProps) {
  const { t, i18n } = useLingui()
  const format = useFormat()
  const today = useToday()
  const open =
    kind === 'payment'
      ? (document as unknown as OneOf<'payments'>).unallocatedAmount
      : (document as unknown as OneOf<'invoices'>).openAmount
  const own = (document as unknown as { readonly currency: string }).currency
  const [amount, setAmount] = useState(open)
  const [currency, setCurrency] = useState(own)
  const [method, setMethod] = useState('bank')
  const [date, setDate] = useState(today)
  const [reference, setReference] = useState('')
  const all = amount === '' || (isDecimal(amount) && decimal(amount).eq(decimal(open)))
  const body = {
    // All that is open: in another currency, or in cash to the coin, the server says how much that is.
    ...(!all && { amount }),
    ...(currency.trim().toUpperCase() !== own && { currency: currency.trim().toUpperCase() }),
    date,
    method,
    ...(reference.trim() !== '' && { reference: reference.trim() }),
  }
  const missing = ((): string | null => {
    if (amount !== '' && !isDecimal(amount)) return t`Enter the amount as a figure`
    if (!isDate(date)) return t`Enter the date as day, month, year`
    if (!/^[A-Za-z]{3}$/.test(currency.trim())) return t`Enter the currency in three letters`
    return null
  })()
  const label = i18n._(actionWords(kind, name))
  const openText = format.money(open, own, 'currency')
  return (
    <ActionDialog
      title={`${label}: ${document.number ?? ''}`}
      call={{ resource: pathOfKind(kind), id: document.id, name, body }}
      incomplete={missing}
      verb={label}
      answers="payment"
      done={() => t`Payment booked:`}
      onClose={onClose}
    >
      {(faults) => (
        <Stack gap="sm">
          <Group align="start" wrap="nowrap">
            <DecimalInput
              label={t`Amount`}
              description={t`Open: ${openText}`}
              value={amount}
              onChange={setAmount}
              error={faults.find((fault) => fault.pointer === '/amount')?.message}
              data-autofocus
              flex={1}
            />
            <TextInput
              label={t`Currency`}
              value={currency}
              maxLength={3}
              onChange={(event) => {
                setCurrency(event.currentTarget.value)
                // What is open is worth another amount there.
                if (all) setAmount('')
              }}
              w={90}
            />
          </Group>
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
            <NativeSelect
              label={t`Method`}
              value={method}
              onChange={(event) => setMethod(event.currentTarget.value)}
              data={Object.entries(methodWords).map(([value, word]) => ({ value, label: i18n._(word) }))}
            />
            <DateField label={t`Date`} value={date} onChange={setDate} />
          </SimpleGrid>
          <TextInput
            label={t`Reference`}
            value={reference}
            maxLength={200}
            onChange={(event) => setReference(event.currentTarget.value)}
          />
        </Stack>
      )}
    </ActionDialog>
  )
}
