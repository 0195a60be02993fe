import type { VendorKey } from './vendors-data.ts'

/** A product as this file writes it. Prices without a currency are in USD. */
export interface ProductData {
  readonly sku: string
  readonly name: string
  readonly category: string
  readonly sells: string
  /** Of the vendor that it is mostly bought from: who, under which number, for how much. */
  readonly buys?: Offer
  readonly alsoFrom?: Offer
  readonly unit?: string
  readonly units?: readonly {
    readonly unit: string
    readonly numerator: number
    readonly denominator?: number
  }[]
  readonly tracking?: 'lot' | 'serial'
  readonly valuation?: 'fifo'
  readonly service?: true
  readonly weight?: string
  readonly description?: string
  readonly tolerancePercent?: string
}

export interface Offer {
  readonly from: VendorKey
  readonly code: string
  readonly price: string
  readonly currency?: string
  readonly unit?: string
  readonly minimumQuantity?: string
  readonly leadTimeDays?: number
}

function offer(from: VendorKey, code: string, price: string, more: Partial<Offer> = {}): Offer {
  return { from, code, price, ...more }
}

const euro = { currency: 'EUR', leadTimeDays: 10 }
const yen = { currency: 'JPY', leadTimeDays: 14 }
const zloty = { currency: 'PLN', leadTimeDays: 12 }
const boxOf = (numerator: number) => [{ unit: 'box', numerator }]

const computers: readonly ProductData[] = [
  {
    sku: 'CB-14',
    name: 'Crimson Book 14',
    category: 'Laptops',
    sells: '599.00',
    buys: offer('bright', 'SB-CB14', '500.00', { leadTimeDays: 7 }),
    weight: '1.4',
    description: '14 inch, 16 GB, 512 GB.',
  },
  {
    sku: 'CB-13',
    name: 'Crimson Book 13 Air',
    category: 'Laptops',
    sells: '749.00',
    buys: offer('taipei', 'TM-1300', '560.00', { leadTimeDays: 9 }),
    weight: '1.1',
  },
  {
    sku: 'CB-15E',
    name: 'Crimson Book 15 Education',
    category: 'Laptops',
    sells: '429.00',
    buys: offer('taipei', 'TM-1550', '310.00', { leadTimeDays: 9 }),
    weight: '1.9',
  },
  {
    sku: 'WS-16',
    name: 'Crimson Workstation 16',
    category: 'Laptops',
    sells: '2190.00',
    buys: offer('taipei', 'TM-W16', '1640.00', { leadTimeDays: 14 }),
    tracking: 'serial',
    weight: '2.3',
    description: 'Every machine has its serial number.',
  },
  {
    sku: 'PH-5',
    name: 'Phone 5',
    category: 'Phones',
    sells: '349.00',
    buys: offer('seoul', 'SD-P5', '238.00'),
    units: boxOf(10),
  },
  {
    sku: 'PH-5P',
    name: 'Phone 5 Pro',
    category: 'Phones',
    sells: '549.00',
    buys: offer('seoul', 'SD-P5P', '389.00'),
    units: boxOf(10),
  },
  {
    sku: 'PH-EZ',
    name: 'Phone Easy, large keys',
    category: 'Phones',
    sells: '89.00',
    buys: offer('seoul', 'SD-EZ', '52.00'),
    units: boxOf(20),
  },
  {
    sku: 'TB-8',
    name: 'Tablet 8',
    category: 'Tablets',
    sells: '189.00',
    buys: offer('seoul', 'SD-T8', '121.00'),
    units: boxOf(10),
  },
  {
    sku: 'TB-11',
    name: 'Tablet 11 with pen',
    category: 'Tablets',
    sells: '329.00',
    buys: offer('seoul', 'SD-T11', '224.00'),
    units: boxOf(5),
  },
  {
    sku: 'MON-24',
    name: 'Monitor 24"',
    category: 'Displays',
    sells: '159.00',
    buys: offer('seoul', 'SD-M24', '104.00'),
    weight: '3.6',
  },
  {
    sku: 'MON-27',
    name: 'Monitor 27" QHD',
    category: 'Displays',
    sells: '259.00',
    buys: offer('seoul', 'SD-M27', '176.00'),
    weight: '4.9',
  },
  {
    sku: 'MON-32C',
    name: 'Monitor 32" curved',
    category: 'Displays',
    sells: '449.00',
    buys: offer('seoul', 'SD-M32C', '318.00', { leadTimeDays: 30 }),
    weight: '7.8',
    description: 'Much asked for: orders wait for the next delivery.',
  },
]

