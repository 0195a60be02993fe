import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Static } from 'typebox'
import type { AnyKind } from '../../../src/kinds.ts'
import type { ExplanationOut } from '../../../src/stock/explain/schema.ts'
import { type Json, api, dataKey } from '../../api/index.ts'
import { useFormat } from '../../ui/format.ts'
import { kindWords } from '../../ui/kinds.ts'
import { PageLink, documentHref } from '../links.tsx'
import { WhyFrame } from '../why-frame.tsx'
import { WhyLoading, WhySum } from '../why-sum.tsx'
import classes from './stock-why.module.css'

type Explanation = Json<Static<typeof ExplanationOut>>
type Reason = Explanation['rows'][number]
export type StockFigure = Explanation['field']

/** What each figure is called, and the rule behind it; the server says the same in English. */
export const stockFigures: Readonly<
  Record<StockFigure, { readonly label: MessageDescriptor; readonly rule: MessageDescriptor }>
> = {
  onHand: {
    label: msg`On hand`,
    rule: msg`Everything that moved into the stock places of the warehouse, less everything that moved out of them.`,
  },
  reserved: {
    label: msg`Reserved`,
    rule: msg`What orders and reservations hold, in the order in which they are served. A reservation counts until it ends.`,
  },
  available: {
    label: msg`Available`,
    rule: msg`On hand, less what is reserved, less lots that have expired.`,
  },
  incoming: { label: msg`Incoming`, rule: msg`What confirmed purchase orders still expect.` },
  outgoing: {
    label: msg`Outgoing`,
    rule: msg`What confirmed sales orders still have to deliver, held or waiting.`,
  },
  forecast: { label: msg`Forecast`, rule: msg`On hand, plus what is incoming, less what is outgoing.` },
  value: {
    label: msg`Value`,
    rule: msg`What the goods that came in were worth, less what those that went out cost, with the corrections of later bills.`,
  },
}

interface Props {
  readonly productId: string
  readonly warehouseId: string
  readonly field: StockFigure
  /** Of the figure, for screen readers: 'CB-14, Main, available'. */
  readonly name: string
  readonly children: ReactNode
}

/** A figure of a stock level as a button: Enter opens the documents that add up to it. */
export function StockWhy({ name, children, ...level }: Props) {
  const { i18n } = useLingui()
  const figure = i18n._(stockFigures[level.field].label)
  return (
    <WhyFrame side="end" width={420} name={`${figure}: ${name}`} because={<StockReasons {...level} />}>
      {children}
      <span className="visually-hidden">
        {' '}
        {name}, {figure}
      </span>
    </WhyFrame>
  )
}

/** The documents that add up to a figure of a stock level, and the rule. */
export function StockReasons({ productId, warehouseId, field }: Omit<Props, 'name' | 'children'>) {
  const { i18n } = useLingui()
  const format = useFormat()
  const level = { productId, warehouseId, field }
  const { data, error } = useQuery({
    queryKey: dataKey('stock/levels', 'explain', level),
    queryFn: ({ signal }) => api.get<Explanation>('/stock/levels/explain', level, { signal }),
  })
  if (error !== null) return <Text size="sm">{error.message}</Text>
  if (data === undefined) return <WhyLoading />
  const money = field === 'value'
  const show = (value: string) => (money ? format.money(value, data.unit) : format.number(value))
  const total = money
    ? format.money(data.value, data.unit, 'currency')
    : format.quantity(data.value, data.unit)
  return (
    <>
      <WhySum
        title={i18n._(stockFigures[field].label)}
        total={total}
        rows={data.rows.map((row, index) => ({
          key: `${row.id ?? ''} ${row.cause} ${index}`,
          label: <ReasonLabel row={row} />,
          figure: show(row.quantity ?? row.amount ?? '0'),
        }))}
      />
      <p className={classes.rule}>{i18n._(stockFigures[field].rule)}</p>
      <PageLink
        href={`/stock/moves?productId=${productId}&warehouseId=${warehouseId}`}
        size="sm"
        className={classes.more}
      >
        <Trans>All movements in the ledger</Trans>
      </PageLink>
    </>
  )
}

function ReasonLabel({ row }: { readonly row: Reason }) {
  const { i18n } = useLingui()
  const format = useFormat()
  const date = row.date === null ? null : format.date(row.date)
  if (row.cause === 'on-hand') return <Trans>On hand</Trans>
  if (row.cause === 'more')
    return <Plural value={row.count ?? 0} one="# more, summed up" other="# more, summed up" />
  if (row.cause === 'expired-lot')
    return (
      <Trans>
        Lot {row.number}, expired on {date}
      </Trans>
    )
  if (row.id === null || row.kind === null) return row.label
  const kind = row.kind as AnyKind
  const word = i18n._(kindWords[kind].one)
  const details = [word, row.party, date].filter((part) => part !== null).join(' · ')
  return (
    <>
      <PageLink href={documentHref(kind, row.id)} size="sm">
        {row.number ?? word}
      </PageLink>
      {row.priority !== null && row.priority !== 0 && (
        <span className={classes.mark}>
          <Trans>priority {row.priority}</Trans>
        </span>
      )}
      {row.cause === 'reversal' && (
        <span className={classes.mark}>
          <Trans>reversed</Trans>
        </span>
      )}
      {row.cause === 'correction' && (
        <span className={classes.mark}>
          <Trans>corrected the cost</Trans>
        </span>
      )}
      {row.cause === 'negative-stock' && (
        <span className={classes.mark}>
          <Trans>set the cost of goods that left before they came</Trans>
        </span>
      )}
      <span className={classes.quiet}>{details}</span>
    </>
  )
}
