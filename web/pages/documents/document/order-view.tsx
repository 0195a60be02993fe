import { msg } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { decimal } from '../../../../src/kernel/decimal.ts'
import type { OrderKind } from '../../../../src/kinds.ts'
import type { OneOf } from '../../../api/index.ts'
import { type DocumentView, type LineTable, PageLink } from '../../../patterns/index.ts'
import { useToday } from '../../../session/index.ts'
import { useFormat } from '../../../ui/format.ts'
import { StatusBadge } from '../../../ui/status-badge.tsx'
import { DueCell, WarehouseCell } from '../lists/cells.tsx'
import { words } from '../lists/words.ts'
import {
  Amount,
  Place,
  Price,
  Percent,
  Quantity,
  QuietQuantity,
  Taxes,
  lineMeter,
  productColumn,
  totalRows,
} from './parts.tsx'

type Order = OneOf<'sales-orders'>
type Line = Order['lines'][number]

const isOpen = (line: Line): boolean => decimal(line.open).gt('0') || decimal(line.toInvoice).gt('0')

export function orderView(kind: OrderKind, order: Order): DocumentView {
  const sales = kind === 'sales-order'
  const counts = order.state === 'confirmed' || order.state === 'closed'
  const waiting = order.lines.some((line) => decimal(line.backordered).gt('0'))
  return {
    kind,
    id: order.id,
    number: order.number,
    state: order.state,
    version: order.version,
    party: { id: order.partyId, name: order.party.name },
    date: order.orderDate,
    total: { amount: order.totals.gross, currency: order.currency },
    badges: [
      ...(order.state === 'confirmed' && waiting
        ? [<StatusBadge key="waiting" dimension="delivery" value="waiting" />]
        : []),
      ...(order.returned === 'none'
        ? []
        : [<StatusBadge key="returned" dimension="returned" value={order.returned} />]),
    ],
    meters: counts
      ? [
          ...lineMeter(
            sales ? 'delivery' : 'receipt',
            order.fulfilment,
            order.lines
              .filter((line) => line.stocked)
              .map((line) => ({ left: line.open, all: remaining(line) })),
          ),
          ...lineMeter(
            sales ? 'invoicing' : 'billing',
            order.invoicing,
            order.lines.map((line) => ({ left: line.toInvoice, all: line.quantity })),
          ),
        ]
      : [],
    facts: [
      {
        label: sales ? words.promised : words.expected,
        value: order.expectedDate && (
          <DueCell
            value={order.expectedDate}
            open={order.state === 'confirmed' && order.fulfilment !== 'full'}
          />
        ),
      },
      { label: words.deliveryAddress, value: order.deliveryAddress && <Place of={order.deliveryAddress} /> },
      { label: words.reference, value: order.reference },
      { label: words.warehouse, value: <WarehouseCell id={order.warehouseId} /> },
      { label: msg`Payment term`, value: <Days count={order.paymentTermDays} /> },
      { label: msg`Priority`, value: order.priority === 0 ? null : order.priority },
      {
        label: msg`Discount`,
        value: decimal(order.discountPercent).gt('0') ? <Percent value={order.discountPercent} /> : null,
      },
      {
        label: msg`Exchange rate`,
        value: decimal(order.exchangeRate).eq('1') ? null : <Quantity value={order.exchangeRate} />,
      },
      {
        label: msg`Prices`,
        value: order.pricesIncludeTax ? <Trans>include tax</Trans> : null,
      },
      {
        label: msg`Reservation`,
        value:
          order.reservationId === null ? null : (
            <PageLink href={`/stock-reservations/${order.reservationId}`} size="sm">
              <Trans>Open the reservation</Trans>
            </PageLink>
          ),
      },
    ],
    lines: lineTable(kind, order) as unknown as LineTable<never>,
    totals: totalRows(order),
    notes: order.notes,
  }
}

/** What was ever to be delivered of a line. */
function remaining(line: Line): string {
  return decimal(line.quantity).minus(decimal(line.cancelled)).toFixed()
}

function Days({ count }: { readonly count: number }) {
  if (count === 0) return <Trans>at once</Trans>
  return <Trans>{count} days</Trans>
}

