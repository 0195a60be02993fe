import { Trans, useLingui } from '@lingui/react/macro'
import { Checkbox, SegmentedControl, TagsInput, TextInput, Textarea } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useCallback } from 'react'
import { api, documentQuery } from '../../api/index.ts'
import type { Fault } from '../../forms/index.ts'
import { inCompany } from '../../patterns/index.ts'
import {
  CurrencySelect,
  FieldGroup,
  FieldLines,
  FieldRow,
  RecordFormPage,
  useRecordForm,
} from '../../patterns/record/index.ts'
import { useCompany } from '../../session/index.ts'
import { DateField, PartyPicker, isDate, isDecimal } from '../../ui/inputs/index.ts'
import { type Book, type Price, type RowValues, entriesOf, gridOf, pricesQuery } from './book.ts'
import { PriceGridEditor } from './price-grid-editor.tsx'

interface BookValues {
  readonly name: string
  readonly currency: string
  readonly side: 'sales' | 'purchase'
  readonly validFrom: string
  readonly validTo: string
  readonly pricesIncludeTax: boolean
  readonly parties: readonly { readonly id: string }[]
  readonly priceGroups: readonly string[]
  readonly priority: string
  readonly notes: string
  readonly breaks: readonly string[]
  readonly rows: readonly RowValues[]
}

function valuesOf(book: Book, prices: readonly Price[]): BookValues {
  return {
    name: book.name,
    currency: book.currency,
    side: book.side,
    validFrom: book.validFrom ?? '',
    validTo: book.validTo ?? '',
    pricesIncludeTax: book.pricesIncludeTax,
    parties: book.partyIds.map((id) => ({ id })),
    priceGroups: book.priceGroups,
    priority: String(book.priority),
    notes: book.notes ?? '',
    ...gridOf(prices),
  }
}

function bodyOf(values: BookValues): Record<string, unknown> {
  const { parties, breaks: _, rows, priority, validFrom, validTo, notes, name, ...rest } = values
  return {
    ...rest,
    name: name.trim(),
    validFrom: validFrom === '' ? null : validFrom,
    validTo: validTo === '' ? null : validTo,
    partyIds: parties.map(({ id }) => id),
    priority: Number(priority === '' ? '0' : priority),
    notes: notes.trim() === '' ? null : notes.trim(),
    entries: entriesOf(rows),
  }
}

interface Props {
  readonly book: Book | null
  readonly prices: readonly Price[]
}

