import type { Cell } from 'write-excel-file/node'
import type { Context } from '../../kernel/context.ts'
import { type Decimal, isDecimal } from '../../kernel/decimal.ts'
import { guarded } from '../files/formula-guard.ts'
import type { ViewColumn, ViewSource } from './columns.ts'
import type { Readings } from './readings.ts'

/** A value as rows of the API hold it before it becomes JSON. */
export type Value = string | number | boolean | Date | Decimal | null | undefined

/** What stands in a cell: the first of the column's fields that says something in this row. */
export async function valueOf(row: unknown, { or = [], ...first }: ViewColumn, readings: Readings) {
  for (const source of [first, ...or]) {
    const value = await valueAt(row, source, readings)
    if (value != null && value !== '') return value
  }
  return null
}

async function valueAt(row: unknown, { path, as, when = {}, words }: ViewSource, readings: Readings) {
  const shown = Object.entries(when).every(([field, values]) => values.includes(textOf(fieldOf(row, field))))
  if (!shown) return null
  const field = fieldOf(row, path)
  const value = as === undefined || field == null ? field : await readings.read(as, field)
  if (Array.isArray(value)) return value.map((each) => words?.[String(each)] ?? String(each)).join(', ')
  if (isRecord(value)) return JSON.stringify(value)
  return words?.[String(value)] ?? (value as Value)
}

/** Of such as the changes of an audit entry: what has no shape of its own is written as it is. */
function isRecord(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
}

/** A field of a row; of rows within it, that of each. */
function fieldOf(row: unknown, path: string): unknown {
  let value = row
  for (const name of path.split('.')) {
    const named = (each: unknown) => (each as Record<string, unknown> | null | undefined)?.[name]
    value = Array.isArray(value) ? value.map(named).filter((each) => each != null) : named(value)
  }
  return value
}

function textOf(value: unknown): string {
  return value == null ? '' : String(value as Exclude<Value, null | undefined>)
}

/** A spreadsheet may not take it for a formula; a decimal keeps every digit. */
export function csvCell(value: Value, ctx: Context): string {
  if (value == null) return ''
  if (value instanceof Date) return momentIn(value, ctx)
  if (isDecimal(value)) return value.toFixed()
  return guarded(String(value))
}

const dateOnly = /^\d{4}-\d{2}-\d{2}$/
/** A cell of a spreadsheet holds so many digits exactly; what has more stands there as text. */
const exactDigits = 15

export function xlsxCell(value: Value, ctx: Context): Cell {
  if (value == null) return null
  if (value instanceof Date) return { value: momentIn(value, ctx), type: String }
  if (isDecimal(value)) {
    const text = value.toFixed()
    if (value.c.length > exactDigits) return { value: text, type: String, align: 'right' }
    const decimals = text.split('.')[1]?.length ?? 0
    const format = decimals === 0 ? '0' : `0.${'0'.repeat(decimals)}`
    return { value: Number(text), type: Number, format }
  }
  if (typeof value === 'number') return { value, type: Number }
  if (typeof value === 'string' && dateOnly.test(value))
    return { value: new Date(`${value}T00:00:00Z`), type: Date, format: 'yyyy-mm-dd' }
  return { value: String(value), type: String }
}

/** In the company's time zone, sortable as text. */
function momentIn(moment: Date, ctx: Context): string {
  return moment.toLocaleString('sv-SE', { timeZone: ctx.company.timeZone })
}