function lineTable(kind: OrderKind, order: Order): LineTable<Line> {
  const sales = kind === 'sales-order'
  const counts = order.state === 'confirmed' || order.state === 'closed'
  const some = (pick: (line: Line) => string | undefined) => (line: Line) =>
    decimal(pick(line) ?? '0').gt('0')
  const shipped = (line: Line): string => (sales ? line.delivered : line.received) ?? '0'
  return {
    lines: order.lines,
    idOf: (line) => line.id,
    ...(counts && { isOpen }),
    columns: [
      productColumn(),
      {
        id: 'quantity',
        label: counts ? msg`Ordered` : msg`Quantity`,
        align: 'right',
        cell: (line) => <Quantity value={line.quantity} unit={line.unit} />,
      },
      ...(counts
        ? ([
            {
              id: 'shipped',
              label: sales ? msg`Delivered` : msg`Received`,
              align: 'right',
              cell: (line: Line) => <QuietQuantity value={shipped(line)} />,
            },
            {
              id: 'rejected',
              label: msg`Rejected`,
              align: 'right',
              optional: some((line) => line.rejected),
              cell: (line: Line) => <QuietQuantity value={line.rejected} />,
            },
            {
              id: 'returned',
              label: msg`Returned`,
              align: 'right',
              optional: some((line) => line.returned),
              cell: (line: Line) => <QuietQuantity value={line.returned} />,
            },
            {
              id: 'cancelled',
              label: msg`Cancelled`,
              align: 'right',
              optional: some((line) => line.cancelled),
              cell: (line: Line) => <QuietQuantity value={line.cancelled} />,
            },
            {
              id: 'open',
              label: msg({ message: 'Open', context: 'quantity' }),
              align: 'right',
              cell: (line: Line) => <OpenQuantity line={line} sales={sales} />,
            },
            {
              id: 'invoiced',
              label: sales ? msg`Invoiced` : msg`Billed`,
              align: 'right',
              cell: (line: Line) => <QuietQuantity value={line.invoiced} />,
            },
            {
              id: 'credited',
              label: msg`Credited`,
              align: 'right',
              optional: some((line) => line.credited),
              cell: (line: Line) => <QuietQuantity value={line.credited} />,
            },
          ] as const)
        : []),
      {
        id: 'price',
        label: msg`Price`,
        align: 'right',
        cell: (line) => <Price value={line.unitPrice} />,
      },
      {
        id: 'discount',
        label: msg`Discount`,
        align: 'right',
        optional: some((line) => line.discountPercent),
        cell: (line) =>
          decimal(line.discountPercent).gt('0') ? <Percent value={line.discountPercent} /> : null,
      },
      {
        id: 'tax',
        label: msg`Tax`,
        align: 'right',
        cell: (line) => <Taxes taxes={line.taxes} />,
      },
      {
        id: 'net',
        label: msg`Net`,
        align: 'right',
        cell: (line) => <Amount value={line.net} currency={order.currency} />,
      },
    ],
  }
}

/** What is still to come of a line, and how much of it is held. */
function OpenQuantity({ line, sales }: { readonly line: Line; readonly sales: boolean }) {
  if (!line.stocked || decimal(line.open).eq('0')) return <QuietQuantity value="0" />
  return (
    <>
      <b>
        <Quantity value={line.open} />
      </b>
      {sales && <Held line={line} />}
      {sales && <PromisedOn line={line} />}
    </>
  )
}

/** When all of it can be promised, unless that is today. */
function PromisedOn({ line }: { readonly line: Line }) {
  const format = useFormat()
  const today = useToday()
  if (line.availableOn === today) return null
  if (line.availableOn === null)
    return (
      <div>
        <Trans>too little on order</Trans>
      </div>
    )
  const date = format.date(line.availableOn)
  return (
    <div>
      <Trans>all on {date}</Trans>
    </div>
  )
}

function Held({ line }: { readonly line: Line }) {
  if (decimal(line.backordered).gt('0')) {
    const { reserved } = line
    return (
      <div>
        <Trans>
          <Quantity value={reserved} /> held
        </Trans>
      </div>
    )
  }
  return null
}
