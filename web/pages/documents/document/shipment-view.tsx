import { msg } from '@lingui/core/macro'
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { type Decimal, decimal } from '../../../../src/kernel/decimal.ts'
import type { ShipmentKind } from '../../../../src/kinds.ts'
import type { OneOf } from '../../../api/index.ts'
import type { DocumentView, LineTable, Meter } from '../../../patterns/index.ts'
import { useFormat } from '../../../ui/format.ts'
import { useRejection } from '../../../ui/rejections.ts'
import classes from '../documents.module.css'
import { WarehouseCell, shownState } from '../lists/cells.tsx'
import { words } from '../lists/words.ts'
import { Amount, Disposition, LocationName, Place, ProductName, Quantity, QuietQuantity } from './parts.tsx'

type Shipment = OneOf<'delivery-notes'>
type Line = Shipment['lines'][number]

/** @param currency of the company: what goods are worth is always said in it */
export function shipmentView(kind: ShipmentKind, shipment: Shipment, currency: string): DocumentView {
  const posted = shipment.state === 'posted'
  return {
    kind,
    id: shipment.id,
    number: shipment.number,
    state: shownState(shipment),
    version: shipment.version,
    party: shipment.party === null ? null : { id: shipment.partyId, name: shipment.party.name },
    date: shipment.date,
    total: null,
    badges: [],
    meters: posted ? meters(kind, shipment) : [],
    facts: [
      {
        label: kind === 'stock-transfer' ? msg`From` : words.warehouse,
        value: <WarehouseCell id={shipment.warehouseId} />,
      },
      {
        label: msg`To`,
        value:
          kind === 'stock-transfer' ? (
            <WarehouseCell id={shipment.toWarehouseId ?? shipment.warehouseId} />
          ) : null,
      },
      {
        label: words.deliveryAddress,
        value: shipment.deliveryAddress && <Place of={shipment.deliveryAddress} />,
      },
      { label: words.reference, value: shipment.reference },
      { label: words.reason, value: shipment.reason },
      { label: words.carrier, value: shipment.carrier },
      { label: words.tracking, value: shipment.tracking },
      {
        label: msg`Reserved goods`,
        value: shipment.takeReservations ? <Trans>move with their reservations</Trans> : null,
      },
    ],
    lines: lineTable(kind, shipment, currency) as unknown as LineTable<never>,
    totals:
      shipment.value === null
        ? []
        : [
            {
              id: 'value',
              label: <Trans>Value of the goods</Trans>,
              amount: shipment.value,
              currency,
              strong: true,
              explained: 'value',
            },
          ],
    notes: shipment.notes,
  }
}

/** What of a line stayed: goods that were rejected are the first to go back, and never stayed. */
function stayed(line: Pick<Line, 'quantity' | 'rejectedQuantity' | 'returned'>): Decimal {
  const back = decimal(line.returned).minus(decimal(line.rejectedQuantity))
  return back.gt('0') ? decimal(line.quantity).minus(back) : decimal(line.quantity)
}

function meters(kind: ShipmentKind, { lines }: Shipment): Meter[] {
  const meter = (
    id: string,
    counted: readonly Line[],
    done: (line: Line) => Decimal,
    all: (line: Line) => Decimal,
    text: (done: number, of: number) => Meter['text'],
  ) => {
    const full = counted.filter((line) => done(line).gte(all(line))).length
    const some = counted.some((line) => done(line).gt('0'))
    return {
      id,
      text: text(full, counted.length),
      done: full / counted.length,
      tone: full === counted.length ? 'done' : some ? 'warn' : 'info',
      explained: null,
    } as const
  }
  const invoiced = (line: Line) => decimal(line.invoiced)
  const quantity = (line: Line) => decimal(line.quantity)
  // Of what went back before it was invoiced nothing is to be invoiced.
  const toInvoice = lines.filter((line) => stayed(line).gt('0') || invoiced(line).gt('0'))
  const returned = lines.some((line) => decimal(line.returned).gt('0'))
  switch (kind) {
    case 'delivery-note':
    case 'receipt-note':
      return [
        ...(toInvoice.length > 0
          ? [
              meter('invoiced', toInvoice, invoiced, stayed, (done, of) =>
                kind === 'delivery-note' ? (
                  <Plural
                    value={of}
                    one={`Invoiced ${done} of # line`}
                    other={`Invoiced ${done} of # lines`}
                  />
                ) : (
                  <Plural value={of} one={`Billed ${done} of # line`} other={`Billed ${done} of # lines`} />
                ),
              ),
            ]
          : []),
        ...(returned
          ? [
              meter(
                'returned',
                lines,
                (line) => decimal(line.returned),
                (line) => quantity(line).plus(decimal(line.rejectedQuantity)),
                (done, of) => (
                  <Plural
                    value={of}
                    one={`Returned in full ${done} of # line`}
                    other={`Returned in full ${done} of # lines`}
                  />
                ),
              ),
            ]
          : []),
      ]
    case 'sales-return':
    case 'purchase-return':
      return [
        meter('credited', lines, invoiced, quantity, (done, of) => (
          <Plural value={of} one={`Credited ${done} of # line`} other={`Credited ${done} of # lines`} />
        )),
      ]
    case 'stock-adjustment':
    case 'stock-transfer':
      return []
  }
}

