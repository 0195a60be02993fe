import type { Language } from '../i18n/index.ts'
import { decimal } from '../../src/kernel/decimal.ts'
import { isDecimal, readDecimal, typed } from '../ui/inputs/index.ts'
import { namedTwice, toldOf } from '../ui/lots/index.ts'
import { choices, isChoice } from './choices.ts'
import type { GridKind } from './columns.ts'
import type { Field, Line } from './line.ts'
import type { Hit } from './products.ts'
import { asksForLots, leftOfLots, lackLots, lotsText, wantedOfLots } from './line-lots.ts'
import { baseQuantity, readQuantity } from './quantity.ts'

/** What can be wrong with what was typed; grid-words.ts has the sentences. */
export type Fault =
  | 'not-a-number'
  | 'not-exact'
  | 'unknown-unit'
  | 'negative'
  | 'too-big'
  | 'no-quantity'
  | 'above-hundred'
  | 'no-product'
  | 'no-price'
  | 'no-description'
  | 'not-chosen'
  | 'waiting'
  | 'no-lots'
  | 'lots-missing'
  | 'lots-over'
  | 'lot-twice'
export type FaultWords = (fault: Fault, typed: string, line: Line) => string

export interface FillContext {
  readonly kind: GridKind
  readonly language: Language
  readonly words: FaultWords
  /** The goods are to move right after saving: what may be missing in a draft is not. */
  readonly booking?: boolean
}

/** Without what was said of these fields. */
export const withoutFaults = (line: Line, ...fields: readonly Field[]): Line['faults'] =>
  Object.fromEntries(Object.entries(line.faults).filter(([field]) => !fields.includes(field as Field)))

const withFault = (line: Line, field: Field, message: string | null): Line['faults'] => {
  const { [field]: _, ...others } = line.faults
  return message === null ? others : { ...others, [field]: message }
}

/** The line's text for a cell under work. */
export function cellText(line: Line, field: Field, language: Language): string {
  const figure = (text: string) => (isDecimal(text) ? typed(text, language) : text)
  if (field === 'product') return line.product?.sku ?? line.code
  if (field === 'lots') return lotsText(line)
  if (field === 'taxes') return (line.taxIds ?? []).join(' ')
  if (isChoice(field)) return line[field]
  return field === 'description' || field === 'unit' || field === 'reason' ? line[field] : figure(line[field])
}

/**
 * What a typed text changes in a line. Text that cannot be read stays as it was typed, with the reason beside it.
 * The product cell is not filled in here: it has to be looked up.
 */
export function filled(
  line: Line,
  field: Exclude<Field, 'product'>,
  text: string,
  context: FillContext,
): Partial<Line> {
  const asked = text.trim()
  const { words, language, kind } = context
  const fault = (message: string | null) => ({ faults: withFault(line, field, message) })
  switch (field) {
    case 'lots':
      // Named in a sheet of their own; the cell itself can only be emptied.
      return asked === '' ? { lots: [], serials: '', ...fault(null) } : {}
    case 'taxes':
      return { taxIds: asked === '' ? [] : asked.split(' '), ...fault(null) }
    case 'disposition':
    case 'replace':
      return Object.hasOwn(choices[field], asked) ? { [field]: asked } : {}
    case 'description':
      // A line without product needs one of the two.
      return {
        description: asked,
        faults:
          line.product === null && line.code === '' && asked !== ''
            ? withoutFaults(line, 'description', 'product')
            : withoutFaults(line, 'description'),
      }
    case 'reason':
      return { [field]: asked, ...fault(null) }
    case 'unit':
      return {
        unit: asked === '' ? (line.product?.units[0]?.unit ?? '') : asked,
        ...withoutFixed(line),
        ...fault(null),
      }
    case 'quantity':
    case 'counted':
    case 'change': {
      if (asked === '') return { [field]: '', ...fault(null) }
      const unitOfLine = field === 'quantity' ? line.unit : (line.product?.units[0]?.unit ?? '')
      const read = readQuantity(asked, line.product?.units ?? [], language, unitOfLine, field === 'change')
      if (!read.ok) return { [field]: asked, ...fault(words(read.fault, asked, line)) }
      if (field !== 'quantity') {
        const base = line.product?.units[0]?.unit ?? ''
        const inBase =
          read.unit === null || read.unit === base
            ? read.quantity
            : baseQuantity(read.quantity, read.unit, line.product?.units ?? [])
        if (inBase === null) return { [field]: asked, ...fault(words('not-exact', asked, line)) }
        // One says what is there or what changes, never both.
        return { counted: '', change: '', [field]: inBase, faults: withoutFaults(line, 'counted', 'change') }
      }
      const zero = /^[0.]*$/.test(read.quantity)
      return {
        quantity: read.quantity,
        ...(read.unit !== null && kind.columns.includes('unit') && { unit: read.unit }),
        ...fault(zero ? words('no-quantity', asked, line) : null),
      }
    }
    case 'price': {
      // An empty price is the one that applies.
      if (asked === '') return { priceByHand: false, price: line.quote?.price ?? '', ...fault(null) }
      const read = readDecimal(asked, language)
      if (read === null || !isDecimal(read.value)) {
        return { price: asked, priceByHand: true, ...fault(words('not-a-number', asked, line)) }
      }
      if (read.value === line.price) return fault(null)
      return { price: read.value, priceByHand: true, ...fault(null) }
    }
    case 'discount':
    case 'unitCost': {
      if (asked === '') return { [field]: '', ...fault(null) }
      const read = readDecimal(asked.replace(/%$/, ''), language)
      if (read === null || !isDecimal(read.value)) {
        return { [field]: asked, ...fault(words('not-a-number', asked, line)) }
      }
      if (read.value.startsWith('-')) return { [field]: asked, ...fault(words('negative', asked, line)) }
      if (field === 'discount' && Number(read.value) > 100) {
        return { discount: read.value, ...fault(words('above-hundred', asked, line)) }
      }
      return { [field]: read.value, ...fault(null) }
    }
  }
}

