import { Trans, useLingui } from '@lingui/react/macro'
import { Alert, Button, Group, Modal, Skeleton, Stack, Text, TextInput } from '@mantine/core'
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { AnyKind } from '../../../src/kinds.ts'
import { ApiProblem, type Page, api, dataKey, newKey } from '../../api/index.ts'
import { usePermissions, useToday } from '../../session/index.ts'
import { countWords, kindWords } from '../../ui/kinds.ts'
import { notify } from '../../ui/notify.tsx'
import { ScrollArea, SettingsPage } from './layout.tsx'
import classes from './settings.module.css'

interface Series {
  readonly kind: AnyKind | 'stock-count'
  readonly pattern: string
  readonly nextNumber: number
  readonly next: string
  readonly version: number
}

const seriesQuery = () =>
  queryOptions({
    queryKey: dataKey('settings', 'number-series'),
    queryFn: ({ signal }) => api.get<Page<Series>>('/number-series', {}, { signal }),
  })

const wordsOf = (kind: Series['kind']) => (kind === 'stock-count' ? countWords : kindWords[kind])

export default function Numbering() {
  const { t, i18n } = useLingui()
  const { may } = usePermissions()
  const { data, error } = useQuery(seriesQuery())
  const [changing, setChanging] = useState<Series | null>(null)
  return (
    <SettingsPage title={t`Numbering`}>
      <Text size="sm" c="dimmed">
        <Trans>A document is numbered when it is confirmed or booked. It keeps its number.</Trans>
      </Text>
      {error !== null && (
        <Alert color="red" role="alert">
          {error.message}
        </Alert>
      )}
      {data === undefined ? (
        error === null && <Skeleton height={300} />
      ) : (
        <ScrollArea label={t`Numbering`}>
          <table className={classes.table}>
            <thead>
              <tr>
                <th scope="col">
                  <Trans>Kind</Trans>
                </th>
                <th scope="col">
                  <Trans>Pattern</Trans>
                </th>
                <th scope="col">
                  <Trans>Next number</Trans>
                </th>
                <th scope="col" aria-label={t`Actions`} />
              </tr>
            </thead>
            <tbody>
              {data.items.map((series) => {
                const kind = i18n._(wordsOf(series.kind).many)
                return (
                  <tr key={series.kind}>
                    <th scope="row">{kind}</th>
                    <td className={classes.nowrap}>{series.pattern}</td>
                    <td className={classes.nowrap}>{series.next}</td>
                    <td>
                      {may('number-series:write') && (
                        <Button
                          size="compact-sm"
                          variant="subtle"
                          aria-label={t`Edit the numbering of ${kind}`}
                          onClick={() => setChanging(series)}
                        >
                          <Trans>Edit</Trans>
                        </Button>
                      )}
                    </td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        </ScrollArea>
      )}
      {changing !== null && <Change series={changing} onClose={() => setChanging(null)} />}
    </SettingsPage>
  )
}

function Change({ series, onClose }: { readonly series: Series; readonly onClose: () => void }) {
  const { t, i18n } = useLingui()
  const client = useQueryClient()
  const today = useToday()
  const [pattern, setPattern] = useState(series.pattern)
  const [next, setNext] = useState(String(series.nextNumber))
  const [key, setKey] = useState(newKey)
  const number = /^\d+$/.test(next.trim()) ? Number(next.trim()) : null
  const save = useMutation({
    mutationFn: () =>
      api.patch<Series>(
        `/number-series/${series.kind}`,
        {
          ...(pattern.trim() !== series.pattern && { pattern: pattern.trim() }),
          ...(number !== null && number !== series.nextNumber && { nextNumber: number }),
        },
        { key, ifMatch: series.version },
      ),
    onSuccess: async (saved) => {
      notify.done(t`The next number is ${saved.next}.`)
      onClose()
      await client.invalidateQueries({ queryKey: seriesQuery().queryKey })
    },
    onError: (failure) => {
      if (failure instanceof ApiProblem) setKey(newKey())
    },
  })
  const fault = (pointer: string): string | undefined =>
    save.error instanceof ApiProblem
      ? save.error.errors.find((each) => each.pointer === pointer)?.message
      : undefined
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (number !== null && !save.isPending) save.mutate()
  }
  const preview =
    number === null ? [] : [0, 1, 2].map((step) => written(pattern.trim(), today, number + step))
  return (
    <Modal
      opened
      onClose={onClose}
      title={i18n._(wordsOf(series.kind).many)}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          {save.error !== null && (
            <Alert color="red" role="alert">
              {save.error.message}
            </Alert>
          )}
          <TextInput
            label={t`Pattern`}
            description={t`Text with ${dateParts} of the date and one counter such as ${counter}. With a year or month in it the counter begins anew.`}
            value={pattern}
            maxLength={60}
            onChange={(event) => setPattern(event.currentTarget.value)}
            error={fault('/pattern')}
            data-autofocus
          />
          <TextInput
            label={t`Next number`}
            inputMode="numeric"
            value={next}
            onChange={(event) => setNext(event.currentTarget.value)}
            error={fault('/nextNumber') ?? (number === null ? t`Enter a whole number` : undefined)}
          />
          {preview.length > 0 && (
            <Text size="sm" aria-live="polite">
              <Trans>Documents of today would be {preview.join(', ')} …</Trans>
            </Text>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              <Trans>Cancel</Trans>
            </Button>
            <Button type="submit" loading={save.isPending}>
              <Trans>Save</Trans>
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

/** Written as they are: braces mean something in the texts themselves. */
const dateParts = '{YYYY}, {YY}, {MM}'
const counter = '{####}'

/** As the server writes numbers; what it refuses is shown as it was typed. */
function written(pattern: string, today: string, number: number): string {
  return pattern
    .replaceAll('{YYYY}', today.slice(0, 4))
    .replaceAll('{YY}', today.slice(2, 4))
    .replaceAll('{MM}', today.slice(5, 7))
    .replace(/\{(#+)\}/, (_, digits: string) => String(number).padStart(digits.length, '0'))
}
