import { on } from './calendar.ts'
import type { Desk, Line } from './desk.ts'
import type { Answer } from './inner-api.ts'
import type { Story } from './tell.ts'
import type { VendorKey } from './vendors-data.ts'

/** The goods that Crimson begins with: ordered, received, billed and, some of it, paid. */
interface Opening {
  readonly from: VendorKey
  readonly ordered: number
  readonly received: number
  readonly billed: number
  readonly paid?: number
  readonly reference: string
  readonly lines: readonly Line[]
}

const openings: readonly Opening[] = [
  {
    from: 'taipei',
    ordered: -58,
    received: -51,
    billed: -50,
    paid: -20,
    reference: 'TM-240771',
    lines: [
      ['CB-13', '40'],
      ['CB-15E', '80'],
      ['WS-16', '12'],
      ['DOCK-C', '60'],
      ['HUB-7', '4', 'box'],
      ['KEY-US', '8', 'box'],
      ['KEY-PL', '6', 'box'],
      ['RTR-6', '40'],
      ['SWT-8', '50'],
    ],
  },
  {
    from: 'seoul',
    ordered: -58,
    received: -50,
    billed: -48,
    paid: -4,
    reference: 'SD-0093118',
    lines: [
      ['PH-5', '10', 'box'],
      ['PH-5P', '6', 'box'],
      ['PH-EZ', '4', 'box'],
      ['TB-8', '9', 'box'],
      ['TB-11', '10', 'box'],
      ['MON-24', '70'],
      ['MON-27', '50'],
      ['MON-32C', '6'],
    ],
  },
  {
    from: 'hamburg',
    ordered: -57,
    received: -49,
    billed: -48,
    paid: -35,
    reference: 'RE 2210-0418',
    lines: [
      ['CAB-HDMI', '10', 'box'],
      ['CAB-USBC', '8', 'box'],
      ['CAB-ETH', '6', 'roll'],
    ],
  },
  {
    from: 'osaka',
    ordered: -57,
    received: -48,
    billed: -47,
    paid: -17,
    reference: '請求書 10-2288',
    lines: [
      ['HEAD-1', '5', 'box'],
      ['CAM-HD', '5', 'box'],
      ['SSD-1T', '8', 'box'],
      ['SSD-2T', '4', 'box'],
      ['PRN-L1', '20'],
      ['INK-BK', '100'],
      ['INK-CL', '60'],
      ['CHR-1', '24'],
    ],
  },
  {
    from: 'wisla',
    ordered: -56,
    received: -48,
    billed: -47,
    paid: -26,
    reference: 'FV 881/10',
    lines: [
      ['BAG-15', '6', 'box'],
      ['PAP-A4', '40', 'box'],
      ['LBL-62', '6', 'box'],
    ],
  },
  {
    from: 'huila',
    ordered: -59,
    received: -46,
    billed: -46,
    reference: 'CH-5540',
    lines: [['COF-1K', '10', 'box']],
  },
  {
    from: 'bright',
    ordered: -56,
    received: -49,
    billed: -48,
    paid: -19,
    reference: 'SB-88204',
    lines: [
      ['MOU-W', '1', 'carton'],
      ['PWR-65', '6', 'box'],
      ['USB-64', '4', 'box'],
      ['LMP-1', '40'],
    ],
  },
]

export function openingStories(desk: Desk): Story[] {
  return openings.map((opening) => open(desk, opening))
}

async function* open(desk: Desk, opening: Opening): Story {
  const { from, lines, reference } = opening
  yield on(opening.ordered, 14)
  const order = await desk.buy(from, lines, { expectedDate: desk.calendar.date(opening.received) })
  yield on(opening.received, 11)
  await desk.receive(order, { lines: order.lines.map((line) => arrival(desk, line)) })
  yield on(opening.billed, 12)
  const bill = await desk.bill(order, { reference })
  if (opening.paid === undefined) return
  yield on(opening.paid, 15)
  await desk.pay('bills', bill, { reference })
}

/** A line of a receipt with the lots and serial numbers that stand on the boxes. */
function arrival(desk: Desk, { id, sku, quantity }: Answer['lines'][number]): object {
  const { calendar } = desk
  const lots: Readonly<Record<string, readonly object[]>> = {
    'INK-BK': [
      { number: 'N2417', expiresOn: calendar.date(21), quantity: '40' },
      { number: 'N2502', expiresOn: calendar.date(290), quantity: '60' },
    ],
    'INK-CL': [{ number: 'C2440', expiresOn: calendar.date(310), quantity: '60' }],
    'COF-1K': [
      { number: 'H-0412', expiresOn: calendar.date(-3), quantity: '48' },
      { number: 'H-0507', expiresOn: calendar.date(150), quantity: '72' },
    ],
  }
  const serials = Array.from({ length: 12 }, (_, i) => `WS16-${240_001 + i}`)
  return {
    sourceLineId: id,
    quantity,
    ...(sku !== null && lots[sku] && { lots: lots[sku] }),
    ...(sku === 'WS-16' && { serials }),
  }
}