const accessories: readonly ProductData[] = [
  {
    sku: 'DOCK-C',
    name: 'USB-C dock',
    category: 'Accessories',
    sells: '119.00',
    buys: offer('taipei', 'TM-DK1', '71.00'),
    units: boxOf(10),
  },
  {
    sku: 'HUB-7',
    name: 'USB hub, 7 ports',
    category: 'Accessories',
    sells: '29.00',
    buys: offer('taipei', 'TM-HB7', '14.50'),
    units: boxOf(20),
  },
  {
    sku: 'MOU-W',
    name: 'Wireless mouse',
    category: 'Accessories',
    sells: '19.90',
    buys: offer('bright', 'SB-MW1', '8.20'),
    alsoFrom: offer('taipei', 'TM-MS2', '8.60'),
    units: [...boxOf(20), { unit: 'carton', numerator: 200 }],
  },
  {
    sku: 'KEY-US',
    name: 'Keyboard, US layout',
    category: 'Accessories',
    sells: '34.90',
    buys: offer('taipei', 'TM-KB-US', '17.40'),
    units: boxOf(10),
  },
  {
    sku: 'KEY-PL',
    name: 'Klawiatura, układ polski',
    category: 'Accessories',
    sells: '36.90',
    buys: offer('taipei', 'TM-KB-PL', '18.20'),
    units: boxOf(10),
  },
  {
    sku: 'HEAD-1',
    name: 'Headset',
    category: 'Accessories',
    sells: '59.00',
    buys: offer('osaka', 'OS-7011', '4900', yen),
    units: boxOf(12),
  },
  {
    sku: 'CAM-HD',
    name: 'Webcam HD',
    category: 'Accessories',
    sells: '64.00',
    buys: offer('osaka', 'OS-3020', '5400', yen),
    units: boxOf(12),
  },
  {
    sku: 'BAG-15',
    name: 'Laptop bag 15"',
    category: 'Accessories',
    sells: '39.00',
    buys: offer('wisla', 'PW-T15', '68.00', zloty),
    units: boxOf(10),
  },
  {
    sku: 'PWR-65',
    name: 'Power supply 65 W',
    category: 'Accessories',
    sells: '35.00',
    buys: offer('bright', 'SB-PW65', '15.80'),
    alsoFrom: offer('taipei', 'TM-P65', '16.90'),
    units: boxOf(25),
  },
  {
    sku: 'CAB-HDMI',
    name: 'HDMI cable 2 m',
    category: 'Cables',
    sells: '12.50',
    buys: offer('hamburg', 'HK-20311', '4.10', euro),
    units: boxOf(50),
  },
  {
    sku: 'CAB-USBC',
    name: 'USB-C cable 1 m',
    category: 'Cables',
    sells: '14.90',
    buys: offer('hamburg', 'HK-20450', '4.80', euro),
    units: boxOf(50),
  },
  {
    sku: 'CAB-ETH',
    name: 'Network cable Cat 6, by the metre',
    category: 'Cables',
    sells: '0.95',
    unit: 'm',
    units: [{ unit: 'roll', numerator: 305 }],
    buys: offer('hamburg', 'HK-60305', '112.00', { ...euro, unit: 'roll' }),
    tolerancePercent: '2',
  },
  {
    sku: 'SSD-1T',
    name: 'SSD 1 TB',
    category: 'Storage',
    sells: '94.00',
    buys: offer('osaka', 'OS-1101', '8600', yen),
    valuation: 'fifo',
    units: boxOf(10),
  },
  {
    sku: 'SSD-2T',
    name: 'SSD 2 TB',
    category: 'Storage',
    sells: '169.00',
    buys: offer('osaka', 'OS-1102', '15800', yen),
    valuation: 'fifo',
    units: boxOf(10),
  },
  {
    sku: 'USB-64',
    name: 'USB stick 64 GB',
    category: 'Storage',
    sells: '11.90',
    buys: offer('bright', 'SB-U64', '4.30'),
    units: boxOf(50),
  },
  {
    sku: 'RTR-6',
    name: 'Router Wi-Fi 6',
    category: 'Network',
    sells: '129.00',
    buys: offer('taipei', 'TM-R6', '79.00'),
  },
  {
    sku: 'SWT-8',
    name: 'Switch, 8 ports',
    category: 'Network',
    sells: '49.00',
    buys: offer('taipei', 'TM-S8', '27.00'),
  },
]