/** The form of a price book: for whom and when, and its prices by quantity. */
export function PriceBookForm({ book, prices }: Props) {
  const { t } = useLingui()
  const client = useQueryClient()
  const navigate = useNavigate()
  const company = useCompany()
  const check = useCallback(
    (values: BookValues): readonly Fault[] => {
      const faults: Fault[] = []
      if (values.name.trim() === '') faults.push({ field: 'name', message: t`Enter the name` })
      for (const field of ['validFrom', 'validTo'] as const)
        if (values[field] !== '' && !isDate(values[field]))
          faults.push({ field, message: t`“${values[field]}” is not a date` })
      if (!/^-?\d{0,4}$/.test(values.priority))
        faults.push({ field: 'priority', message: t`Enter a whole number` })
      values.parties.forEach(({ id }, at) => {
        if (id === '')
          faults.push({ field: `parties.${at}.id`, message: t`Choose the party, or remove the row` })
      })
      const seen = new Set<string>()
      values.rows.forEach((row, at) => {
        const key = `${row.productId} ${row.unit}`
        if (seen.has(key)) {
          const { sku, unit } = row
          faults.push({ field: `rows.${at}`, message: t`${sku} per ${unit} stands here twice` })
        }
        seen.add(key)
        for (const [from, { price }] of Object.entries(row.prices))
          if (price !== '' && !isDecimal(price)) {
            const { sku } = row
            faults.push({ field: `rows.${at}.${from}`, message: t`${sku}: “${price}” is not a number` })
          }
      })
      return faults
    },
    [t],
  )
  const empty: BookValues = {
    name: '',
    currency: company.currency,
    side: 'sales',
    validFrom: '',
    validTo: '',
    pricesIncludeTax: false,
    parties: [],
    priceGroups: [],
    priority: '0',
    notes: '',
    breaks: ['0'],
    rows: [],
  }
  const form = useRecordForm<BookValues>({
    resource: 'price-books',
    id: book?.id ?? null,
    version: book?.version ?? null,
    initial: book === null ? empty : valuesOf(book, prices),
    check,
    save: (values, options) =>
      book === null
        ? api.post('/price-books', bodyOf(values), options)
        : api.patch(`/price-books/${book.id}`, bodyOf(values), options),
    reload: async () => {
      const [theirs, theirPrices] = await Promise.all([
        client.fetchQuery({ ...documentQuery('price-books', book!.id), staleTime: 0 }),
        client.fetchQuery({ ...pricesQuery(book!.id), staleTime: 0 }),
      ])
      return { values: valuesOf(theirs, theirPrices.items), version: theirs.version }
    },
    done: (saved) => void navigate({ to: inCompany(`/price-books/${(saved as Book).id}`) }),
  })
  const { values } = form
  const parties = form.rows('parties')
  const title = book === null ? t`New price book` : t`Edit ${book.name}`
  return (
    <RecordFormPage
      form={form}
      title={title}
      wide
      crumbs={[
        { label: t`Price books`, href: '/price-books' },
        ...(book === null ? [] : [{ label: book.name, href: `/price-books/${book.id}` }]),
      ]}
      back={book === null ? '/price-books' : `/price-books/${book.id}`}
      names={{
        name: t`Name`,
        currency: t`Currency`,
        side: t`Side`,
        validFrom: t`Valid from`,
        validTo: t`Valid until`,
        pricesIncludeTax: t`Prices include tax`,
        parties: t`Parties`,
        priceGroups: t`Price groups`,
        priority: t`Priority`,
        notes: t`Notes`,
        breaks: t`Quantity breaks`,
        rows: t`Prices`,
      }}
    >
      <FieldGroup title={t`What it is`}>
        <FieldRow>
          <TextInput {...form.text('name')} label={t`Name`} maxLength={200} data-autofocus />
          <CurrencySelect {...form.choice('currency')} label={t`Currency`} />
        </FieldRow>
        <div>
          <SegmentedControl
            aria-label={t`Side`}
            value={values.side}
            onChange={(side) => form.set({ side: side as BookValues['side'] })}
            data={[
              { value: 'sales', label: t`What customers pay` },
              { value: 'purchase', label: t`What vendors ask` },
            ]}
          />
        </div>
        <FieldRow>
          <DateField {...form.value('validFrom')} label={t`Valid from (optional)`} />
          <DateField {...form.value('validTo')} label={t`Valid until (optional)`} />
          <TextInput
            {...form.text('priority')}
            label={t`Priority`}
            inputMode="numeric"
            description={t`The higher one wins`}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
          />
        </FieldRow>
        <Checkbox {...form.tick('pricesIncludeTax')} label={t`Prices include tax`} />
      </FieldGroup>

      <FieldGroup
        title={t`For whom`}
        hint={<Trans>Without a group and without parties it is for everybody.</Trans>}
      >
        <TagsInput
          name="priceGroups"
          label={t`Price groups (optional)`}
          value={[...values.priceGroups]}
          onChange={(priceGroups) => form.set({ priceGroups })}
          maxTags={100}
        />
        <FieldLines
          path="parties"
          rows={values.parties}
          add={() => parties.add({ id: '' })}
          remove={parties.remove}
          addLabel={t`Add a party`}
          nameOf={(_, at) => t`Party ${at + 1}`}
        >
          {(_, at) => <PartyPicker {...form.choice(`parties.${at}.id`)} label={t`Party`} />}
        </FieldLines>
      </FieldGroup>

      <FieldGroup
        title={t`Prices`}
        hint={<Trans>An empty cell has no price of its own: the smaller quantity's applies.</Trans>}
      >
        <PriceGridEditor
          breaks={values.breaks}
          rows={values.rows}
          faults={form.faults}
          onChange={(change) => form.set(change)}
        />
      </FieldGroup>

      <FieldGroup title={t`Notes`}>
        <Textarea {...form.text('notes')} label={t`For colleagues (optional)`} autosize minRows={2} />
      </FieldGroup>
    </RecordFormPage>
  )
}
