import { Trans, useLingui } from '@lingui/react/macro'
import { Text } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import { PageLink } from '../../patterns/index.ts'
import { useFormat } from '../../ui/format.ts'
import { taxCategories } from '../taxes/categories.ts'
import { type ReportKind, columnLabels, totalLabels } from './report-kinds.ts'
import table from '../../ui/figure-table.module.css'
import classes from './reports.module.css'

/** A report as the API answers it; decimals are text. */
export interface Report {
  readonly currency: string
  readonly from: string | null
  readonly to: string
  readonly columns: readonly { readonly key: string; readonly type: string }[]
  readonly items: readonly Readonly<Record<string, string | null>>[]
  readonly rowCount: number
  readonly totals: Readonly<Record<string, string>>
}
type Row = Report['items'][number]
type Column = Report['columns'][number]

interface Props {
  readonly kind: ReportKind
  readonly report: Report
}

/** The rows of a report; what each is about is a link, and the sums are of all rows, shown or not. */
export function ReportTable({ kind, report }: Props) {
  const { t, i18n } = useLingui()
  const format = useFormat()
  const title = useId()
  const cell = useCell(report.currency)
  // A column without any value says nothing here: months have no code.
  const columns = report.columns.filter(
    ({ key, type }) => type !== 'id' && report.items.some((row) => row[key] != null),
  )
  const [first, ...others] = columns
  if (first === undefined) return null
  const named = Object.entries(report.totals).filter(([key]) => key in totalLabels)
  return (
    <section aria-labelledby={title}>
      <Text id={title} size="sm" c="dimmed" mb="xs">
        {i18n._(kind.title)}, {report.from === null ? '' : `${format.date(report.from)} – `}
        {format.date(report.to)}, {report.currency}
      </Text>
      <div className={table.scroll} role="group" aria-labelledby={title}>
        <table className={table.table}>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column.key} scope="col" data-right={isFigure(column) || undefined}>
                  {i18n._(columnLabels[column.key] ?? { id: column.key })}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {report.items.map((row, index) => (
              <tr key={row['productId'] ?? row['id'] ?? row['month'] ?? index}>
                <th scope="row">{linked(row, cell(first, row) ?? t`Without a product`)}</th>
                {others.map((column) => (
                  <td key={column.key} data-right={isFigure(column) || undefined}>
                    {cell(column, row)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
          {columns.some(({ key }) => key in report.totals) && (
            <tfoot>
              <tr>
                <th scope="row">
                  <Trans>Together</Trans>
                </th>
                {others.map((column) => {
                  const value = report.totals[column.key]
                  return (
                    <td key={column.key} data-right={isFigure(column) || undefined}>
                      {value !== undefined && format.money(value, report.currency)}
                    </td>
                  )
                })}
              </tr>
            </tfoot>
          )}
        </table>
      </div>
      {named.length > 0 && (
        <dl className={classes.totals}>
          {named.map(([key, value]) => (
            <div key={key}>
              <dt>{i18n._(totalLabels[key]!)}</dt>
              <dd>{format.money(value, report.currency, 'currency')}</dd>
            </div>
          ))}
        </dl>
      )}
      {report.rowCount > report.items.length && (
        <Text size="sm" c="dimmed" mt="sm">
          <Trans>
            {report.items.length} of {report.rowCount} rows are shown; the sums are of all, and the file has
            all.
          </Trans>
        </Text>
      )}
    </section>
  )
}

function isFigure({ type }: Column): boolean {
  return type === 'money' || type === 'quantity' || type === 'percent'
}

function linked(row: Row, text: ReactNode): ReactNode {
  const product = row['productId']
  if (product != null) return <PageLink href={`/products/${product}`}>{text}</PageLink>
  const id = row['id']
  if (id == null) return text
  return <PageLink href={row['quantity'] == null ? `/parties/${id}` : `/products/${id}`}>{text}</PageLink>
}

function useCell(currency: string) {
  const { t, i18n } = useLingui()
  const format = useFormat()
  return (column: Column, row: Row): ReactNode => {
    const value = row[column.key]
    if (value == null) return null
    if (column.key === 'side') return value === 'sales' ? t`Sales` : t`Purchases`
    if (column.key === 'category' && value in taxCategories)
      return i18n._(taxCategories[value as keyof typeof taxCategories])
    if (column.key === 'unitValue') return format.number(value)
    if (column.key === 'month') return format.month(value)
    if (column.type === 'money') return format.money(value, currency)
    if (column.type === 'percent') return format.percent(value)
    return column.type === 'quantity' ? format.number(value) : value
  }
}
