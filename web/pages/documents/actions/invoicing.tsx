import { useLingui } from '@lingui/react/macro'
import { SegmentedControl, Stack, TextInput } from '@mantine/core'
import { useMemo, useState } from 'react'
import { decimal, max, zero } from '../../../../src/kernel/decimal.ts'
import { type InvoiceKind, kinds } from '../../../../src/kinds.ts'
import type { OneOf } from '../../../api/index.ts'
import { ActionDialog, type QuantityRow, QuantityTable, useQuantities } from '../../../patterns/index.ts'
import { usePermissions } from '../../../session/index.ts'
import { DateField, DecimalInput, isDate, isDecimal } from '../../../ui/inputs/index.ts'
import { pathOfKind } from '../../../ui/kinds.ts'
import { figure } from '../../../ui/lots/index.ts'
import { ProductName } from '../document/parts.tsx'
import type { DialogProps } from './dialog.tsx'
import { More } from './shipping.tsx'

type OrderLine = OneOf<'sales-orders'>['lines'][number]

interface Props extends DialogProps {
  readonly makes: InvoiceKind
}

/** Invoice, enter a bill, credit: all that is due or a part, or a down payment of an order. */
export function InvoicingDialog({ kind, document, name, makes, onClose }: Props) {
  const { t } = useLingui()
  const { mayDo } = usePermissions()
  const credit = makes === 'credit-note' || makes === 'vendor-credit'
  const family = kind === 'payment' || kind === 'stock-reservation' ? null : kinds[kind].family
  // A bill that differs from order or receipt needs a decision first, so it begins as a draft where it does.
  const rows = useMemo(
    () => rowsOf(family, makes, document),
    // The rows of the dialog stay those that it was opened with.
    // eslint-disable-next-line react/exhaustive-deps
    [document.id],
  )
  const quantities = useQuantities(rows)
  const [mode, setMode] = useState<'lines' | 'advance'>('lines')
  const [percent, setPercent] = useState('20')
  const [date, setDate] = useState('')
  const [reference, setReference] = useState('')
  const [reason, setReason] = useState('')
  const [asDraft, setAsDraft] = useState(!mayDo(makes, 'post'))
  const post = !asDraft && mayDo(makes, 'post')
  const currency = (document as unknown as { readonly currency?: string }).currency
  const corrects = credit && family === 'invoice'
  const body = {
    ...(post && { post: true }),
    ...(date !== '' && { date }),
    ...(reference.trim() !== '' && { reference: reference.trim() }),
    ...(credit && reason.trim() !== '' && { reason: reason.trim() }),
    ...(mode === 'advance'
      ? { downPayment: { percent } }
      : rows.length === 0
        ? {}
        : {
            lines: quantities.used.map((row) => {
              const { quantity, amount } = quantities.inputOf(row)
              return figure(amount).gt('0')
                ? { sourceLineId: row.id, amount }
                : { sourceLineId: row.id, quantity }
            }),
          }),
  }
  const missing = ((): string | null => {
    if (mode === 'advance') {
      return isDecimal(percent) && decimal(percent).gt('0')
        ? null
        : t`Enter how many per cent are paid in advance`
    }
    if (quantities.unreadable !== null) return t`${quantities.unreadable.name}: this is not a quantity`
    if (rows.length > 0 && quantities.used.length === 0) return t`Enter how much of at least one line`
    if (date !== '' && !isDate(date)) return t`Enter the date as day, month, year`
    return null
  })()
  const texts = useTexts(makes, document.number ?? '', post)
  return (
    <ActionDialog
      title={texts.title}
      call={{ resource: pathOfKind(kind), id: document.id, name, body }}
      incomplete={missing}
      verb={texts.verb}
      answers={makes}
      wide
      done={() => (post ? texts.done : t`Draft made:`)}
      onClose={onClose}
      lineName={(at) => quantities.used[at]?.name}
    >
      {(faults) => (
        <Stack gap="md">
          {kind === 'sales-order' && (
            <SegmentedControl
              aria-label={t`What is invoiced`}
              value={mode}
              onChange={(value) => setMode(value as 'lines' | 'advance')}
              data={[
                { value: 'lines', label: t`What is due` },
                { value: 'advance', label: t`A down payment` },
              ]}
              style={{ alignSelf: 'flex-start' }}
            />
          )}
          {mode === 'advance' ? (
            <DecimalInput
              label={t`Down payment`}
              unit="%"
              value={percent}
              onChange={setPercent}
              w={160}
              data-autofocus
            />
          ) : (
            rows.length > 0 && (
              <QuantityTable
                rows={rows}
                quantities={quantities}
                tracked={new Map()}
                faults={faults}
                fields={{
                  of: corrects ? t`Before` : family === 'order' ? t`Ordered` : t`Quantity`,
                  done: credit ? t`Credited` : makes === 'bill' ? t`Billed` : t`Invoiced`,
                  now: credit ? t`Credit` : makes === 'bill' ? t`Bill` : texts.now,
                  ...(corrects && { after: t`After` }),
                  ...(corrects && currency !== undefined && { amount: currency }),
                }}
              />
            )
          )}
          {credit && (
            <TextInput
              label={t`Reason`}
              value={reason}
              maxLength={500}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
          )}
          {(makes === 'bill' || makes === 'vendor-credit') && (
            <TextInput
              label={t`Vendor's document number`}
              value={reference}
              maxLength={200}
              onChange={(event) => setReference(event.currentTarget.value)}
            />
          )}
          {mayDo(makes, 'post') && (
            <SegmentedControl
              aria-label={t`Draft or final`}
              size="xs"
              value={asDraft ? 'draft' : 'post'}
              onChange={(value) => setAsDraft(value === 'draft')}
              data={[
                { value: 'post', label: texts.verb },
                { value: 'draft', label: t`Make a draft only` },
              ]}
              style={{ alignSelf: 'flex-start' }}
            />
          )}
          <More>
            <DateField label={t`Date`} description={t`Left empty: today`} value={date} onChange={setDate} />
            {makes !== 'bill' && makes !== 'vendor-credit' && (
              <TextInput
                label={t`Reference`}
                value={reference}
                maxLength={200}
                onChange={(event) => setReference(event.currentTarget.value)}
              />
            )}
          </More>
        </Stack>
      )}
    </ActionDialog>
  )
}

