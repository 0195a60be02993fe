import { Trans, useLingui } from '@lingui/react/macro'
import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Static } from 'typebox'
import { decimal } from '../../../src/kernel/decimal.ts'
import type { AnyKind } from '../../../src/kinds.ts'
import type { ProposalExplained } from '../../../src/replenishment/proposals/schema.ts'
import { type Json, api, dataKey } from '../../api/index.ts'
import { PageLink, documentHref } from '../../patterns/index.ts'
import { WhyFrame } from '../../patterns/why-frame.tsx'
import { WhyLoading, WhySum } from '../../patterns/why-sum.tsx'
import { useFormat } from '../../ui/format.ts'
import { kindWords } from '../../ui/kinds.ts'
import classes from './replenishment.module.css'
import type { Proposal } from './use-ordering.ts'

type Explained = Json<Static<typeof ProposalExplained>>
type Reason = Explained['rows'][number]

/** What will be left, as a button: it opens the documents that add up to it, and how the quantity follows from it. */
export function WhyProposal({ row }: { readonly row: Proposal }) {
  const { t } = useLingui()
  const format = useFormat()
  const { sku } = row
  return (
    <WhyFrame side="end" width={420} name={t`Why ${sku} is proposed`} because={<Reasons row={row} />}>
      <span className={decimal(row.projected).lt('0') ? classes.bad : undefined}>
        {format.number(row.projected)}
      </span>
    </WhyFrame>
  )
}

function Reasons({ row }: { readonly row: Proposal }) {
  const format = useFormat()
  const { productId, warehouseId } = row
  const { data, error } = useQuery({
    queryKey: dataKey('purchase-proposals', 'explain', { productId, warehouseId }),
    queryFn: ({ signal }) =>
      api.get<Explained>('/purchase-proposals/explain', { productId, warehouseId }, { signal }),
  })
  if (error !== null) return <Text size="sm">{error.message}</Text>
  if (data === undefined) return <WhyLoading />
  const quantity = (value: string) => format.quantity(value, data.unit)
  const until = format.date(data.until)
  const lowestOn = format.date(data.lowestOn)
  const [left, lowest, least] = [quantity(data.projected), quantity(data.lowest), quantity(data.minimum)]
  return (
    <>
      <WhySum
        title={<Trans>Will be left on {until}</Trans>}
        total={left}
        rows={data.rows.map((reason, index) => ({
          key: `${reason.id ?? ''} ${reason.cause} ${index}`,
          label: <ReasonLabel reason={reason} of={data} />,
          figure: format.number(reason.quantity),
        }))}
      />
      <p className={classes.rule}>
        {decimal(data.projected).lt(data.minimum) ? (
          <Trans>That is less than the minimum, {least}.</Trans>
        ) : (
          <Trans>That is not less than the minimum, {least}.</Trans>
        )}{' '}
        <HowMany of={data} />{' '}
        <Trans>
          By what is dated there will be the least on {lowestOn}: {lowest}.
        </Trans>
        <Later of={data} />
      </p>
    </>
  )
}

function HowMany({ of }: { readonly of: Explained }) {
  const format = useFormat()
  if (!decimal(of.quantity).gt('0')) return null
  const quantity = (value: string) => format.quantity(value, of.unit)
  const maximum = quantity(of.maximum)
  const lacking = decimal(of.maximum).minus(decimal(of.projected))
  const [missing, ordered, pack] = [quantity(lacking.toFixed()), quantity(of.quantity), quantity(of.packSize)]
  const atLeast = of.vendorMinimum !== null && decimal(of.vendorMinimum).gt(lacking) ? of.vendorMinimum : null
  const sold = atLeast === null ? '' : quantity(atLeast)
  return (
    <>
      <Trans>
        Up to the maximum, {maximum}, it takes {missing}.
      </Trans>{' '}
      {atLeast !== null && (
        <>
          <Trans>The vendor sells at least {sold}.</Trans>{' '}
        </>
      )}
      <Trans>
        In packs of {pack} that makes {ordered}.
      </Trans>
    </>
  )
}

function Later({ of }: { readonly of: Explained }) {
  const format = useFormat()
  if (!decimal(of.later).gt('0')) return null
  const later = format.quantity(of.later, of.unit)
  return (
    <>
      {' '}
      <Trans>{later} more are on order for a later day, which does not count.</Trans>
    </>
  )
}

function ReasonLabel({ reason, of }: { readonly reason: Reason; readonly of: Explained }) {
  const { i18n } = useLingui()
  const format = useFormat()
  if (reason.cause === 'on-hand') return <Trans>On hand</Trans>
  if (reason.cause === 'expired') return <Trans>Lots that have expired</Trans>
  if (reason.cause === 'demand') {
    const [perDay, demand] = [format.number(of.demandPerDay), format.number(of.demand)]
    return (
      <>
        <Trans>Expected besides what is ordered</Trans>
        <span className={classes.quiet}>
          <Trans>
            past sales, {perDay} a day, make {demand}
          </Trans>
        </span>
      </>
    )
  }
  if (reason.id === null || reason.kind === null) return <Trans>More documents, summed up</Trans>
  const kind = reason.kind as AnyKind
  const word = i18n._(kindWords[kind].one)
  const date = reason.date === null ? null : format.date(reason.date)
  const details = [word, reason.party, date].filter((part) => part !== null).join(' · ')
  return (
    <>
      <PageLink href={documentHref(kind, reason.id)} size="sm">
        {reason.number ?? <Trans>Draft</Trans>}
      </PageLink>
      <span className={classes.quiet}>{details}</span>
    </>
  )
}
