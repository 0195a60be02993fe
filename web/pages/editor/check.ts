import type { Fault } from '../../forms/index.ts'
import { type FaultWords, type Line, type Lines, lineFaults } from '../../grid/index.ts'
import { isDate, isDecimal } from '../../ui/inputs/index.ts'
import type { EditorKind, HeadField } from './editor-kind.ts'
import type { Head } from './form.ts'

/** The sentences for what is missing in the head. */
export interface HeadWords {
  readonly party: string
  readonly warehouse: string
  readonly date: string
  readonly number: string
  readonly days: string
  readonly twoDiscounts: string
}

/** What has to be put right in the head before it is sent. */
export function headFaults(editor: EditorKind, head: Head, isNew: boolean, words: HeadWords): Fault[] {
  const faults: Fault[] = []
  const add = (field: HeadField, message: string) => {
    if (editor.fields.includes(field) && (isNew || !editor.fixedInDraft.includes(field))) {
      faults.push({ field, message })
    }
  }
  if (head.partyId === null) add('partyId', words.party)
  if (head.warehouseId === null) add('warehouseId', words.warehouse)
  if (head.toWarehouseId === null) add('toWarehouseId', words.warehouse)
  if (!isDate(head.date)) add('date', words.date)
  for (const field of ['saleDate', 'dueDate', 'expectedDate'] as const) {
    if (head[field] !== '' && !isDate(head[field])) add(field, words.date)
  }
  if (!/^\d{0,4}$/.test(head.paymentTermDays)) add('paymentTermDays', words.days)
  for (const field of ['discountPercent', 'discountAmount'] as const) {
    if (head[field] !== '' && (!isDecimal(head[field]) || head[field].startsWith('-')))
      add(field, words.number)
  }
  if (head.discountPercent !== '' && head.discountAmount !== '') add('discountAmount', words.twoDiscounts)
  return faults
}

/** Checks the lines, marks the cells, and says what is wrong by the place of the line. */
export function checkLines(
  editor: EditorKind,
  lines: Lines,
  words: FaultWords,
  noLines: string,
  booking: boolean,
): Fault[] {
  const all = lines.store.filled()
  if (all.length === 0) return [{ field: 'lines', message: noLines }]
  const changes = new Map<string, Partial<Line>>()
  const found: Fault[] = []
  const context = { ...lines.model.context, kind: editor.grid, words, booking }
  for (const [i, line] of all.entries()) {
    const faults = lineFaults(line, context)
    changes.set(line.key, { faults })
    for (const [field, message] of Object.entries(faults))
      found.push({ field: `lines.${i}.${field}`, message })
  }
  lines.store.updateMany(changes)
  return found
}
