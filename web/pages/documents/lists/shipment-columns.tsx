import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { decimal } from '../../../../src/kernel/decimal.ts'
import { type ShipmentKind, countedAs, describeShipment } from '../../../../src/kinds.ts'
import type { ItemOf } from '../../../api/index.ts'
import { type ListColumn, PageLink, documentHref } from '../../../patterns/index.ts'
import { useCompany } from '../../../session/index.ts'
import { kindWords } from '../../../ui/kinds.ts'
import { StatusBadge } from '../../../ui/status-badge.tsx'
import { type Dimension, columnWords, dimensionWords, stateWords } from '../../../ui/status.ts'
import classes from '../documents.module.css'
import { MoneyCell } from './cells.tsx'
import { dispositionWords, words } from './words.ts'

export type Row = ItemOf<'delivery-notes'>
type Column = ListColumn<Row>

/** Figures of quantities are never added up over products: lines are counted. */
function LineCount({ count, bad = false }: { readonly count: number; readonly bad?: boolean }) {
  return (
    <span data-figure className={count === 0 ? classes.quiet : bad ? classes.late : undefined}>
      {count === 0 ? '–' : <Plural value={count} one="# line" other="# lines" />}
    </span>
  )
}

function Arrived({ row }: { readonly row: Row }) {
  const { arrivedLines: arrived, lineCount: all } = row
  if (arrived === null) return null
  return (
    <span data-figure>
      <Trans>
        {arrived} of {all}
      </Trans>
    </span>
  )
}

function Dispositions({ row }: { readonly row: Row }) {
  const { i18n } = useLingui()
  return row.dispositions.map((value) => i18n._(dispositionWords[value]!)).join(', ')
}

function ValueChange({ value }: { readonly value: string }) {
  const { currency } = useCompany()
  return (
    <span className={decimal(value).lt('0') ? classes.late : undefined}>
      <MoneyCell amount={value} currency={currency} />
    </span>
  )
}

/** The document that this one was made from, as a link. */
export function sourceColumn(kind: ShipmentKind): readonly Column[] {
  const { source } = describeShipment(kind)
  if (source === null) return []
  return [
    {
      id: 'source',
      width: 'short',
      label: kindWords[source.kind].one,
      path: 'sourceNumber',
      cell: (row) =>
        row.sourceId !== null &&
        row.sourceNumber !== null && (
          <PageLink href={documentHref(source.kind, row.sourceId)} size="sm">
            {row.sourceNumber}
          </PageLink>
        ),
    },
  ]
}

export const linesColumn: Column = {
  id: 'lines',
  width: 'count',
  label: words.lines,
  align: 'right',
  path: 'lineCount',
  cell: (row) => row.lineCount,
}

/** How far it is invoiced, billed or credited; before it is booked, and when it was undone, how it stands. */
export function invoicedColumn(kind: ShipmentKind): readonly Column[] {
  const counted = countedAs(kind)
  if (counted === null) return []
  const vendor = describeShipment(kind).side === 'vendor'
  const { draft, reversed } = stateWords(kind)
  const unbooked = { draft: draft!, reversed: reversed! }
  const dimension: Dimension = counted === 'returned' ? 'crediting' : vendor ? 'billing' : 'invoicing'
  return [
    {
      id: 'invoiced',
      width: 'status',
      label: counted === 'returned' ? words.credited : vendor ? words.billed : words.invoiced,
      words: { ...columnWords(dimension), ...unbooked },
      file: {
        path: 'invoicing',
        words: dimensionWords(dimension),
        or: [{ path: 'state', when: { state: ['draft', 'reversed'] }, words: unbooked }],
      },
      cell: (row) =>
        row.state !== 'posted' ? (
          <StatusBadge kind={kind} state={row.state} />
        ) : (
          row.invoicing !== null && <StatusBadge dimension={dimension} value={row.invoicing} inColumn />
        ),
    },
  ]
}

/** A count of lines; in the file it is said of what, for it stands beside others there. */
const countOfLines = (
  id: string,
  label: MessageDescriptor,
  file: { readonly path: string; readonly label: MessageDescriptor },
  cell: Column['cell'],
): Column => ({ id, width: 'word', label, align: 'right', file, cell })

/** What a receipt took and what it did not. */
export const acceptedColumns: readonly Column[] = [
  countOfLines('accepted', msg`Accepted`, { path: 'acceptedLines', label: msg`Lines accepted` }, (row) => (
    <LineCount count={row.acceptedLines} />
  )),
  countOfLines('rejected', msg`Rejected`, { path: 'rejectedLines', label: msg`Lines rejected` }, (row) => (
    <LineCount count={row.rejectedLines} bad />
  )),
]

export const reasonColumn: Column = {
  id: 'reason',
  label: words.reason,
  path: 'reasons',
  cell: (row) => row.reasons.join(', '),
}

export const dispositionColumn: Column = {
  id: 'disposition',
  label: msg`Goes to`,
  path: 'dispositions',
  words: dispositionWords,
  cell: (row) => <Dispositions row={row} />,
}

export const transferColumns: readonly Column[] = [
  countOfLines('sent', msg`Sent`, { path: 'lineCount', label: msg`Lines sent` }, (row) => (
    <LineCount count={row.lineCount} />
  )),
  countOfLines(
    'received',
    msg`Received`,
    { path: 'arrivedLines', label: msg`Lines received in full` },
    (row) => <Arrived row={row} />,
  ),
  countOfLines(
    'differences',
    msg`Differences`,
    { path: 'differingLines', label: msg`Lines that differ` },
    (row) => row.differingLines !== null && <LineCount count={row.differingLines} bad />,
  ),
]

export const valueColumn: Column = {
  id: 'value',
  width: 'money',
  label: msg`Value change`,
  align: 'right',
  path: 'value',
  cell: (row) => row.value !== null && <ValueChange value={row.value} />,
}
