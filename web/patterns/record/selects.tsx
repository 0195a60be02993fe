import { useLingui } from '@lingui/react/macro'
import { Select, type SelectProps } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { listQuery } from '../../api/index.ts'
import { countriesIn } from '../../ui/countries.ts'

type Props = Omit<SelectProps, 'data' | 'searchable' | 'clearable'>

/** A country by its name in the language shown; the value is its code. */
export function CountrySelect(props: Props) {
  const { t, i18n } = useLingui()
  const data = useMemo(() => countriesIn(i18n.locale), [i18n.locale])
  return (
    <Select
      {...props}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t`Clear the country` }}
      nothingFoundMessage={t`Nothing found`}
      data={data}
    />
  )
}

/** One of the currencies that are offered; the present one stays even when it is offered no more. */
export function CurrencySelect({ value, clearable = false, ...props }: Props & { clearable?: boolean }) {
  const { t } = useLingui()
  const { data } = useQuery({ ...listQuery('currencies', { active: true }), staleTime: 300_000 })
  const codes = (data?.items ?? []).map(({ code, name }) => ({ value: code, label: `${code} · ${name}` }))
  const present =
    typeof value === 'string' && value !== '' && !codes.some((each) => each.value === value)
      ? [{ value, label: value }]
      : []
  return (
    <Select
      {...props}
      value={value ?? null}
      searchable
      clearable={clearable}
      clearButtonProps={{ 'aria-label': t`Clear the currency` }}
      allowDeselect={clearable}
      nothingFoundMessage={t`Nothing found`}
      data={[...present, ...codes]}
    />
  )
}
