import { isDecimal } from '../ui/inputs/index.ts'

/** What a pasted column can be. */
export const pasteFields = [
  'product',
  'quantity',
  'unit',
  'price',
  'discount',
  'description',
  'ignore',
] as const
export type PasteField = (typeof pasteFields)[number]

export interface Guess {
  /** The first row names the columns. */
  readonly headed: boolean
  readonly fields: readonly PasteField[]
  readonly decimalSign: ',' | '.'
}

/** Headings as they are written in spreadsheets, folded to small letters without accents. */
const headings: Readonly<Record<Exclude<PasteField, 'ignore'>, readonly string[]>> = {
  product: [
    'product',
    'product code',
    'code',
    'sku',
    'item',
    'item no',
    'item number',
    'article',
    'barcode',
    'ean',
    'gtin',
    'part',
    'part no',
    'vendor code',
    'produkt',
    'kod',
    'kod produktu',
    'indeks',
    'symbol',
    'towar',
    'kod kreskowy',
  ],
  quantity: [
    'quantity',
    'qty',
    'amount',
    'pieces',
    'ilosc',
    'liczba',
    'szt',
    'sztuk',
    'counted',
    'change',
    'policzono',
    'zmiana',
  ],
  unit: ['unit', 'uom', 'um', 'jednostka', 'jm', 'j.m.'],
  price: [
    'price',
    'unit price',
    'net price',
    'cena',
    'cena netto',
    'cena jednostkowa',
    'unit cost',
    'cost',
    'koszt',
    'koszt jednostkowy',
  ],
  discount: ['discount', 'discount %', 'rabat', 'rabat %', 'upust'],
  description: ['description', 'name', 'product name', 'opis', 'nazwa', 'nazwa towaru', 'note', 'uwagi'],
}

function folded(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replaceAll('ł', 'l')
    .replace(/[\s:]+/g, ' ')
    .trim()
}

function headingField(text: string): PasteField | null {
  const asked = folded(text)
  for (const [field, names] of Object.entries(headings)) {
    if (names.includes(asked)) return field as PasteField
  }
  return null
}

/** Guesses what the columns hold: by headings where there are some, else by what stands in them. */
export function guess(rows: readonly (readonly string[])[], allowed: readonly PasteField[]): Guess {
  const width = Math.max(0, ...rows.map((row) => row.length))
  const first = rows[0] ?? []
  const named = Array.from({ length: width }, (_, i) => headingField(first[i] ?? ''))
  const headed =
    named.some((field) => field !== null) && !named.every((field, i) => field === null && first[i] === '')
  const body = headed ? rows.slice(1) : rows
  const taken = new Set<PasteField>()
  const take = (field: PasteField | null): PasteField => {
    if (field === null || !allowed.includes(field) || taken.has(field)) return 'ignore'
    taken.add(field)
    return field
  }
  const fields = headed ? named.map(take) : byContent(body, width).map(take)
  return { headed, fields, decimalSign: decimalSignOf(body.flat()) }
}

/** Code first, then figures as quantity and price, then words as units or descriptions. */
function byContent(rows: readonly (readonly string[])[], width: number): PasteField[] {
  const figures = Array.from({ length: width }, (_, i) => rows.every((row) => looksLikeFigure(row[i] ?? '')))
  const product =
    width === 1
      ? 0
      : Math.max(
          0,
          figures.findIndex((isFigure) => !isFigure),
        )
  const allFigures = figures.every(Boolean)
  let seen = 0
  return figures.map((isFigure, i) => {
    if (i === (allFigures ? 0 : product)) return 'product'
    if (isFigure) return (['quantity', 'price', 'discount'] as const)[seen++] ?? 'ignore'
    const words = rows.map((row) => row[i] ?? '')
    return words.every((word) => word.length <= 8 && !word.includes(' ')) ? 'unit' : 'description'
  })
}

function looksLikeFigure(text: string): boolean {
  return /^[-+−]?[\d.,\s'\u00a0\u202f]*\d[\d.,]*\s*%?$/u.test(text) || text === ''
}

/**
 * The decimal sign of a whole paste, decided once for all its figures: by those that can be read in one way only
 * (`12,50`, `1.234,5`). Without any, it is the point.
 */
export function decimalSignOf(texts: readonly string[]): ',' | '.' {
  let commas = 0
  let points = 0
  for (const text of texts) {
    const digits = text.trim().replace(/[\s\u00a0\u202f'%]/g, '')
    if (!/^[-+−]?[\d.,]+$/.test(digits)) continue
    const lastComma = digits.lastIndexOf(',')
    const lastPoint = digits.lastIndexOf('.')
    if (lastComma >= 0 && lastPoint >= 0) {
      if (lastComma > lastPoint) commas++
      else points++
    } else if (lastComma >= 0) {
      if (digits.indexOf(',') !== lastComma) points++
      else if (digits.length - lastComma !== 4 || lastComma > 4) commas++
    } else if (lastPoint >= 0) {
      if (digits.indexOf('.') !== lastPoint) commas++
      else if (digits.length - lastPoint !== 4 || lastPoint > 4) points++
    }
  }
  return commas > points ? ',' : '.'
}

/** A figure of a paste with the decimal sign that was chosen; null when it is none (`12,5x`): nothing is guessed. */
export function readFigure(text: string, sign: ',' | '.'): string | null {
  const dense = text
    .trim()
    .replace(/[\s\u00a0\u202f']/g, '')
    .replace(/%$/, '')
    .replace(/^−/, '-')
  const group = sign === ',' ? '.' : ','
  const pattern =
    sign === ',' ? /^-?(?:\d+|\d{1,3}(?:\.\d{3})+)(?:,\d+)?$/ : /^-?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?$/
  if (!pattern.test(dense)) return null
  const plain = dense
    .replaceAll(group, '')
    .replace(',', '.')
    .replace(/^(-?)0+(?=\d)/, '$1')
  return isDecimal(plain) ? plain : null
}
