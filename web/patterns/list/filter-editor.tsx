import { Trans, useLingui } from '@lingui/react/macro'
import { Button, Group, Skeleton, Stack, TextInput } from '@mantine/core'
import { Suspense, lazy, useState } from 'react'
import { DateField, PartyPicker, ProductPicker, WarehousePicker, isDate } from '../../ui/inputs/index.ts'
import type { ListFilter } from './description.ts'
import { periodWords } from './filter-value.tsx'
import classes from './list.module.css'
import { namedPeriods, readPeriod, writePeriod } from './period.ts'

const AmountEditor = lazy(() => import('./amount-editor.tsx'))

interface Props {
  readonly filter: ListFilter
  readonly value: string
  /** null: the filter is taken away. */
  readonly onChange: (value: string | null) => void
  /** Nothing else stands beside it, so that it takes the focus. */
  readonly alone?: boolean
}

/** The field in which a filter is set; says what it was given at once, without a button, where it can. */
export function FilterEditor({ filter, value, onChange, alone = false }: Props) {
  const { i18n, t } = useLingui()
  const label = i18n._(filter.label)
  const field = { label, value: value === '' ? null : value, 'data-autofocus': true }
  const pick = (id: string | null) => id !== null && onChange(id)
  switch (filter.type) {
    case 'choice':
      return (
        <Choices
          label={label}
          choices={filter.choices.map((each) => ({ value: each.value, label: i18n._(each.label) }))}
          value={value}
          onChange={onChange}
        />
      )
    case 'flag':
      return (
        <Choices
          label={label}
          choices={[{ value: 'true', label: t`Yes` }]}
          value={value}
          onChange={onChange}
        />
      )
    case 'period':
      return <PeriodEditor label={label} value={value} onChange={onChange} />
    case 'amount':
      return (
        <Suspense fallback={<Skeleton height={92} width={340} />}>
          <AmountEditor label={label} value={value} onChange={onChange} alone={alone} />
        </Suspense>
      )
    case 'party':
      return <PartyPicker {...field} {...(filter.role && { role: filter.role })} onChange={pick} />
    case 'product':
      return <ProductPicker {...field} onChange={pick} />
    case 'warehouse':
      return <WarehousePicker {...field} onChange={pick} />
    case 'text':
      return <TextEditor label={label} value={value} onChange={onChange} />
  }
}

interface ChoicesProps {
  readonly label: string
  readonly choices: readonly { readonly value: string; readonly label: string }[]
  readonly value: string
  readonly onChange: (value: string | null) => void
}

function Choices({ label, choices, value, onChange }: ChoicesProps) {
  return (
    <div role="group" aria-label={label} className={classes.choices}>
      {choices.map((choice) => (
        <button
          key={choice.value}
          type="button"
          className={classes.choice}
          aria-pressed={choice.value === value}
          onClick={() => onChange(choice.value === value ? null : choice.value)}
        >
          {choice.label}
        </button>
      ))}
    </div>
  )
}

function PeriodEditor({ label, value, onChange }: Omit<ChoicesProps, 'choices'>) {
  const { i18n, t } = useLingui()
  const given = value.includes('..') ? readPeriod(value, '') : null
  const [from, setFrom] = useState(given?.from ?? '')
  const [to, setTo] = useState(given?.to ?? '')
  const wrong = (date: string): boolean => date !== '' && !isDate(date)
  const apply = () => {
    if (wrong(from) || wrong(to)) return
    onChange(from === '' && to === '' ? null : writePeriod({ from: from || null, to: to || null }))
  }
  return (
    <Stack gap="sm">
      <Choices
        label={label}
        choices={namedPeriods.map((name) => ({ value: name, label: i18n._(periodWords[name]) }))}
        value={value}
        onChange={onChange}
      />
      <form
        onSubmit={(event) => {
          event.preventDefault()
          apply()
        }}
      >
        <Group gap="xs" align="end" wrap="nowrap">
          <DateField label={t`From`} value={from} onChange={setFrom} w={135} />
          <DateField label={t`To`} value={to} onChange={setTo} w={135} />
          <Button type="submit" variant="default">
            <Trans>Show</Trans>
          </Button>
        </Group>
      </form>
    </Stack>
  )
}

function TextEditor({ label, value, onChange }: Omit<ChoicesProps, 'choices'>) {
  const [text, setText] = useState(value)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        onChange(text.trim() === '' ? null : text.trim())
      }}
    >
      <Group gap="xs" align="end" wrap="nowrap">
        <TextInput
          label={label}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          data-autofocus
        />
        <Button type="submit" variant="default">
          <Trans>Show</Trans>
        </Button>
      </Group>
    </form>
  )
}
