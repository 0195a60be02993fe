import { Trans, useLingui } from '@lingui/react/macro'
import { Checkbox, Select, TextInput, Textarea } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useCallback } from 'react'
import { type OneOf, api, documentQuery } from '../../api/index.ts'
import type { Fault } from '../../forms/index.ts'
import { inCompany } from '../../patterns/index.ts'
import {
  FieldGroup,
  FieldLines,
  FieldRow,
  RecordFormPage,
  useRecordForm,
} from '../../patterns/record/index.ts'
import { ProductPicker, WarehousePicker } from '../../ui/inputs/index.ts'
import { LocationPicker } from './location-picker.tsx'

type Count = OneOf<'stock-counts'>

interface CountValues {
  readonly warehouseId: string | null
  readonly locationId: string | null
  readonly category: string
  readonly abc: string | null
  readonly products: readonly { readonly productId: string | null }[]
  readonly blind: boolean
  readonly counter: string
  readonly notes: string
}

function valuesOf(count: Count | null): CountValues {
  return {
    warehouseId: count?.warehouseId ?? null,
    locationId: count?.locationId ?? null,
    category: count?.category ?? '',
    abc: count?.abc ?? null,
    products: [],
    blind: count?.blind ?? true,
    counter: count?.counter ?? '',
    notes: count?.notes ?? '',
  }
}

/** The form of a stock count. What it is of is fixed once it has begun. */
export function CountForm({ count }: { readonly count: Count | null }) {
  const { t } = useLingui()
  const client = useQueryClient()
  const navigate = useNavigate()
  const check = useCallback(
    (values: CountValues): readonly Fault[] =>
      values.products.flatMap(({ productId }, i) =>
        productId === null || productId === ''
          ? [{ field: `products.${i}.productId`, message: t`Choose the product, or remove the line` }]
          : [],
      ),
    [t],
  )
  const form = useRecordForm<CountValues>({
    resource: 'stock-counts',
    id: count?.id ?? null,
    version: count?.version ?? null,
    initial: valuesOf(count),
    check,
    save: (values, options) => {
      const { blind, counter, notes, products, warehouseId, locationId, category, abc } = values
      const head = { blind, counter: counter.trim() || null, notes: notes.trim() || null }
      if (count !== null) return api.patch(`/stock-counts/${count.id}`, head, options)
      const productIds = [...new Set(products.map(({ productId }) => productId))]
      const body = {
        ...head,
        ...(warehouseId && { warehouseId }),
        ...(locationId && { locationId }),
        ...(category.trim() !== '' && { category: category.trim() }),
        ...(abc && { abc }),
        ...(productIds.length > 0 && { productIds }),
      }
      return api.post('/stock-counts', body, options)
    },
    reload: async () => {
      const theirs = await client.fetchQuery({ ...documentQuery('stock-counts', count!.id), staleTime: 0 })
      return { values: valuesOf(theirs), version: theirs.version }
    },
    done: (saved) => void navigate({ to: inCompany(`/stock-counts/${(saved as Count).id}`) }),
  })
  const products = form.rows('products')
  return (
    <RecordFormPage
      form={form}
      title={count === null ? t`New stock count` : count.number}
      crumbs={[{ label: t`Stock counts`, href: '/stock-counts' }]}
      back={count === null ? '/stock-counts' : `/stock-counts/${count.id}`}
      names={{ blind: t`Count blind`, counter: t`Who counts`, notes: t`Notes` }}
    >
      {count === null && (
        <>
          <FieldGroup
            title={t`Where`}
            hint={<Trans>One line is made for each product that lies there by the books.</Trans>}
          >
            <FieldRow>
              <WarehousePicker
                {...form.choice('warehouseId')}
                label={t`Warehouse`}
                placeholder={t`The oldest`}
                data-autofocus
              />
              <LocationPicker
                {...form.choice('locationId')}
                warehouseId={form.values.warehouseId || null}
                label={t`Location (optional)`}
                placeholder={t`All`}
                description={t`With all that lie below it`}
              />
            </FieldRow>
          </FieldGroup>
          <FieldGroup title={t`Which products`} hint={<Trans>Left empty: all of them.</Trans>}>
            <FieldRow>
              <TextInput {...form.text('category')} label={t`Category (optional)`} maxLength={200} />
              <Select
                {...form.choice('abc')}
                label={t`Class (optional)`}
                placeholder={t`All`}
                description={t`By the value that left in a year`}
                clearable
                data={[
                  { value: 'A', label: t`A: the most valuable, 80% of it` },
                  { value: 'B', label: t`B: the next 15%` },
                  { value: 'C', label: t`C: the rest` },
                ]}
              />
            </FieldRow>
            <FieldLines
              path="products"
              rows={form.values.products}
              add={() => products.add({ productId: null })}
              remove={products.remove}
              addLabel={t`Name a product`}
              nameOf={(_, i) => {
                const place = i + 1
                return t`Product ${place}`
              }}
            >
              {(_, i) => <ProductPicker {...form.choice(`products.${i}.productId`)} label={t`Product`} />}
            </FieldLines>
          </FieldGroup>
        </>
      )}
      <FieldGroup title={t`How`}>
        <Checkbox
          {...form.tick('blind')}
          label={t`Count blind`}
          description={t`While it is counted nobody is shown what the books have.`}
        />
        <FieldRow>
          <TextInput {...form.text('counter')} label={t`Who counts (optional)`} maxLength={100} />
        </FieldRow>
        <Textarea {...form.text('notes')} label={t`Notes (optional)`} maxLength={5000} autosize minRows={2} />
      </FieldGroup>
    </RecordFormPage>
  )
}
