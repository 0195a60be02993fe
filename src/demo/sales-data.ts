import type { CustomerKey } from './customers-data.ts'
import type { Line } from './desk.ts'

/** A sale as it mostly goes. Days count from today; what is left out has not happened (yet). */
export interface Sale {
  readonly who: CustomerKey
  readonly ordered: number
  readonly lines: readonly Line[]
  readonly expected?: number
  readonly reference?: string
  readonly priority?: number
  /** A draft that nobody has confirmed. */
  readonly draft?: true
  readonly delivered?: number
  /** Of the first delivery, by SKU; left out: all that is held. */
  readonly part?: Readonly<Record<string, string>>
  readonly invoiced?: number
  readonly paid?: number
  /** Left out: all of it. */
  readonly amount?: string
  readonly method?: 'bank' | 'card' | 'cash'
  readonly ended?: { readonly day: number; readonly how: 'close' | 'cancel'; readonly reason: string }
}

const paid: readonly Sale[] = [
  {
    who: 'northern',
    ordered: -45,
    reference: 'PO 8812',
    lines: [
      ['WS-16', '3'],
      ['DOCK-C', '3'],
      ['SRV-WAR3', '3'],
    ],
    delivered: -42,
    invoiced: -42,
    paid: -12,
  },
  {
    who: 'tokyo',
    ordered: -40,
    lines: [
      ['CB-13', '6'],
      ['SSD-2T', '6'],
    ],
    delivered: -37,
    invoiced: -37,
    paid: -7,
  },
  {
    who: 'meilin',
    ordered: -32,
    lines: [
      ['PH-5P', '1'],
      ['SRV-DATA', '1'],
    ],
    delivered: -32,
    invoiced: -32,
    paid: -32,
    method: 'cash',
  },
]

const owing: readonly Sale[] = [
  {
    who: 'outback',
    ordered: -44,
    lines: [
      ['PAP-A4', '10', 'box'],
      ['INK-BK', '12'],
      ['INK-CL', '6'],
    ],
    delivered: -42,
    invoiced: -42,
  },
  {
    who: 'nile',
    ordered: -38,
    reference: 'طلب ٣٣١',
    lines: [
      ['PH-5', '20'],
      ['PH-EZ', '30'],
    ],
    delivered: -35,
    invoiced: -35,
    paid: -20,
    amount: '4000.00',
  },
  {
    who: 'hangang',
    ordered: -31,
    lines: [
      ['RTR-6', '10'],
      ['SWT-8', '12'],
    ],
    delivered: -28,
    invoiced: -28,
    paid: -10,
    amount: '900.00',
  },
  {
    who: 'harbour',
    ordered: -29,
    reference: 'HCS-2291',
    lines: [
      ['CB-15E', '20'],
      ['TB-8', '2', 'box'],
    ],
    delivered: -27,
    invoiced: -27,
  },
  {
    who: 'brighton',
    ordered: -27,
    lines: [
      ['PRN-L1', '1'],
      ['LBL-62', '1', 'box'],
    ],
    delivered: -26,
    invoiced: -26,
  },
  {
    who: 'nogal',
    ordered: -21,
    lines: [
      ['DOCK-C', '5'],
      ['CAB-USBC', '20'],
    ],
    delivered: -20,
    invoiced: -20,
  },
  {
    who: 'swierk',
    ordered: -12,
    lines: [
      ['PAP-A4', '4', 'box'],
      ['INK-BK', '4'],
    ],
    delivered: -10,
    invoiced: -10,
  },
]

const underWay: readonly Sale[] = [
  {
    who: 'thorsson',
    ordered: -24,
    lines: [
      ['HEAD-1', '10'],
      ['CAM-HD', '10'],
    ],
    delivered: -22,
  },
  {
    who: 'kaveri',
    ordered: -22,
    lines: [
      ['PH-5P', '12'],
      ['TB-11', '4'],
    ],
    delivered: -19,
    part: { 'PH-5P': '6' },
    invoiced: -19,
  },
  // Six of the curved monitors are there; who ordered first has them, the others wait.
  { who: 'saojoao', ordered: -18, lines: [['MON-32C', '4']], delivered: -15, invoiced: -15 },
  {
    who: 'bookstore',
    ordered: -17,
    lines: [
      ['MON-32C', '8'],
      ['CAB-HDMI', '8'],
    ],
    expected: -10,
    delivered: -14,
  },
  { who: 'nandu', ordered: -16, lines: [['MON-32C', '5']], expected: 10 },
  {
    who: 'hangang',
    ordered: -13,
    lines: [['MON-32C', '6']],
    expected: 12,
    priority: 5,
    reference: '구매 44',
  },
  {
    who: 'blueridge',
    ordered: -15,
    lines: [
      ['PH-5', '10'],
      ['BAG-15', '10'],
    ],
    expected: -4,
  },
  {
    who: 'mueller',
    ordered: -11,
    lines: [
      ['CAB-ETH', '2', 'roll'],
      ['SWT-8', '10'],
    ],
    delivered: -9,
    part: { 'SWT-8': '10' },
    invoiced: -9,
    ended: { day: -5, how: 'close', reason: 'Has found cable in the cellar.' },
  },
  {
    who: 'northern',
    ordered: -10,
    lines: [['WS-16', '2']],
    ended: { day: -8, how: 'cancel', reason: 'The studio takes the bigger ones.' },
  },
  {
    who: 'straitsDigital',
    ordered: -8,
    lines: [
      ['CHR-1', '8'],
      ['LMP-1', '8'],
      ['SRV-INST', '3'],
    ],
    expected: 5,
    invoiced: -8,
  },
  { who: 'outback', ordered: -7, lines: [['MON-24', '4']], expected: 3 },
  {
    who: 'saojoao',
    ordered: -4,
    lines: [
      ['PRN-L1', '2'],
      ['LBL-62', '2', 'box'],
    ],
    expected: 8,
    priority: 10,
  },
  { who: 'etoile', ordered: -1, lines: [['COF-1K', '1', 'box']], expected: 10 },
  {
    who: 'tokyo',
    ordered: -5,
    lines: [
      ['TB-11', '5'],
      ['SSD-1T', '10'],
    ],
    draft: true,
  },
  { who: 'papadopoulos', ordered: -3, lines: [['MON-27', '12']], draft: true },
  {
    who: 'brighton',
    ordered: -1,
    lines: [
      ['KEY-US', '3'],
      ['MOU-W', '3'],
    ],
    draft: true,
  },
]

export const sales: readonly Sale[] = [...paid, ...owing, ...underWay]