function lineTable(kind: ShipmentKind, shipment: Shipment, currency: string): LineTable<Line> {
  const receipt = kind === 'receipt-note'
  const isReturn = kind === 'sales-return' || kind === 'purchase-return'
  const some = (pick: (line: Line) => string) => (line: Line) => decimal(pick(line)).gt('0')
  return {
    lines: shipment.lines,
    idOf: (line) => line.id,
    columns: [
      {
        id: 'product',
        label: msg`Product`,
        grow: true,
        cell: (line) => (
          <>
            <ProductName line={line} />
            <Lots line={line} />
          </>
        ),
      },
      {
        id: 'expected',
        label: msg`Expected`,
        align: 'right',
        optional: (line) => receipt && line.expectedQuantity !== null,
        cell: (line) => line.expectedQuantity !== null && <Quantity value={line.expectedQuantity} />,
      },
      {
        id: 'quantity',
        label: receipt ? msg`Accepted` : kind === 'stock-adjustment' ? msg`Change` : msg`Quantity`,
        align: 'right',
        cell: (line) =>
          // What a count changes is known when it is booked.
          kind === 'stock-adjustment' && shipment.state === 'draft' && line.countedQuantity !== null ? (
            '–'
          ) : kind === 'stock-adjustment' ? (
            <Signed value={line.quantityChange ?? line.quantity} unit={line.unit} />
          ) : (
            <Quantity value={line.quantity} unit={line.unit} />
          ),
      },
      {
        id: 'rejected',
        label: msg`Rejected`,
        align: 'right',
        optional: (line) => receipt && decimal(line.rejectedQuantity).gt('0'),
        cell: (line) => <QuietQuantity value={line.rejectedQuantity} />,
      },
      {
        id: 'counted',
        label: msg`Counted`,
        align: 'right',
        optional: (line) => line.countedQuantity !== null,
        cell: (line) => line.countedQuantity !== null && <Quantity value={line.countedQuantity} />,
      },
      {
        id: 'reason',
        label: msg`Reason`,
        optional: (line) => line.reason !== null && line.reason !== '',
        cell: (line) => line.reason !== null && <Reason text={line.reason} />,
      },
      {
        id: 'disposition',
        label: msg`Goes to`,
        optional: (line) => isReturn && line.disposition !== null,
        cell: (line) => (
          <>
            <Disposition value={line.disposition} />
            {line.replace && (
              <div className={classes.quiet}>
                <Trans>to be replaced</Trans>
              </div>
            )}
          </>
        ),
      },
      {
        id: 'location',
        label: msg`Location`,
        optional: (line) => line.locationId !== null,
        cell: (line) => line.locationId !== null && <LocationName id={line.locationId} />,
      },
      {
        id: 'to-location',
        label: msg`To location`,
        optional: (line) => line.toLocationId !== null,
        cell: (line) => line.toLocationId !== null && <LocationName id={line.toLocationId} />,
      },
      {
        id: 'arrived',
        label: msg`Arrived`,
        align: 'right',
        optional: () => shipment.viaTransit,
        cell: (line) => <QuietQuantity value={line.received} />,
      },
      {
        id: 'returned',
        label: msg`Returned`,
        align: 'right',
        optional: some((line) => line.returned),
        cell: (line) => <QuietQuantity value={line.returned} />,
      },
      {
        id: 'invoiced',
        label: isReturn ? msg`Credited` : receipt ? msg`Billed` : msg`Invoiced`,
        align: 'right',
        optional: some((line) => line.invoiced),
        cell: (line) => <QuietQuantity value={line.invoiced} />,
      },
      {
        id: 'value',
        label: msg`Value`,
        align: 'right',
        optional: (line) => line.value !== null,
        cell: (line) => line.value !== null && <Amount value={line.value} currency={currency} />,
      },
    ],
  }
}

function Reason({ text }: { readonly text: string }) {
  return useRejection()(text)
}

function Signed({ value, unit }: { readonly value: string; readonly unit: string }) {
  const format = useFormat()
  return (
    <span data-figure>
      {decimal(value).gt('0') && '+'}
      {format.quantity(value, unit)}
    </span>
  )
}

function Lots({ line }: { readonly line: Line }) {
  const { t } = useLingui()
  const format = useFormat()
  if (line.lots.length === 0) return null
  // Of serial numbers the last of a receipt are the rejected ones.
  const serials = line.serials.length === line.lots.length
  const kept = line.lots.length - Number(line.rejectedQuantity)
  const words = line.lots.map((lot, at) =>
    [
      lot.number,
      line.serials.includes(lot.number) ? null : format.number(lot.quantity),
      serials && at >= kept ? t`rejected` : null,
      lot.expiresOn === null ? null : format.date(lot.expiresOn),
    ]
      .filter((part) => part !== null)
      .join(' · '),
  )
  return <span className={classes.lots}>{words.join(', ')}</span>
}
