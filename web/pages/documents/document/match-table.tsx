import { msg } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { Alert } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react'
import { type OneOf, documentQuery } from '../../../api/index.ts'
import { useReason } from '../../../patterns/index.ts'
import { useFormat } from '../../../ui/format.ts'
import { StatusBadge } from '../../../ui/status-badge.tsx'
import classes from '../documents.module.css'
import { ProductName } from './parts.tsx'

type Bill = OneOf<'bills'>
type Difference = NonNullable<Bill['match']>['differences'][number]

const fields = { quantity: msg`Quantity`, price: msg`Price`, reference: msg`Vendor's number` } as const

/** Ordered, received, billed, line by line; what differs beyond the tolerance stands on top. */
export function MatchTable({ bill }: { readonly bill: Bill }) {
  const { t } = useLingui()
  const format = useFormat()
  const reason = useReason()
  const order = useQuery({
    ...documentQuery('purchase-orders', bill.orderId ?? ''),
    enabled: bill.orderId !== null,
  })
  const match = bill.match!
  const ordered = new Map((order.data?.lines ?? []).map((line) => [line.id, line]))
  const differing = new Set(match.differences.map((each) => each.lineId))
  const lines = [...bill.lines]
    .filter((line) => line.orderLineId !== null)
    .sort((a, b) => Number(differing.has(b.id)) - Number(differing.has(a.id)))
  const whole = match.differences.filter((each) => each.lineId === null)
  const { decision } = match
  if (lines.length === 0 && match.differences.length === 0) return null
  return (
    <section aria-label={t`Three-way match`}>
      <h2 className={classes.matchTitle}>
        <Trans>Ordered, received, billed</Trans> <StatusBadge dimension="match" value={match.status} />
      </h2>
      {whole.map((each) => (
        <Alert key={each.message} color="red" variant="light" my="xs">
          {reason(each.message)}
        </Alert>
      ))}
      {decision !== null && (
        <p className={classes.decision}>
          <Decision {...decision} />
        </p>
      )}
      {lines.length > 0 && (
        <div className={classes.matchScroll}>
          <table className={classes.match}>
            <thead>
              <tr>
                <th scope="col">
                  <Trans>Product</Trans>
                </th>
                <th scope="col" data-align="right">
                  <Trans>Ordered</Trans>
                </th>
                <th scope="col" data-align="right">
                  <Trans>Received</Trans>
                </th>
                <th scope="col" data-align="right">
                  <Trans>Billed</Trans>
                </th>
                <th scope="col" data-align="right">
                  <Trans>Price ordered</Trans>
                </th>
                <th scope="col" data-align="right">
                  <Trans>Price billed</Trans>
                </th>
                <th scope="col">
                  <Trans>Result</Trans>
                </th>
              </tr>
            </thead>
            <tbody>
              {lines.map((line) => {
                const source = ordered.get(line.orderLineId ?? '')
                const wrong = match.differences.filter((each) => each.lineId === line.id)
                return (
                  <tr key={line.id} data-differs={wrong.length > 0 || undefined}>
                    <td>
                      <ProductName line={line} />
                    </td>
                    <td data-align="right">{source && format.quantity(source.quantity, source.unit)}</td>
                    <td data-align="right">{source && format.number(source.received ?? '0')}</td>
                    <td data-align="right">{format.number(line.quantity)}</td>
                    <td data-align="right">{source && format.number(source.unitPrice)}</td>
                    <td data-align="right">{format.number(line.unitPrice)}</td>
                    <td className={classes.matchResult}>
                      <Result differences={wrong} />
                    </td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}

function Result({ differences }: { readonly differences: readonly Difference[] }) {
  const { i18n } = useLingui()
  const reason = useReason()
  if (differences.length === 0)
    return (
      <span className={classes.matches}>
        <IconCheck size={16} aria-hidden /> <Trans>Matches</Trans>
      </span>
    )
  return (
    <ul>
      {differences.map((each) => (
        <li key={each.field}>
          <IconAlertTriangle size={16} aria-hidden /> <b>{i18n._(fields[each.field])}:</b>{' '}
          {reason(each.message)}
        </li>
      ))}
    </ul>
  )
}

function Decision({ reason, by, at }: { readonly reason: string; readonly by: string; readonly at: string }) {
  const format = useFormat()
  const moment = format.moment(at)
  return (
    <Trans>
      Accepted by {by}, {moment}: {reason}
    </Trans>
  )
}
