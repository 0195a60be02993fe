import { Trans, useLingui } from '@lingui/react/macro'
import { Select, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useCallback } from 'react'
import { decimal } from '../../../src/kernel/decimal.ts'
import { type OneOf, api, documentQuery } from '../../api/index.ts'
import type { Fault } from '../../forms/index.ts'
import { inCompany } from '../../patterns/index.ts'
import { FieldGroup, FieldRow, RecordFormPage, useRecordForm } from '../../patterns/record/index.ts'
import { DecimalInput, isDecimal } from '../../ui/inputs/index.ts'
import { taxCategories } from './categories.ts'

type Tax = OneOf<'taxes'>
interface TaxValues {
  readonly name: string
  readonly rate: string
  readonly category: string
  readonly exemptionReason: string
}
const valuesOf = (tax: Tax | null): TaxValues => ({
  name: tax?.name ?? '',
  rate: tax?.rate ?? '',
  category: tax?.category ?? 'S',
  exemptionReason: tax?.exemptionReason ?? '',
})

/** The form of a tax, new or known. */
export function TaxForm({ tax }: { readonly tax: Tax | null }) {
  const { t, i18n } = useLingui()
  const client = useQueryClient()
  const navigate = useNavigate()
  const check = useCallback(
    (values: TaxValues): readonly Fault[] => {
      const faults: Fault[] = []
      if (values.name.trim() === '') faults.push({ field: 'name', message: t`Enter the name` })
      if (!isDecimal(values.rate) || decimal(values.rate).lt('0'))
        faults.push({ field: 'rate', message: t`Enter the rate in per cent, 0 or more` })
      return faults
    },
    [t],
  )
  const form = useRecordForm<TaxValues>({
    resource: 'taxes',
    id: tax?.id ?? null,
    version: tax?.version ?? null,
    initial: valuesOf(tax),
    check,
    save: (values, options) => {
      const { exemptionReason } = values
      const body = { ...values, exemptionReason: exemptionReason.trim() === '' ? null : exemptionReason }
      return tax === null ? api.post('/taxes', body, options) : api.patch(`/taxes/${tax.id}`, body, options)
    },
    reload: async () => {
      const theirs = await client.fetchQuery({ ...documentQuery('taxes', tax!.id), staleTime: 0 })
      return { values: valuesOf(theirs), version: theirs.version }
    },
    done: (saved) => void navigate({ to: inCompany(`/taxes/${(saved as Tax).id}`) }),
  })
  return (
    <RecordFormPage
      form={form}
      title={tax === null ? t`New tax` : t`Edit ${tax.name}`}
      crumbs={[
        { label: t`Settings`, href: '/settings' },
        { label: t`Taxes`, href: '/taxes' },
        ...(tax === null ? [] : [{ label: tax.name, href: `/taxes/${tax.id}` }]),
      ]}
      back={tax === null ? '/taxes' : `/taxes/${tax.id}`}
      names={{
        name: t`Name`,
        rate: t`Rate`,
        category: t`Category`,
        exemptionReason: t`Reason of exemption`,
      }}
    >
      <FieldGroup
        title={t`What it is`}
        hint={<Trans>Documents keep the rate that they were made with; a change concerns new ones.</Trans>}
      >
        <TextInput
          {...form.text('name')}
          label={t`Name`}
          description={t`As printed on documents`}
          maxLength={100}
          data-autofocus
        />
        <FieldRow>
          <DecimalInput {...form.value('rate')} label={t`Rate`} unit="%" />
          <Select
            {...form.choice('category')}
            label={t`Category`}
            allowDeselect={false}
            data={Object.entries(taxCategories).map(([value, label]) => ({ value, label: i18n._(label) }))}
          />
        </FieldRow>
        <TextInput
          {...form.text('exemptionReason')}
          label={t`Reason of exemption (optional)`}
          description={t`Printed where the rate is 0`}
          maxLength={300}
        />
      </FieldGroup>
    </RecordFormPage>
  )
}
