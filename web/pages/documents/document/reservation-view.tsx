import { msg } from '@lingui/core/macro'
import { Plural } from '@lingui/react/macro'
import { decimal } from '../../../../src/kernel/decimal.ts'
import type { OneOf } from '../../../api/index.ts'
import type { DocumentView, LineTable } from '../../../patterns/index.ts'
import { TimeLeft } from '../../../ui/time-left.tsx'
import { WarehouseCell } from '../lists/cells.tsx'
import { words } from '../lists/words.ts'
import { MomentText, Quantity, QuietQuantity, productColumn } from './parts.tsx'

type Reservation = OneOf<'stock-reservations'>
type Line = Reservation['lines'][number]

export function reservationView(reservation: Reservation): DocumentView {
  const { lines } = reservation
  const ended = lines.filter((line) => decimal(line.open).eq('0')).length
  const [done, all] = [ended, lines.length]
  return {
    kind: 'stock-reservation',
    id: reservation.id,
    number: reservation.number,
    state: reservation.state,
    version: reservation.version,
    party: { id: reservation.partyId, name: reservation.party.name },
    date: reservation.createdAt.slice(0, 10),
    total: null,
    badges: [],
    meters: [
      {
        id: 'used',
        text: (
          <Plural
            value={all}
            one={`Used or released ${done} of # line`}
            other={`Used or released ${done} of # lines`}
          />
        ),
        done: lines.length === 0 ? 0 : ended / lines.length,
        tone: ended === lines.length ? 'done' : ended > 0 ? 'warn' : 'info',
        explained: null,
      },
    ],
    facts: [
      {
        label: msg`Held until`,
        value: (
          <>
            <MomentText value={reservation.reserveUntil} />
            {reservation.state === 'active' && (
              <>
                {' · '}
                <TimeLeft until={reservation.reserveUntil} />
              </>
            )}
          </>
        ),
      },
      { label: words.warehouse, value: <WarehouseCell id={reservation.warehouseId} /> },
      { label: words.reference, value: reservation.reference },
    ],
    lines: {
      lines,
      idOf: (line: Line) => line.id,
      isOpen: (line: Line) => decimal(line.open).gt('0'),
      columns: [
        productColumn<Line>(),
        {
          id: 'quantity',
          label: msg`Quantity`,
          align: 'right',
          cell: (line: Line) => <Quantity value={line.quantity} unit={line.unit} />,
        },
        {
          id: 'held',
          label: msg`Held now`,
          align: 'right',
          cell: (line: Line) => <QuietQuantity value={line.reserved} />,
        },
        {
          id: 'ordered',
          label: msg`Ordered`,
          align: 'right',
          cell: (line: Line) => <QuietQuantity value={line.ordered} />,
        },
        {
          id: 'released',
          label: msg`Released`,
          align: 'right',
          cell: (line: Line) => <QuietQuantity value={line.released} />,
        },
      ],
    } as unknown as LineTable<never>,
    totals: [],
    notes: reservation.notes,
  }
}
