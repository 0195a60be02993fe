import type { FillContext } from './fill.ts'
import { filled, withProduct } from './fill.ts'
import { type Line, newLine } from './line.ts'
import type { PasteField } from './paste.ts'
import { readFigure } from './paste.ts'
import { type CodeAnswer, type Hit, exactHits } from './products.ts'

/** A pasted row against the products: what it means, or why it cannot be told. */
export interface PastedRow {
  /** Its line in the paste, from 1. */
  readonly number: number
  readonly code: string
  readonly state: 'found' | 'ambiguous' | 'unknown' | 'fault'
  readonly hits: readonly Hit[]
  readonly cells: Readonly<Partial<Record<PasteField, string>>>
  /** Of a figure that is none: the field and what stands there. */
  readonly fault: { readonly field: PasteField; readonly text: string } | null
}

export interface Mapping {
  readonly headed: boolean
  readonly fields: readonly PasteField[]
  readonly decimalSign: ',' | '.'
}

const figures: readonly PasteField[] = ['quantity', 'price', 'discount']

/** The codes that have to be looked up for a paste. */
export function codesOf(rows: readonly (readonly string[])[], mapping: Mapping): string[] {
  const at = mapping.fields.indexOf('product')
  if (at < 0) return []
  const body = mapping.headed ? rows.slice(1) : rows
  return [...new Set(body.map((row) => row[at] ?? '').filter((code) => code !== '' && code.length <= 100))]
}

/** Reads the rows by the mapping. Nothing is guessed: a figure that is none is a fault of its row. */
export function readRows(
  rows: readonly (readonly string[])[],
  mapping: Mapping,
  answer: CodeAnswer,
): PastedRow[] {
  const body = mapping.headed ? rows.slice(1) : rows
  return body.map((row, i) => {
    const cells: Partial<Record<PasteField, string>> = {}
    let fault: PastedRow['fault'] = null
    for (const [at, field] of mapping.fields.entries()) {
      const text = row[at] ?? ''
      if (field === 'ignore' || text === '') continue
      if (!figures.includes(field)) cells[field] = text
      else {
        const value = readFigure(text, mapping.decimalSign)
        if (value === null || (field !== 'quantity' && value.startsWith('-'))) fault ??= { field, text }
        else cells[field] = value
      }
    }
    const code = cells.product ?? ''
    const hits = code === '' ? [] : exactHits(answer, code)
    const textLine = code === '' && cells.description !== undefined
    const state =
      fault !== null
        ? 'fault'
        : textLine || hits.length === 1
          ? 'found'
          : hits.length === 0
            ? 'unknown'
            : 'ambiguous'
    return { number: i + 1 + (mapping.headed ? 1 : 0), code, state, hits, cells, fault }
  })
}

/** Lines of the rows that are found; `chosen` says which product is meant where several are. */
export function linesOf(
  rows: readonly PastedRow[],
  chosen: ReadonlyMap<number, string>,
  context: FillContext,
): Line[] {
  return rows.flatMap((row) => {
    const hit = row.hits.find(({ product }) => product.id === chosen.get(row.number)) ?? row.hits[0]
    const { cells } = row
    let line = newLine()
    if (hit !== undefined && row.state !== 'unknown') line = { ...line, ...withProduct(line, hit) }
    else if (row.state !== 'found') return []
    const counts = !context.kind.columns.includes('quantity')
    if (counts) line = { ...line, quantity: '', counted: cells.quantity ?? '' }
    else if (cells.quantity !== undefined) line = { ...line, quantity: cells.quantity }
    if (cells.unit !== undefined) {
      const unit = line.product?.units.find((each) => each.unit.toLowerCase() === cells.unit!.toLowerCase())
      line = { ...line, unit: unit?.unit ?? cells.unit }
    }
    if (
      cells.description !== undefined &&
      (context.kind.columns.includes('description') || hit === undefined)
    ) {
      line = { ...line, description: cells.description }
    }
    if (cells.price !== undefined) {
      line = context.kind.columns.includes('price')
        ? { ...line, price: cells.price, priceByHand: true }
        : { ...line, unitCost: cells.price }
    }
    if (cells.discount !== undefined) line = { ...line, ...filled(line, 'discount', cells.discount, context) }
    return [line]
  })
}
