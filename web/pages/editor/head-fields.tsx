import { Trans, useLingui } from '@lingui/react/macro'
import { InputBase, NativeSelect, Text, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type Control, Controller } from 'react-hook-form'
import type { PostalAddress } from '../../../src/kernel/postal-address.ts'
import { type OneOf, listQuery } from '../../api/index.ts'
import { useLoadedWhenCalm } from '../../page/index.ts'
import { DateField, DecimalInput, PartyPicker, TickBox, WarehousePicker } from '../../ui/inputs/index.ts'
import type { AddressFieldProps } from './address-field.tsx'
import classes from './editor.module.css'
import type { EditorKind, HeadField } from './editor-kind.ts'
import type { Head } from './form.ts'
import { labelOf } from './words.ts'

interface Props {
  readonly editor: EditorKind
  readonly isNew: boolean
  readonly control: Control<Head>
  readonly party: OneOf<'parties'> | null
  /** Where a value comes from: '30 days, from the customer'. */
  readonly hints: Readonly<Partial<Record<HeadField, string>>>
  readonly onParty: (id: string | null) => void
  /** A field was left: what is wrong with it is told now. */
  readonly onLeave: (field: HeadField) => void
  /** A field on which prices depend was changed. */
  readonly onPricing: () => void
}

/** The fields of the head, those that belong to the foot left out. */
export function HeadFields({ editor, ...props }: Props) {
  const shown = editor.fields.filter((field) => !footFields.includes(field))
  return (
    <div className={classes.head}>
      {shown.map((field) => (
        <HeadInput key={field} field={field} editor={editor} {...props} />
      ))}
    </div>
  )
}

/** Below the lines. */
const footFields: readonly HeadField[] = ['notes', 'discountPercent', 'discountAmount', 'pricesIncludeTax']

export function FootFields({ editor, ...props }: Props) {
  const shown = editor.fields.filter((field) => footFields.includes(field))
  return (
    <div className={classes.foot}>
      {shown.map((field) => (
        <HeadInput key={field} field={field} editor={editor} {...props} />
      ))}
    </div>
  )
}

const optional: readonly HeadField[] = [
  'saleDate',
  'expectedDate',
  'deliveryAddress',
  'reference',
  'carrier',
  'tracking',
  'notes',
  'discountPercent',
  'discountAmount',
  'dueDate',
  'reserveUntil',
]

function HeadInput({
  field,
  editor,
  isNew,
  control,
  party,
  hints,
  onParty,
  onLeave,
  onPricing,
}: Props & { readonly field: HeadField }) {
  const { i18n, t } = useLingui()
  const text = i18n._(labelOf(editor, field))
  const fixed = !isNew && editor.fixedInDraft.includes(field)
  const label = optional.includes(field) ? (
    <>
      {text}{' '}
      <Text span size="sm" c="dimmed" fw={400}>
        <Trans>(optional)</Trans>
      </Text>
    </>
  ) : (
    text
  )
  return (
    <Controller
      control={control}
      name={field}
      render={({ field: { value, onChange, onBlur, ref }, fieldState }) => {
        const common = {
          label,
          name: field,
          onBlur: () => {
            onBlur()
            onLeave(field)
          },
          ref,
          error: fieldState.error?.message,
          description: hints[field],
          inputWrapperOrder: ['label', 'input', 'description', 'error'] as (
            | 'label'
            | 'input'
            | 'description'
            | 'error'
          )[],
          disabled: fixed,
        }
        switch (field) {
          case 'partyId':
            return (
              <PartyPicker
                {...common}
                {...(editor.party !== null && { role: editor.party })}
                value={value as string | null}
                initialLabel={party?.name}
                onChange={(id) => onParty(id)}
              />
            )
          case 'warehouseId':
          case 'toWarehouseId':
            return (
              <WarehousePicker
                {...common}
                value={value as string | null}
                onChange={(id) => {
                  onChange(id)
                  onPricing()
                }}
              />
            )
          case 'date':
          case 'saleDate':
          case 'dueDate':
          case 'expectedDate':
            return (
              <DateField
                {...common}
                value={value as string}
                onChange={(date) => {
                  onChange(date)
                  if (field === 'date') onPricing()
                }}
              />
            )
          case 'reserveUntil':
            return <TextInput {...common} type="datetime-local" value={value as string} onChange={onChange} />
          case 'paymentTermDays':
            return (
              <TextInput
                {...common}
                inputMode="numeric"
                rightSection={<Text size="sm">{t`days`}</Text>}
                rightSectionWidth="4rem"
                rightSectionPointerEvents="none"
                value={value as string}
                onChange={onChange}
              />
            )
          case 'deliveryAddress':
            return (
              <DeliveryAddress
                label={label}
                name={field}
                error={fieldState.error?.message}
                value={value as PostalAddress | null}
                onChange={onChange}
                onBlur={common.onBlur}
                party={party}
              />
            )
          case 'currency':
            return (
              <CurrencySelect
                {...common}
                value={value as string}
                onChange={(code) => {
                  onChange(code)
                  onPricing()
                }}
              />
            )
          case 'viaTransit':
          case 'takeReservations':
          case 'pricesIncludeTax':
            return (
              <TickBox
                className={classes.check}
                label={text}
                name={field}
                disabled={fixed}
                checked={value as boolean}
                onChange={(event) => {
                  onChange(event.currentTarget.checked)
                  if (field === 'pricesIncludeTax') onPricing()
                }}
              />
            )
          case 'discountPercent':
          case 'discountAmount':
            return (
              <DecimalInput
                {...common}
                value={value as string}
                onChange={onChange}
                {...(field === 'discountPercent' && { unit: '%' })}
              />
            )
          case 'notes':
            return (
              <InputBase
                {...common}
                component="textarea"
                multiline
                rows={3}
                classNames={{ root: classes.notesField, input: classes.notes }}
                maxLength={5000}
                value={value as string}
                onChange={onChange}
              />
            )
          case 'reference':
          case 'carrier':
          case 'tracking':
          case 'reason':
            return <TextInput {...common} maxLength={200} value={value as string} onChange={onChange} />
        }
      }}
    />
  )
}

const loadAddress = () => import('./address-field.tsx')

/** Its place is kept until it is there: it is no part of what the form loads at first. */
function DeliveryAddress(props: AddressFieldProps) {
  const loaded = useLoadedWhenCalm(loadAddress, props.party !== null)
  if (loaded !== null) return <loaded.AddressField {...props} />
  return <NativeSelect label={props.label} name={props.name} disabled />
}

interface CurrencyProps {
  readonly value: string
  readonly onChange: (code: string) => void
  readonly label: React.ReactNode
  readonly name: string
  readonly error: string | undefined
  readonly description: string | undefined
  readonly disabled: boolean
}

function CurrencySelect({ value, onChange, ...common }: CurrencyProps) {
  const known = useQuery(listQuery('currencies', { limit: 200 }))
  const codes = new Set([
    ...(value === '' ? [] : [value]),
    ...(known.data?.items.map(({ code }) => code) ?? []),
  ])
  return (
    <NativeSelect
      {...common}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      value={value}
      data={[...codes].sort()}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
