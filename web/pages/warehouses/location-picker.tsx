import { useLingui } from '@lingui/react/macro'
import { Select, type SelectProps } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { documentQuery, listQuery } from '../../api/index.ts'

interface Props extends Omit<SelectProps, 'data' | 'searchable' | 'clearable'> {
  readonly value: string | null
  readonly warehouseId: string
  /** Not offered: nothing lies in itself. */
  readonly without: string | null
}

/** A location of one warehouse by code or name. */
export function LocationPicker({ warehouseId, without, value, ...props }: Props) {
  const { t } = useLingui()
  const [text, setText] = useState('')
  const [asked] = useDebouncedValue(text.trim(), 120, { leading: true })
  const chosen = useQuery({ ...documentQuery('locations', value ?? ''), enabled: value !== null })
  const label = chosen.data?.code ?? ''
  const q = asked === '' || asked === label ? undefined : asked
  const found = useQuery({
    ...listQuery('locations', { warehouseId, q, limit: 50 }),
    placeholderData: keepPreviousData,
  })
  const items = (found.data?.items ?? []).filter(({ id }) => id !== without && id !== value)
  const data = [...(chosen.data === undefined ? [] : [chosen.data]), ...items].map(({ id, code, name }) => ({
    value: id,
    label: code,
    name,
  }))
  return (
    <Select
      {...props}
      value={value}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t`Clear the location` }}
      // The server has found them already.
      filter={({ options }) => options}
      onSearchChange={setText}
      nothingFoundMessage={t`Nothing found`}
      data={data.map(({ value: id, label: code }) => ({ value: id, label: code }))}
      renderOption={({ option }) => {
        const name = data.find((each) => each.value === option.value)?.name
        return name === undefined || name === option.label ? option.label : `${option.label} · ${name}`
      }}
    />
  )
}
