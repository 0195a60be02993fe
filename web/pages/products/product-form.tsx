import { Trans, useLingui } from '@lingui/react/macro'
import { Checkbox, MultiSelect, SegmentedControl, Select, TextInput, Textarea } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useCallback } from 'react'
import { type OneOf, api, documentQuery, listQuery } from '../../api/index.ts'
import type { Fault } from '../../forms/index.ts'
import { inCompany } from '../../patterns/index.ts'
import { usePhone } from '../../patterns/use-screen.ts'
import {
  FieldGroup,
  FieldLines,
  FieldRow,
  RecordFormPage,
  useRecordForm,
} from '../../patterns/record/index.ts'
import { useCompany } from '../../session/index.ts'
import { DecimalInput, PartyPicker, isDecimal } from '../../ui/inputs/index.ts'
import { type ProductValues, bodyOf, emptyProduct, emptyUnit, emptyVendor, valuesOf } from './form.ts'

type Product = OneOf<'products'>

const onlyVendors = { role: 'vendor' } as const
const isWhole = (value: string): boolean => /^[1-9]\d{0,8}$/.test(value)

/** The form of a product, new or known. */
export function ProductForm({ product }: { readonly product: Product | null }) {
  const { t } = useLingui()
  const client = useQueryClient()
  const navigate = useNavigate()
  const { currency } = useCompany()

  const check = useCallback(
    (values: ProductValues): readonly Fault[] => {
      const faults: Fault[] = []
      const need = (field: 'sku' | 'name' | 'unit', message: string) => {
        if (values[field].trim() === '') faults.push({ field, message })
      }
      need('sku', t`Enter the code`)
      need('name', t`Enter the name`)
      need('unit', t`Enter the base unit`)
      for (const field of ['salesPrice', 'purchasePrice', 'weight', 'tolerancePercent'] as const)
        if (values[field] !== '' && !isDecimal(values[field]))
          faults.push({ field, message: t`“${values[field]}” is not a number` })
      values.units.forEach((unit, at) => {
        if (unit.unit.trim() === '')
          faults.push({ field: `units.${at}.unit`, message: t`Enter the name of the unit, such as box` })
        if (!isWhole(unit.numerator))
          faults.push({ field: `units.${at}.numerator`, message: t`Enter a whole number from 1` })
        if (unit.denominator !== '' && !isWhole(unit.denominator))
          faults.push({ field: `units.${at}.denominator`, message: t`Enter a whole number from 1` })
      })
      values.vendors.forEach((vendor, at) => {
        if (vendor.partyId === '')
          faults.push({ field: `vendors.${at}.partyId`, message: t`Choose the vendor, or remove the row` })
        if (vendor.price !== '' && !isDecimal(vendor.price))
          faults.push({ field: `vendors.${at}.price`, message: t`“${vendor.price}” is not a number` })
        if (vendor.leadTimeDays !== '' && !/^\d{1,4}$/.test(vendor.leadTimeDays))
          faults.push({ field: `vendors.${at}.leadTimeDays`, message: t`Enter a whole number of days` })
      })
      return faults
    },
    [t],
  )
  const form = useRecordForm<ProductValues>({
    resource: 'products',
    id: product?.id ?? null,
    version: product?.version ?? null,
    initial: product === null ? emptyProduct : valuesOf(product),
    check,
    save: (values, options) =>
      product === null
        ? api.post('/products', bodyOf(values), options)
        : api.patch(`/products/${product.id}`, bodyOf(values), options),
    reload: async () => {
      const theirs = await client.fetchQuery({ ...documentQuery('products', product!.id), staleTime: 0 })
      return { values: valuesOf(theirs), version: theirs.version }
    },
    done: (saved) => void navigate({ to: inCompany(`/products/${(saved as Product).id}`) }),
  })
  const { values } = form
  const stocked = values.type === 'stocked'
  const phone = usePhone()
  const units = form.rows('units')
  const vendors = form.rows('vendors')
  const title = product === null ? t`New product` : t`Edit ${product.sku}`
  return (
    <RecordFormPage
      form={form}
      title={title}
      crumbs={[
        { label: t`Products`, href: '/products' },
        ...(product === null ? [] : [{ label: product.name, href: `/products/${product.id}` }]),
      ]}
      back={product === null ? '/products' : `/products/${product.id}`}
      names={{
        sku: t`Code`,
        name: t`Name`,
        type: t`Type`,
        unit: t`Base unit`,
        barcode: t`Barcode`,
        cnCode: t`CN code`,
        pkwiuCode: 'PKWiU',
        gtuCode: 'GTU',
        category: t`Category`,
        salesPrice: t`Sales price`,
        purchasePrice: t`Purchase price`,
        taxIds: t`Taxes on sales`,
        purchaseTaxIds: t`Taxes on purchases`,
        tracking: t`Lots and serial numbers`,
        valuation: t`Cost of what leaves`,
        weight: t`Weight`,
        tolerancePercent: t`More than ordered`,
        description: t`Description`,
        notes: t`Notes`,
        units: t`Units`,
        vendors: t`Vendors`,
      }}
    >
      <FieldGroup title={t`What it is`}>
        <FieldRow>
          <TextInput {...form.text('sku')} label={t`Code`} maxLength={100} data-autofocus />
          <TextInput {...form.text('barcode')} label={t`Barcode (optional)`} maxLength={100} />
        </FieldRow>
        <TextInput {...form.text('name')} label={t`Name`} maxLength={300} />
        <div>
          <SegmentedControl
            aria-label={t`Type`}
            orientation={phone ? 'vertical' : 'horizontal'}
            fullWidth={phone}
            value={values.type}
            onChange={(type) => form.set({ type: type as ProductValues['type'] })}
            data={[
              { value: 'stocked', label: t`Goods, counted in warehouses` },
              { value: 'service', label: t`Service, no stock` },
            ]}
          />
        </div>
        <FieldRow>
          <TextInput
            {...form.text('unit')}
            label={t`Base unit`}
            description={t`Stock is counted in it: pcs, kg, m`}
            maxLength={30}
          />
          <TextInput
            {...form.text('category')}
            label={t`Category (optional)`}
            description={t`For filters and reports`}
            maxLength={200}
          />
        </FieldRow>
        <FieldRow>
          <TextInput
            {...form.text('cnCode')}
            label={t`CN code (optional)`}
            description={t`Customs and Intrastat: 8471 30 00`}
            maxLength={14}
          />
          <TextInput
            {...form.text('pkwiuCode')}
            label={t`PKWiU (optional)`}
            description={t`Polish classification: 26.20.11.0`}
            maxLength={14}
          />
          <TextInput
            {...form.text('gtuCode')}
            label={t`GTU (optional)`}
            description={t`Polish VAT register: GTU_01`}
            maxLength={6}
          />
        </FieldRow>
        <Textarea {...form.text('description')} label={t`Description (optional)`} autosize minRows={2} />
      </FieldGroup>

      <FieldGroup title={t`Prices and taxes`} hint={<Trans>Price books go before these prices.</Trans>}>
        <FieldRow>
          <DecimalInput {...form.value('salesPrice')} label={t`Sales price (optional)`} unit={currency} />
          <DecimalInput
            {...form.value('purchasePrice')}
            label={t`Purchase price (optional)`}
            unit={currency}
          />
        </FieldRow>
        <FieldRow>
          <TaxSelect
            label={t`Taxes on sales (optional)`}
            name="taxIds"
            value={values.taxIds}
            onChange={(taxIds) => form.set({ taxIds })}
          />
          <TaxSelect
            label={t`Taxes on purchases (optional)`}
            name="purchaseTaxIds"
            value={values.purchaseTaxIds}
            onChange={(purchaseTaxIds) => form.set({ purchaseTaxIds })}
          />
        </FieldRow>
      </FieldGroup>

      <FieldGroup
        title={t`Packs and other units`}
        hint={<Trans>Each may have a barcode of its own: a scan of the box counts as a box.</Trans>}
      >
        <FieldLines
          path="units"
          rows={values.units}
          add={() => units.add(emptyUnit)}
          remove={units.remove}
          addLabel={t`Add a unit`}
          nameOf={(unit, at) => unit.unit || t`Unit ${at + 1}`}
        >
          {(unit, at) => (
            <>
              <TextInput
                {...form.text(`units.${at}.unit`)}
                label={t`Unit`}
                placeholder={t`box`}
                maxLength={30}
              />
              <TextInput
                {...form.text(`units.${at}.numerator`)}
                label={t`Holds`}
                inputMode="numeric"
                rightSection={<span aria-hidden>{values.unit}</span>}
                rightSectionWidth={`${values.unit.length + 2}ch`}
                styles={{ input: { textAlign: 'right' } }}
              />
              {(unit.denominator !== '1' || values.type === 'service') && (
                <TextInput
                  {...form.text(`units.${at}.denominator`)}
                  label={t`divided by`}
                  inputMode="numeric"
                  styles={{ input: { textAlign: 'right' } }}
                />
              )}
              <TextInput
                {...form.text(`units.${at}.barcode`)}
                label={t`Barcode (optional)`}
                maxLength={100}
              />
            </>
          )}
        </FieldLines>
      </FieldGroup>

      {stocked && (
        <FieldGroup title={t`Stock`}>
          <FieldRow>
            <Select
              {...form.choice('tracking')}
              label={t`Lots and serial numbers`}
              allowDeselect={false}
              data={[
                { value: 'none', label: t`Not told apart` },
                { value: 'lot', label: t`By lot` },
                { value: 'serial', label: t`By serial number` },
              ]}
            />
            <Select
              {...form.choice('valuation')}
              label={t`Cost of what leaves`}
              allowDeselect={false}
              data={[
                { value: 'average', label: t`Moving average` },
                { value: 'fifo', label: t`First in, first out` },
              ]}
            />
          </FieldRow>
          <FieldRow>
            <DecimalInput {...form.value('weight')} label={t`Weight of one (optional)`} unit="kg" />
            <DecimalInput
              {...form.value('tolerancePercent')}
              label={t`May arrive or leave in excess (optional)`}
              unit="%"
            />
          </FieldRow>
        </FieldGroup>
      )}

      <FieldGroup title={t`Vendors`}>
        <FieldLines
          path="vendors"
          rows={values.vendors}
          add={() => vendors.add({ ...emptyVendor, preferred: values.vendors.length === 0 })}
          remove={vendors.remove}
          addLabel={t`Add a vendor`}
          nameOf={(_, at) => t`Vendor ${at + 1}`}
        >
          {(vendor, at) => (
            <>
              <PartyPicker {...form.choice(`vendors.${at}.partyId`)} {...onlyVendors} label={t`Vendor`} />
              <TextInput
                {...form.text(`vendors.${at}.code`)}
                label={t`Their code (optional)`}
                maxLength={100}
              />
              <DecimalInput
                {...form.value(`vendors.${at}.price`)}
                label={t`Price (optional)`}
                unit={vendor.currency || currency}
              />
              <Select
                {...form.choice(`vendors.${at}.unit`)}
                label={t`per (optional)`}
                clearable
                clearButtonProps={{ 'aria-label': t`Clear the unit` }}
                placeholder={values.unit}
                data={[values.unit, ...values.units.map(({ unit }) => unit)].filter(
                  (unit, index, all) => unit !== '' && all.indexOf(unit) === index,
                )}
              />
              <DecimalInput {...form.value(`vendors.${at}.minimumQuantity`)} label={t`At least (optional)`} />
              <TextInput
                {...form.text(`vendors.${at}.leadTimeDays`)}
                label={t`Days to deliver (optional)`}
                inputMode="numeric"
              />
              <Checkbox {...form.tick(`vendors.${at}.preferred`)} label={t`Bought from first`} mt={28} />
            </>
          )}
        </FieldLines>
      </FieldGroup>

      <FieldGroup title={t`Notes`}>
        <Textarea {...form.text('notes')} label={t`For colleagues (optional)`} autosize minRows={2} />
      </FieldGroup>
    </RecordFormPage>
  )
}

interface TaxSelectProps {
  readonly label: string
  readonly name: string
  readonly value: readonly string[]
  readonly onChange: (ids: string[]) => void
}

function TaxSelect({ label, name, value, onChange }: TaxSelectProps) {
  const { t } = useLingui()
  const { data } = useQuery({ ...listQuery('taxes', { limit: 200, archived: 'all' }), staleTime: 300_000 })
  const taxes = (data?.items ?? []).filter((tax) => !tax.archived || value.includes(tax.id))
  return (
    <MultiSelect
      name={name}
      label={label}
      value={[...value]}
      onChange={onChange}
      maxValues={10}
      data={taxes.map((tax) => ({ value: tax.id, label: tax.name }))}
      nothingFoundMessage={t`No tax yet`}
    />
  )
}