const office: readonly ProductData[] = [
  {
    sku: 'PRN-L1',
    name: 'Label printer',
    category: 'Printing',
    sells: '189.00',
    buys: offer('osaka', 'OS-5001', '17200', yen),
  },
  {
    sku: 'INK-BK',
    name: 'Ink cartridge, black',
    category: 'Printing',
    sells: '24.50',
    buys: offer('osaka', 'OS-9001', '1650', yen),
    tracking: 'lot',
    description: 'With lots and best-before dates.',
  },
  {
    sku: 'INK-CL',
    name: 'Ink cartridge, colour',
    category: 'Printing',
    sells: '31.00',
    buys: offer('osaka', 'OS-9002', '2100', yen),
    tracking: 'lot',
  },
  {
    sku: 'PAP-A4',
    name: 'Paper A4, 80 g',
    category: 'Printing',
    sells: '6.20',
    unit: 'ream',
    units: [
      { unit: 'box', numerator: 5 },
      { unit: 'pallet', numerator: 200 },
    ],
    buys: offer('wisla', 'PW-A480', '68.50', { ...zloty, unit: 'box', minimumQuantity: '20' }),
  },
  {
    sku: 'LBL-62',
    name: 'Label roll 62 mm',
    category: 'Printing',
    sells: '9.90',
    buys: offer('wisla', 'PW-L62', '15.20', zloty),
    units: boxOf(24),
  },
  {
    sku: 'COF-1K',
    name: 'Coffee beans 1 kg',
    category: 'Kitchen',
    sells: '22.00',
    unit: 'bag',
    units: boxOf(12),
    buys: offer('huila', 'CH-EXC1', '11.40', { leadTimeDays: 21 }),
    tracking: 'lot',
  },
  {
    sku: 'CHR-1',
    name: 'Office chair',
    category: 'Furniture',
    sells: '219.00',
    buys: offer('osaka', 'OS-8001', '19800', yen),
    weight: '14',
  },
  {
    sku: 'LMP-1',
    name: 'Desk lamp',
    category: 'Furniture',
    sells: '45.00',
    buys: offer('bright', 'SB-LP1', '21.00'),
  },
]

const services: readonly ProductData[] = [
  {
    sku: 'SRV-INST',
    name: 'Installation',
    category: 'Services',
    sells: '85.00',
    unit: 'hour',
    service: true,
  },
  { sku: 'SRV-DATA', name: 'Data transfer', category: 'Services', sells: '45.00', service: true },
  { sku: 'SRV-WAR3', name: 'Warranty, 3 years', category: 'Services', sells: '79.00', service: true },
  {
    sku: 'SRV-FRT',
    name: 'Express freight',
    category: 'Services',
    sells: '60.00',
    buys: offer('straits', 'EXP', '42.00'),
    service: true,
  },
]

export const products: readonly ProductData[] = [...computers, ...accessories, ...office, ...services]
