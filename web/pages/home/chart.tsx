import { BarChart } from '@mantine/charts'
import '@mantine/charts/styles.css'
import { useFormat } from '../../ui/format.ts'

export interface ChartProps {
  readonly rows: readonly { readonly label: string; readonly [series: string]: string }[]
  readonly series: readonly { readonly name: string; readonly label: string; readonly color: string }[]
}

/** Bars by month. The table beside it says the same; figures lose their last digits here and nowhere else. */
export default function Chart({ rows, series }: ChartProps) {
  const format = useFormat()
  const data = rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [name, name === 'label' ? value : Number(value)]),
    ),
  )
  return (
    <BarChart
      h={200}
      data={data}
      dataKey="label"
      series={series.map((each) => ({ ...each }))}
      withLegend
      gridAxis="x"
      tickLine="none"
      maxBarWidth={28}
      textColor="var(--mantine-color-dimmed)"
      gridColor="var(--zapas-line)"
      valueFormatter={(value) => format.number(String(Math.round(value)))}
      yAxisProps={{ width: 72 }}
      barChartProps={{ accessibilityLayer: false }}
      barProps={{ isAnimationActive: false }}
    />
  )
}
