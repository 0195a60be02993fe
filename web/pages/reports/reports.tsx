import { Trans, useLingui } from '@lingui/react/macro'
import { Alert, Button, Group, SegmentedControl, Select, Skeleton, Stack, Text } from '@mantine/core'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { Suspense, lazy } from 'react'
import { api, callFile, dataKey } from '../../api/index.ts'
import { PageTitle, useAddress } from '../../page/index.ts'
import { FieldRow } from '../../patterns/record/index.ts'
import { usePhone } from '../../patterns/use-screen.ts'
import { usePermissions, useToday } from '../../session/index.ts'
import { DateField, WarehousePicker, isDate } from '../../ui/inputs/index.ts'
import { notify } from '../../ui/notify.tsx'
import { saveBlob } from '../../ui/save-blob.ts'
import { type ReportKind, reportKinds } from './report-kinds.ts'
import { type Report, ReportTable } from './report-table.tsx'

const ReportChart = lazy(() => import('./report-chart.tsx'))

/** Figures over many documents. What is asked for stands in the address, so a link shows the same report. */
export default function Reports() {
  const { t, i18n } = useLingui()
  const { may } = usePermissions()
  const { asked, set } = useAddress()
  const open = reportKinds.filter(({ permissions }) => permissions.every((each) => may(each)))
  const kind = open.find(({ name }) => name === asked('report')) ?? open[0]
  const query = useReportQuery(kind, asked)
  const { data, error, refetch, isPlaceholderData } = useQuery({
    queryKey: dataKey('report', kind?.name, query),
    queryFn: ({ signal }) => api.get<Report>(`/reports/${kind!.name}`, query ?? {}, { signal }),
    enabled: kind !== undefined && query !== null,
    placeholderData: keepPreviousData,
  })
  const save = useMutation({
    mutationFn: async (format: 'csv' | 'xlsx') => {
      const file = await callFile(`/reports/${kind!.name}/file`, { query: { ...query, format } })
      saveBlob(file, `${kind!.name} ${query?.['on'] ?? query?.['to'] ?? ''}.${format}`)
    },
    onError: (problem) => notify.error(problem.message),
  })
  if (kind === undefined) {
    return (
      <Stack>
        <PageTitle title={t`Reports`} />
        <Text>
          <Trans>Reports show costs and stock. Ask an owner of the company for a role that sees them.</Trans>
        </Text>
      </Stack>
    )
  }
  // Another report than the one that was shown before is not that one while it comes.
  const shown = isPlaceholderData && data !== undefined && !fits(kind, data) ? undefined : data
  return (
    <Stack>
      <div>
        <PageTitle title={t`Reports`} />
        <Text c="dimmed" size="sm">
          {i18n._(kind.says)}
        </Text>
      </div>
      <Group justify="space-between" align="end">
        <Select
          label={t`Report`}
          value={kind.name}
          onChange={(value) => set({ report: value })}
          allowDeselect={false}
          data={open.map(({ name, title }) => ({ value: name, label: i18n._(title) }))}
        />
        <Group gap="xs">
          {(['csv', 'xlsx'] as const).map((format) => {
            const written = format.toUpperCase()
            return (
              <Button
                key={format}
                variant="default"
                loading={save.isPending && save.variables === format}
                disabled={query === null || save.isPending}
                onClick={() => save.mutate(format)}
              >
                <Trans>Save as {written}</Trans>
              </Button>
            )
          })}
        </Group>
      </Group>
      <Asked kind={kind} />
      {error !== null && (
        <Alert color="red" role="alert">
          <Text size="sm">{error.message}</Text>
          <Button size="xs" variant="default" mt="xs" onClick={() => void refetch()}>
            <Trans>Try again</Trans>
          </Button>
        </Alert>
      )}
      {shown === undefined ? (
        error === null && <Skeleton height={320} />
      ) : shown.items.length === 0 ? (
        <Text>
          <Trans>Nothing falls into this. Choose another period.</Trans>
        </Text>
      ) : (
        <>
          {kind.bars !== undefined && (
            <Suspense fallback={<Skeleton height={200} />}>
              <ReportChart report={shown} bars={kind.bars} />
            </Suspense>
          )}
          <ReportTable kind={kind} report={shown} />
        </>
      )}
    </Stack>
  )
}

function fits(kind: ReportKind, report: Report): boolean {
  const keys = report.columns.map(({ key }) => key)
  return (kind.bars ?? []).every(({ key }) => keys.includes(key))
}

/** The fields of a report: a day or a period, what it is put together by, and where. */
function Asked({ kind }: { readonly kind: ReportKind }) {
  const { t } = useLingui()
  const { asked, set } = useAddress()
  const { day, from, to } = usePeriod(asked)
  const phone = usePhone()
  return (
    <>
      <FieldRow>
        {kind.oneDay ? (
          <DateField label={t`At the end of`} value={day} onChange={(value) => set({ on: value })} />
        ) : (
          <>
            <DateField
              label={t`From`}
              value={from}
              onChange={(value) => set({ from: value })}
              error={isDate(from) && isDate(to) && from > to && t`Begins after it ends`}
            />
            <DateField label={t`Until`} value={to} onChange={(value) => set({ to: value })} />
          </>
        )}
        {kind.byWarehouse && (
          <WarehousePicker
            label={t`Warehouse (optional)`}
            value={asked('warehouse') === '' ? null : asked('warehouse')}
            onChange={(value) => set({ warehouse: value })}
          />
        )}
      </FieldRow>
      {kind.grouped && (
        <div>
          <SegmentedControl
            orientation={phone ? 'vertical' : 'horizontal'}
            fullWidth={phone}
            aria-label={t`Put together by`}
            value={asked('by') === '' ? 'product' : asked('by')}
            onChange={(value) => set({ by: value })}
            data={[
              { value: 'product', label: t`By product` },
              { value: 'party', label: kind.name === 'sales' ? t`By customer` : t`By vendor` },
              { value: 'month', label: t`By month` },
            ]}
          />
        </div>
      )}
    </>
  )
}

type Ask = (name: string) => string

/** This year's months so far, unless the address says otherwise. */
function usePeriod(asked: Ask) {
  const today = useToday()
  const or = (name: string, usual: string) => (asked(name) === '' ? usual : asked(name))
  return { day: or('on', today), from: or('from', `${today.slice(0, 4)}-01-01`), to: or('to', today) }
}

/** Null while a date is being typed. */
function useReportQuery(kind: ReportKind | undefined, asked: Ask): Readonly<Record<string, string>> | null {
  const { day, from, to } = usePeriod(asked)
  if (kind === undefined) return null
  if (kind.oneDay ? !isDate(day) : !isDate(from) || !isDate(to) || from > to) return null
  const by = asked('by')
  return {
    ...(kind.oneDay ? { on: day } : { from, to }),
    ...(kind.byWarehouse && asked('warehouse') !== '' && { warehouseId: asked('warehouse') }),
    ...(kind.grouped && { by: ['party', 'month'].includes(by) ? by : 'product' }),
  }
}
