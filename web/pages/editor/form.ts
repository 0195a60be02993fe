import type { PostalAddress } from '../../../src/kernel/postal-address.ts'
import { type Line, type LineProduct, baseQuantity, newLine, wantedOfLots } from '../../grid/index.ts'
import { type LotsInput, trackedPart } from '../../ui/lots/index.ts'
import type { EditorKind, HeadField } from './editor-kind.ts'

/** The head as it is typed. Dates `YYYY-MM-DD`, decimals plain; '' is nothing. */
export interface Head {
  readonly partyId: string | null
  readonly warehouseId: string | null
  readonly toWarehouseId: string | null
  readonly date: string
  readonly saleDate: string
  readonly dueDate: string
  readonly expectedDate: string
  readonly reserveUntil: string
  readonly paymentTermDays: string
  readonly currency: string
  /** Null: the customer's own. */
  readonly deliveryAddress: PostalAddress | null
  readonly reference: string
  readonly carrier: string
  readonly tracking: string
  readonly reason: string
  readonly viaTransit: boolean
  readonly takeReservations: boolean
  readonly pricesIncludeTax: boolean
  readonly discountPercent: string
  readonly discountAmount: string
  readonly notes: string
}

export const emptyHead: Head = {
  partyId: null,
  warehouseId: null,
  toWarehouseId: null,
  date: '',
  saleDate: '',
  dueDate: '',
  expectedDate: '',
  reserveUntil: '',
  paymentTermDays: '',
  currency: '',
  deliveryAddress: null,
  reference: '',
  carrier: '',
  tracking: '',
  reason: '',
  viaTransit: false,
  takeReservations: false,
  pricesIncludeTax: false,
  discountPercent: '',
  discountAmount: '',
  notes: '',
}

/** A document of any kind, as the API answers it. */
export type AnyDocument = Readonly<Record<string, unknown>> & {
  readonly id: string
  readonly version: number
  readonly number: string | null
  readonly lines: readonly AnyLine[]
}
export type AnyLine = Readonly<Record<string, unknown>> & { readonly id: string }

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''
const decimalText = (value: unknown): string => {
  const text = textOf(value)
  return text === '0' ? '' : text.includes('.') ? text.replace(/0+$/, '').replace(/\.$/, '') : text
}

export function headOf({ dateName }: EditorKind, document: AnyDocument): Head {
  const text = (name: string) => textOf(document[name])
  return {
    partyId: text('partyId') || null,
    warehouseId: text('warehouseId') || null,
    toWarehouseId: text('toWarehouseId') || null,
    date: dateName === null ? '' : text(dateName),
    saleDate: text('saleDate'),
    dueDate: text('dueDate'),
    expectedDate: text('expectedDate'),
    reserveUntil: text('reserveUntil').slice(0, 16),
    paymentTermDays: text('paymentTermDays'),
    currency: text('currency'),
    deliveryAddress: (document['deliveryAddress'] ?? null) as PostalAddress | null,
    reference: text('reference'),
    carrier: text('carrier'),
    tracking: text('tracking'),
    reason: text('reason'),
    viaTransit: document['viaTransit'] === true,
    takeReservations: document['takeReservations'] === true,
    pricesIncludeTax: document['pricesIncludeTax'] === true,
    discountPercent: decimalText(document['discountPercent']),
    discountAmount: decimalText(document['discountAmount']),
    notes: text('notes'),
  }
}

/** What lines hold for the server and the grid does not show. */
const keptNames = [
  'sourceLineId',
  'expectedDate',
  'tolerancePercent',
  'rejectedQuantity',
  'bookQuantity',
  'locationId',
  'toLocationId',
  'warehouseId',
] as const

/** A line of the server as the grid has it. A price stays what it is, whatever a price book says now (S19). */
export function lineOf(line: AnyLine, products: ReadonlyMap<string, LineProduct>): Line {
  const productId = textOf(line['productId'])
  const kept = Object.fromEntries(
    keptNames.flatMap((name) => {
      const value = line[name]
      const nothing = value === undefined || value === null || (Array.isArray(value) && value.length === 0)
      return nothing || value === '0' || value === false ? [] : [[name, value]]
    }),
  )
  const product = products.get(productId) ?? null
  const unit = textOf(line['unit'])
  // Counts and changes are entered in base units.
  const inBase = (text: string) => baseQuantity(text, unit, product?.units ?? []) ?? text
  return newLine({
    ...lotsOf(line, product),
    id: line.id,
    product,
    description: textOf(line['description']),
    quantity: decimalText(line['quantity']),
    unit,
    price: line['unitPrice'] === undefined ? '' : textOf(line['unitPrice']),
    priceByHand: line['unitPrice'] !== undefined,
    discount: decimalText(line['discountPercent']),
    taxIds: Array.isArray(line['taxIds']) ? (line['taxIds'] as string[]) : null,
    counted: line['countedQuantity'] == null ? '' : inBase(textOf(line['countedQuantity'])),
    change: line['countedQuantity'] == null ? inBase(textOf(line['quantityChange'])) : '',
    unitCost: textOf(line['unitCost']),
    reason: textOf(line['reason']),
    ...(typeof line['disposition'] === 'string' && { disposition: line['disposition'] }),
    replace: line['replace'] === true ? 'yes' : '',
    kept,
  })
}