function rowsOf(
  family: 'order' | 'shipment' | 'invoice' | null,
  makes: InvoiceKind,
  document: DialogProps['document'],
): readonly QuantityRow[] {
  const credit = makes === 'credit-note' || makes === 'vendor-credit'
  switch (family) {
    case 'order':
      return rowsOfOrder((document as unknown as OneOf<'sales-orders'>).lines, makes === 'bill')
    case 'shipment': {
      // Of a return the credit follows from what came back; there is nothing to choose.
      if (credit) return []
      return (document as unknown as OneOf<'delivery-notes'>).lines.flatMap((line) => {
        const left = max(
          decimal(line.quantity).minus(decimal(line.returned)).minus(decimal(line.invoiced)),
          zero,
        ).toFixed()
        return left === '0' ? [] : [{ ...shared(line), done: line.invoiced, left, start: left }]
      })
    }
    case 'invoice':
      return (document as unknown as OneOf<'invoices'>).lines
        .filter((line) => decimal(line.creditable).gt('0') || decimal(line.creditableAmount).gt('0'))
        .map((line) => ({
          ...shared(line),
          done: line.credited,
          left: line.creditable,
          // Of some only an amount is left.
          start: decimal(line.creditable).gt('0') ? line.creditable : '',
        }))
    case null:
      return []
  }
}

/**
 * What is due. Once goods have come, a bill is for those that stayed and are not billed, as the API proposes it; more
 * can be billed, and is then matched.
 */
function rowsOfOrder(lines: readonly OrderLine[], bill: boolean): readonly QuantityRow[] {
  const came = bill && lines.some((line) => decimal(line.received ?? '0').gt('0'))
  return lines
    .filter((line) => decimal(line.toInvoice).gt('0'))
    .map((line) => {
      const stayed = decimal(line.received ?? '0').minus(max(decimal(line.rejected), decimal(line.returned)))
      const unbilled = max(stayed.minus(decimal(line.invoicedNet)), zero)
      const due = came && line.stocked ? unbilled.toFixed() : line.toInvoice
      return {
        ...shared(line),
        done: line.invoicedNet,
        left: due,
        start: due,
        most: max(decimal(due), decimal(line.toInvoice)).toFixed(),
      }
    })
}

function shared(line: {
  readonly id: string
  readonly productId: string | null
  readonly sku: string | null
  readonly description: string
  readonly unit: string
  readonly quantity: string
}) {
  return {
    id: line.id,
    productId: line.productId,
    product: <ProductName line={line} />,
    name: line.sku ?? line.description,
    unit: line.unit,
    of: line.quantity,
  }
}

function useTexts(makes: InvoiceKind, number: string, post: boolean) {
  const { t } = useLingui()
  const draft = t`Make a draft`
  switch (makes) {
    case 'invoice':
      return {
        title: t`Invoice ${number}`,
        verb: post ? t`Issue invoice` : draft,
        done: t`Invoice issued:`,
        now: t({ message: 'Invoice', context: 'verb' }),
      }
    case 'bill':
      return {
        title: t`Bill for ${number}`,
        verb: post ? t`Book bill` : draft,
        done: t`Bill booked:`,
        now: t`Bill`,
      }
    case 'credit-note':
      return {
        title: t`Credit ${number}`,
        verb: post ? t`Issue credit note` : draft,
        done: t`Credit note issued:`,
        now: t({ message: 'Credit', context: 'verb' }),
      }
    case 'vendor-credit':
      return {
        title: t`Credit for ${number}`,
        verb: post ? t`Book credit` : draft,
        done: t`Credit booked:`,
        now: t({ message: 'Credit', context: 'verb' }),
      }
  }
}
