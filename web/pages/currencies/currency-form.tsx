import { Trans, useLingui } from '@lingui/react/macro'
import { Checkbox, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useCallback } from 'react'
import { type OneOf, api } from '../../api/index.ts'
import type { Fault } from '../../forms/index.ts'
import { inCompany } from '../../patterns/index.ts'
import { FieldGroup, FieldRow, RecordFormPage, useRecordForm } from '../../patterns/record/index.ts'
import { DecimalInput, isDecimal } from '../../ui/inputs/index.ts'

type Currency = OneOf<'currencies'>
interface CurrencyValues {
  readonly code: string
  readonly name: string
  readonly minorDigits: string
  readonly cashRounding: string
  readonly active: boolean
}

/** The form of a currency. Its code and decimals are fixed once it is made. */
export function CurrencyForm({ currency }: { readonly currency: Currency | null }) {
  const { t } = useLingui()
  const navigate = useNavigate()
  const isNew = currency === null
  const check = useCallback(
    (values: CurrencyValues): readonly Fault[] => {
      const faults: Fault[] = []
      if (!/^[A-Za-z]{3}$/.test(values.code.trim()))
        faults.push({ field: 'code', message: t`Enter the three letters of the currency, such as EUR` })
      if (!isNew && values.name.trim() === '') faults.push({ field: 'name', message: t`Enter the name` })
      if (values.minorDigits !== '' && !/^[0-4]$/.test(values.minorDigits))
        faults.push({ field: 'minorDigits', message: t`Enter 0 to 4` })
      if (values.cashRounding !== '' && !isDecimal(values.cashRounding))
        faults.push({ field: 'cashRounding', message: t`“${values.cashRounding}” is not a number` })
      return faults
    },
    [t, isNew],
  )
  const form = useRecordForm<CurrencyValues>({
    resource: 'currencies',
    id: currency?.code ?? null,
    version: null,
    initial: {
      code: currency?.code ?? '',
      name: currency?.name ?? '',
      minorDigits: currency === null ? '' : String(currency.minorDigits),
      cashRounding: currency?.cashRounding ?? '',
      active: currency?.active ?? true,
    },
    check,
    save: (values, options) => {
      const { active } = values
      const name = values.name.trim()
      const cashRounding = values.cashRounding === '' ? null : values.cashRounding
      if (currency !== null)
        return api.patch(`/currencies/${currency.code}`, { name, cashRounding, active }, options)
      const body = {
        code: values.code.trim().toUpperCase(),
        cashRounding,
        active,
        ...(name !== '' && { name }),
        ...(values.minorDigits !== '' && { minorDigits: Number(values.minorDigits) }),
      }
      return api.post('/currencies', body, options)
    },
    done: (saved) => void navigate({ to: inCompany(`/currencies/${(saved as Currency).code}`) }),
  })
  return (
    <RecordFormPage
      form={form}
      title={currency === null ? t`New currency` : t`Edit ${currency.code}`}
      crumbs={[
        { label: t`Settings`, href: '/settings' },
        { label: t`Currencies`, href: '/currencies' },
        ...(currency === null ? [] : [{ label: currency.code, href: `/currencies/${currency.code}` }]),
      ]}
      back={currency === null ? '/currencies' : `/currencies/${currency.code}`}
      names={{ name: t`Name`, cashRounding: t`Smallest coin`, active: t`Offered` }}
    >
      <FieldGroup
        title={t`What it is`}
        hint={
          isNew ? (
            <Trans>
              The currencies of ISO 4217 are in the list already: to use one, open it there and tick that it
              is offered.
            </Trans>
          ) : undefined
        }
      >
        <FieldRow>
          <TextInput
            {...form.text('code')}
            label={t`Code`}
            description={t`Three letters of ISO 4217`}
            maxLength={3}
            readOnly={!isNew}
          />
          <TextInput
            {...form.text('minorDigits')}
            label={isNew ? t`Decimals (optional)` : t`Decimals`}
            description={isNew ? t`Known for the common ones` : t`Fixed once made`}
            inputMode="numeric"
            readOnly={!isNew}
          />
        </FieldRow>
        <TextInput {...form.text('name')} label={isNew ? t`Name (optional)` : t`Name`} maxLength={100} />
        <DecimalInput
          {...form.value('cashRounding')}
          label={t`Smallest coin (optional)`}
          description={t`Cash payments are rounded to it`}
          unit={form.values.code.toUpperCase()}
        />
        <Checkbox {...form.tick('active')} label={t`Offered where a currency is chosen`} />
      </FieldGroup>
    </RecordFormPage>
  )
}