/** The lots or serial numbers that a line has; those of one lot follow its quantity. */
function lotsOf(line: AnyLine, product: LineProduct | null): LotsInput {
  const lots = Array.isArray(line['lots']) ? (line['lots'] as readonly Record<string, unknown>[]) : []
  const number = (lot: Record<string, unknown>) => textOf(lot['number'])
  if (product?.tracking === 'serial') return { lots: [], serials: lots.map(number).join('\n') }
  return {
    serials: '',
    lots: lots.map((lot) => ({
      number: number(lot),
      expiresOn: textOf(lot['expiresOn']),
      quantity: lots.length === 1 ? '' : decimalText(lot['quantity']),
    })),
  }
}

/** The body for the API: what of the head the kind has, and the lines. */
export function bodyOf(
  editor: EditorKind,
  head: Head,
  lines: readonly Line[],
  isNew: boolean,
): Record<string, unknown> {
  const body: Record<string, unknown> = {}
  for (const field of editor.fields) {
    if (!isNew && editor.fixedInDraft.includes(field)) continue
    const entry = headEntry(editor, head, field, isNew)
    if (entry !== null) body[entry[0]] = entry[1]
  }
  if (isNew || editor.linesInDraft) body['lines'] = lines.map((line) => lineBody(editor, line, isNew))
  return body
}

function headEntry(
  editor: EditorKind,
  head: Head,
  field: HeadField,
  isNew: boolean,
): [string, unknown] | null {
  const value = head[field]
  switch (field) {
    case 'date':
      return editor.dateName === null || value === '' ? null : [editor.dateName, value]
    case 'partyId':
    case 'warehouseId':
    case 'toWarehouseId':
    case 'currency':
    case 'dueDate':
      return value === '' || value === null ? null : [field, value]
    case 'reserveUntil':
      return value === '' ? null : [field, new Date(head.reserveUntil).toISOString()]
    case 'paymentTermDays':
      return value === '' ? null : [field, Number(value)]
    case 'discountPercent':
      // One of the two; the other one is none.
      return head.discountAmount !== ''
        ? null
        : [field, head.discountPercent === '' ? '0' : head.discountPercent]
    case 'discountAmount':
      return head.discountAmount === '' ? null : [field, value]
    case 'viaTransit':
    case 'takeReservations':
    case 'pricesIncludeTax':
      return [field, value]
    case 'deliveryAddress':
      return isNew && value === null ? null : [field, value]
    case 'saleDate':
    case 'expectedDate':
    case 'reference':
    case 'carrier':
    case 'tracking':
    case 'reason':
    case 'notes':
      return isNew && value === '' ? null : [field, value === '' ? null : value]
  }
}

function lineBody(editor: EditorKind, line: Line, isNew: boolean): Record<string, unknown> {
  const { kind, grid } = editor
  if (kind === 'stock-adjustment') {
    const { bookQuantity, ...kept } = withoutShownKept(line.kept)
    return {
      ...kept,
      ...lotsPart(line),
      productId: line.product?.id,
      ...(line.counted !== ''
        ? { countedQuantity: line.counted, ...(bookQuantity !== undefined && { bookQuantity }) }
        : { quantityChange: line.change }),
      ...(line.unitCost !== '' && { unitCost: line.unitCost }),
      ...(line.reason !== '' && { reason: line.reason }),
    }
  }
  if (!editor.money) {
    return {
      ...(kind !== 'stock-reservation' && { ...withoutShownKept(line.kept), ...lotsPart(line) }),
      productId: line.product?.id,
      quantity: line.quantity === '' ? '0' : line.quantity,
      ...(line.unit !== '' && { unit: line.unit }),
      ...(grid.columns.includes('unitCost') && line.unitCost !== '' && { unitCost: line.unitCost }),
      ...(grid.columns.includes('reason') && line.reason !== '' && { reason: line.reason }),
      ...(grid.columns.includes('disposition') && { disposition: line.disposition }),
      ...(grid.columns.includes('replace') && { replace: line.replace === 'yes' }),
    }
  }
  // A price that the server chose is left out, so that it is known as such and not as one set by hand.
  const isOrder = editor.dateName === 'orderDate'
  const chosen = !line.priceByHand && line.product !== null && line.quote?.price === line.price
  const own = !chosen || (line.id !== null && !isOrder)
  return {
    ...(!isNew && !isOrder && line.id !== null && { id: line.id }),
    ...(isOrder && orderKept(line.kept)),
    productId: line.product?.id ?? null,
    ...(line.description !== '' && { description: line.description }),
    quantity: line.quantity,
    ...(line.unit !== '' && { unit: line.unit }),
    ...(own && line.price !== '' && { unitPrice: line.price }),
    discountPercent: line.discount === '' ? '0' : line.discount,
    ...(line.taxIds !== null && { taxIds: line.taxIds }),
  }
}

function orderKept(kept: Line['kept']): object {
  const { expectedDate, tolerancePercent } = kept
  return {
    ...(expectedDate !== undefined && { expectedDate }),
    ...(tolerancePercent !== undefined && { tolerancePercent }),
  }
}

function withoutShownKept(kept: Line['kept']): Line['kept'] {
  const { expectedDate: _date, tolerancePercent: _tolerance, ...rest } = kept
  return rest
}

function lotsPart(line: Line): object {
  if (line.product === null || line.product.tracking === 'none') return {}
  // What is counted is the whole of its lot.
  const lots = line.counted === '' ? line.lots : line.lots.map((lot) => ({ ...lot, quantity: '' }))
  return trackedPart({ ...line, lots }, wantedOfLots(line))
}

/** A line for a recovery copy and for comparing: what was entered, nothing that was looked up. */
export function plainLine(line: Line): Line {
  return { ...line, quote: null, quoteState: 'none', faults: {} }
}
