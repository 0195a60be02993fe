import type { MessageDescriptor } from '@lingui/core'
import { Trans, useLingui } from '@lingui/react/macro'
import { Alert, Button, Group, Modal, NativeSelect, Stack, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { type AnyKind, permissionFor, titles } from '../../../src/kinds.ts'
import { api, newKey, refreshData } from '../../api/index.ts'
import { inCompany } from '../../patterns/index.ts'
import { usePhone } from '../../patterns/use-screen.ts'
import { usePermissions, useToday } from '../../session/index.ts'
import { useFormat } from '../../ui/format.ts'
import { DateField } from '../../ui/inputs/date-field.tsx'
import { notify } from '../../ui/notify.tsx'
import { useReturnFocus } from '../../ui/use-return-focus.ts'
import { type Schedule, makes, missedWords, priceWords } from './words.ts'

interface Props {
  readonly kind: AnyKind
  readonly id: string
  readonly onClose: () => void
}

interface Values {
  readonly name: string
  readonly every: string
  readonly unit: Schedule['unit']
  readonly day: string
  readonly firstDate: string
  readonly until: 'open' | 'date' | 'times'
  readonly lastDate: string
  readonly times: string
  readonly make: Schedule['make']
  readonly prices: Schedule['prices']
  readonly missed: Schedule['missed']
}

/** The rhythm as the API takes it. */
function rhythmOf(values: Values) {
  const { every, unit, day, firstDate, until, lastDate, times } = values
  const monthly = unit === 'month' || unit === 'year'
  return {
    every: Number(every),
    unit,
    firstDate,
    ...(monthly && day.trim() !== '' && { day: Number(day) }),
    ...(until === 'date' && { lastDate }),
    ...(until === 'times' && { times: Number(times) }),
  }
}

/** Repeats a document: how often, from when to when, as what; the next dates are shown before it is saved. */
export default function RepeatDialog({ kind, id, onClose }: Props) {
  const { t, i18n } = useLingui()
  const phone = usePhone()
  const today = useToday()
  const { may } = usePermissions()
  useReturnFocus()
  const [values, setValues] = useState<Values>({
    name: '',
    every: '1',
    unit: 'month',
    day: '',
    firstDate: today,
    until: 'open',
    lastDate: '',
    times: '12',
    make: 'draft',
    prices: 'original',
    missed: 'each',
  })
  const set = (change: Partial<Values>) => setValues((now) => ({ ...now, ...change }))
  const select = (field: keyof Values, label: string, data: { value: string; label: string }[]) => (
    <NativeSelect
      label={label}
      value={values[field]}
      data={data}
      onChange={(event) => set({ [field]: event.currentTarget.value } as Partial<Values>)}
    />
  )
  const words = (of: Readonly<Record<string, MessageDescriptor>>) =>
    Object.entries(of).map(([value, label]) => ({ value, label: i18n._(label) }))
  const whole = (field: 'every' | 'day' | 'times', label: string, description?: string) => (
    <TextInput
      label={label}
      {...(description !== undefined && { description })}
      value={values[field]}
      inputMode="numeric"
      maxLength={5}
      onChange={(event) => set({ [field]: event.currentTarget.value.replace(/\D/g, '') })}
    />
  )
  const { save, busy, error } = useSave(kind, id, values, onClose)
  const mayPost = may(permissionFor(kind, 'post'))
  return (
    <Modal
      opened
      onClose={onClose}
      title={t`Repeat this document`}
      fullScreen={phone}
      size="lg"
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      <Stack>
        <Group grow align="start">
          {whole('every', t`Every`)}
          {select('unit', t`Of`, [
            { value: 'day', label: t`days` },
            { value: 'week', label: t`weeks` },
            { value: 'month', label: t`months` },
            { value: 'year', label: t`years` },
          ])}
        </Group>
        <DateField
          label={t`First date`}
          value={values.firstDate}
          onChange={(firstDate) => set({ firstDate })}
        />
        {(values.unit === 'month' || values.unit === 'year') &&
          whole(
            'day',
            t`Day of the month (optional)`,
            t`Left empty: that of the first date. 31 is the last day of each month.`,
          )}
        {select('until', t`How long`, [
          { value: 'open', label: t`without an end` },
          { value: 'date', label: t`until a date` },
          { value: 'times', label: t`so many times` },
        ])}
        {values.until === 'date' && (
          <DateField
            label={t`Last date`}
            value={values.lastDate}
            onChange={(lastDate) => set({ lastDate })}
          />
        )}
        {values.until === 'times' && whole('times', t`Times`)}
        {select(
          'make',
          t`What is made`,
          words(makes).filter(({ value }) => value === 'draft' || mayPost),
        )}
        {select('prices', t`Prices`, words(priceWords))}
        {select('missed', t`Dates that passed while no server ran`, words(missedWords))}
        <TextInput
          label={t`Name (optional)`}
          description={t`Left empty: the customer or vendor.`}
          value={values.name}
          maxLength={100}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
        <NextDates values={values} />
        {error !== null && (
          <Alert color="red" variant="light" role="alert">
            {error.message}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            <Trans>Not now</Trans>
          </Button>
          <Button loading={busy} onClick={() => save()}>
            <Trans>Repeat</Trans>
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

function useSave(kind: AnyKind, id: string, values: Values, onClose: () => void) {
  const { t } = useLingui()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [key, setKey] = useState(newKey)
  const { name, make, prices, missed } = values
  const { mutate, isPending, error } = useMutation({
    mutationFn: () =>
      api.post<{ id: string }>(
        `/${titles[kind].path}/${id}/schedules`,
        { ...rhythmOf(values), make, prices, missed, ...(name.trim() !== '' && { name: name.trim() }) },
        { key },
      ),
    onSuccess: async (made) => {
      onClose()
      notify.done(t`It is repeated from now on.`)
      await refreshData(client)
      await navigate({ to: inCompany(`/recurring/${made.id}`) })
    },
    // What is corrected after a refusal is another request.
    onError: () => setKey(newKey()),
  })
  return { save: mutate, busy: isPending, error }
}

/** The first dates of what was entered, or what is wrong with it. */
function NextDates({ values }: { readonly values: Values }) {
  const format = useFormat()
  const [asked] = useDebouncedValue(JSON.stringify(rhythmOf(values)), 300)
  const { data, error } = useQuery({
    queryKey: ['recurring-dates', asked],
    queryFn: ({ signal }) =>
      api.get<{ dates: readonly string[] }>('/recurring/dates', JSON.parse(asked) as Record<string, string>, {
        signal,
      }),
    placeholderData: keepPreviousData,
    retry: false,
  })
  if (error !== null)
    return (
      <Text size="sm" c="red.9" role="status">
        {error.message}
      </Text>
    )
  const dates = data?.dates.map((date) => format.date(date)).join(' · ') ?? '…'
  return (
    <Text size="sm" role="status">
      {data?.dates.length === 0 ? (
        <Trans>There would be no date at all.</Trans>
      ) : (
        <Trans>Dates: {dates}</Trans>
      )}
    </Text>
  )
}
