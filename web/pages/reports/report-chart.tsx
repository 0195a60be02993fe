import { useLingui } from '@lingui/react/macro'
import { useFormat } from '../../ui/format.ts'
import Chart from '../home/chart.tsx'
import { columnLabels } from './report-kinds.ts'
import type { Report } from './report-table.tsx'

/** More bars than these cannot be read beside each other. */
const mostBars = 12

const longestLabel = 24

function short(name: string): string {
  return name.length > longestLabel ? `${name.slice(0, longestLabel - 1).trimEnd()}…` : name
}

interface Props {
  readonly report: Report
  readonly bars: readonly { readonly key: string; readonly color: string }[]
}

/** The largest rows as bars, or the months. The table below says the same and is what screen readers get. */
export default function ReportChart({ report, bars }: Props) {
  const { i18n } = useLingui()
  const format = useFormat()
  const rows = report.items.slice(0, mostBars).map((row) => ({
    label: row['month'] == null ? short(row['name'] ?? row['sku'] ?? '–') : format.month(row['month']),
    ...Object.fromEntries(bars.map(({ key }) => [key, row[key] ?? '0'])),
  }))
  return (
    <div aria-hidden>
      <Chart
        rows={rows}
        series={bars.map(({ key, color }) => ({ name: key, color, label: i18n._(columnLabels[key]!) }))}
      />
    </div>
  )
}
