import { Trans, useLingui } from '@lingui/react/macro'
import { TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useCallback } from 'react'
import { decimal } from '../../../src/kernel/decimal.ts'
import { type OneOf, api, documentQuery } from '../../api/index.ts'
import type { Fault } from '../../forms/index.ts'
import { inCompany } from '../../patterns/index.ts'
import {
  CurrencySelect,
  FieldGroup,
  FieldRow,
  RecordFormPage,
  useRecordForm,
} from '../../patterns/record/index.ts'
import { useCompany, useToday } from '../../session/index.ts'
import { DateField, DecimalInput, isDate, isDecimal } from '../../ui/inputs/index.ts'

type Rate = OneOf<'exchange-rates'>
interface RateValues {
  readonly currency: string
  readonly date: string
  readonly rate: string
  readonly source: string
}

interface Props {
  readonly rate: Rate | null
  /** Of a new one, when it is known already. */
  readonly currency?: string
}

/** The form of an exchange rate. Currency and day are fixed once it is made. */
export function RateForm({ rate, currency = '' }: Props) {
  const { t } = useLingui()
  const client = useQueryClient()
  const navigate = useNavigate()
  const today = useToday()
  const company = useCompany()
  const valuesOf = (from: Rate | null): RateValues => ({
    currency: from?.currency ?? currency,
    date: from?.date ?? today,
    rate: from?.rate ?? '',
    source: from?.source ?? '',
  })
  const check = useCallback(
    (values: RateValues): readonly Fault[] => {
      const faults: Fault[] = []
      if (values.currency === '') faults.push({ field: 'currency', message: t`Choose the currency` })
      if (!isDate(values.date)) faults.push({ field: 'date', message: t`Enter the date` })
      if (!isDecimal(values.rate) || decimal(values.rate).lte('0'))
        faults.push({ field: 'rate', message: t`Enter the rate, more than 0` })
      return faults
    },
    [t],
  )
  const form = useRecordForm<RateValues>({
    resource: 'exchange-rates',
    id: rate?.id ?? null,
    version: rate?.version ?? null,
    initial: valuesOf(rate),
    check,
    save: (values, options) => {
      const source = values.source.trim() === '' ? null : values.source.trim()
      return rate === null
        ? api.post('/exchange-rates', { ...values, source }, options)
        : api.patch(`/exchange-rates/${rate.id}`, { rate: values.rate, source }, options)
    },
    reload: async () => {
      const theirs = await client.fetchQuery({
        ...documentQuery('exchange-rates', rate!.id),
        staleTime: 0,
      })
      return { values: valuesOf(theirs), version: theirs.version }
    },
    done: (saved) => void navigate({ to: inCompany(`/exchange-rates/${(saved as Rate).id}`) }),
  })
  return (
    <RecordFormPage
      form={form}
      title={rate === null ? t`New exchange rate` : t`Exchange rate of ${rate.currency}`}
      crumbs={[
        { label: t`Settings`, href: '/settings' },
        { label: t`Exchange rates`, href: '/exchange-rates' },
      ]}
      back={rate === null ? '/exchange-rates' : `/exchange-rates/${rate.id}`}
      names={{ rate: t`Exchange rate`, source: t`Source` }}
    >
      <FieldGroup
        title={t`What it is`}
        hint={<Trans>Documents keep the rate that they were made with.</Trans>}
      >
        <FieldRow>
          <CurrencySelect {...form.choice('currency')} label={t`Currency`} disabled={rate !== null} />
          <DateField {...form.value('date')} label={t`Date`} readOnly={rate !== null} />
        </FieldRow>
        <DecimalInput
          {...form.value('rate')}
          label={form.values.currency === '' ? t`Worth of one unit` : t`1 ${form.values.currency} is worth`}
          unit={company.currency}
          maxDecimals={10}
        />
        <TextInput
          {...form.text('source')}
          label={t`Source (optional)`}
          description={t`Such as NBP table 228/A/NBP/2026`}
          maxLength={100}
        />
      </FieldGroup>
    </RecordFormPage>
  )
}
