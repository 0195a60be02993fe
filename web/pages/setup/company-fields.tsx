import { useLingui } from '@lingui/react/macro'
import { Group, Select, TextInput } from '@mantine/core'
import { useMemo } from 'react'
import { countriesIn } from '../../ui/countries.ts'
import { currencyOf, ratesOf } from './countries.ts'
import type { FieldsProps } from './draft.ts'

export function CompanyFields({ draft, change, faults }: FieldsProps) {
  const { t, i18n } = useLingui()
  const countries = useMemo(() => countriesIn(i18n.locale), [i18n.locale])
  const choose = (country: string | null) =>
    change({ country, currency: currencyOf(country) ?? draft.currency, rates: ratesOf(country) })
  return (
    <>
      <TextInput
        name="name"
        label={t`Name`}
        autoComplete="organization"
        maxLength={200}
        value={draft.name}
        error={faults['name']}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <Select
        name="country"
        label={t`Country`}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': t`Clear the country` }}
        nothingFoundMessage={t`Nothing found`}
        data={countries}
        value={draft.country}
        onChange={choose}
      />
      <TextInput
        name="taxNumber"
        label={draft.country === 'PL' ? t`NIP (optional)` : t`Tax number (optional)`}
        maxLength={50}
        value={draft.taxNumber}
        error={faults['taxNumber']}
        onChange={(event) => change({ taxNumber: event.currentTarget.value })}
      />
      <TextInput
        name="line1"
        label={t`Street and number (optional)`}
        autoComplete="address-line1"
        maxLength={200}
        value={draft.line1}
        onChange={(event) => change({ line1: event.currentTarget.value })}
      />
      <Group grow align="flex-start">
        <TextInput
          name="postalCode"
          label={t`Postal code (optional)`}
          autoComplete="postal-code"
          maxLength={30}
          value={draft.postalCode}
          onChange={(event) => change({ postalCode: event.currentTarget.value })}
        />
        <TextInput
          name="city"
          label={t`City (optional)`}
          autoComplete="address-level2"
          maxLength={100}
          value={draft.city}
          onChange={(event) => change({ city: event.currentTarget.value })}
        />
      </Group>
    </>
  )
}