/** The price of another unit is another price: one set by hand for the old one is not kept silently as if it were its own. */
function withoutFixed(line: Line): Partial<Line> {
  return line.priceByHand ? {} : { quote: null }
}

/** The line with another product: what was said of the old one goes, what was set by hand stays. */
export function withProduct(line: Line, hit: Hit): Partial<Line> {
  const same = line.product?.id === hit.product.id
  const named = line.description !== '' && line.description !== line.product?.name
  return {
    product: hit.product,
    code: '',
    description: named && line.product === null ? line.description : hit.product.name,
    unit: hit.unit,
    quantity: line.quantity === '' ? '1' : line.quantity,
    ...(!same && { taxIds: null, lots: [], serials: '', quote: null, quoteState: 'none' as const }),
    ...(!same && !line.priceByHand && { price: '' }),
    faults: withFault(line, 'product', null),
  }
}

/** What is missing or unreadable in the lines before they are saved. */
export function lineFaults(line: Line, context: FillContext): Line['faults'] {
  const { kind, words } = context
  const faults: Partial<Record<Field, string>> = {}
  for (const [field, message] of Object.entries(line.faults)) {
    // Those of the server are asked again by saving.
    if (kind.columns.includes(field as Field) && unreadable(line, field as Field))
      faults[field as Field] = message
  }
  if (line.code !== '') faults.product = line.faults.product ?? words('waiting', line.code, line)
  else if (line.product === null && (kind.prices === null || line.description === '')) {
    faults.product = words(kind.prices === null ? 'no-product' : 'no-description', '', line)
  }
  if (kind.columns.includes('quantity')) {
    if (line.quantity === '' || /^[0.]*$/.test(line.quantity))
      faults.quantity ??= words('no-quantity', '', line)
    else if (!isDecimal(line.quantity)) faults.quantity ??= words('not-a-number', line.quantity, line)
  } else if (kind.columns.includes('change') && line.change === '' && line.counted === '') {
    faults.counted = words('no-quantity', '', line)
  }
  const needsPrice = kind.columns.includes('price') && line.price === ''
  if (needsPrice && (line.product === null || line.quoteState === 'there'))
    faults.price ??= words('no-price', '', line)
  const lots = lotsFault(line, context)
  if (lots !== null) faults.lots = lots
  return faults
}

/** A draft may leave its lots open; what is named has to be right. */
function lotsFault(line: Line, { kind, words, booking = false }: FillContext): string | null {
  if (!asksForLots(kind, line)) return null
  const twice = namedTwice(line)
  if (twice !== null) return words('lot-twice', twice, line)
  const wanted = wantedOfLots(line)
  if (toldOf(line, wanted) === null)
    return booking && lackLots(kind, line) ? words('no-lots', wanted, line) : null
  const left = decimal(leftOfLots(line))
  if (left.eq('0')) return null
  return left.gt('0')
    ? words('lots-missing', left.toFixed(), line)
    : words('lots-over', left.neg().toFixed(), line)
}

function unreadable(line: Line, field: Field): boolean {
  if (field === 'discount')
    return (
      line.discount !== '' &&
      (!isDecimal(line.discount) || line.discount.startsWith('-') || Number(line.discount) > 100)
    )
  if (
    field === 'quantity' ||
    field === 'price' ||
    field === 'counted' ||
    field === 'change' ||
    field === 'unitCost'
  ) {
    return (
      line[field] !== '' && (!isDecimal(line[field]) || (field === 'unitCost' && line[field].startsWith('-')))
    )
  }
  return false
}
