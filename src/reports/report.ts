import { type TSchema, Type } from 'typebox'
import { DateText, DecimalOut, Id, nullable, object } from '../http/schemas.ts'
import type { Decimal } from '../kernel/decimal.ts'
import type { CalendarDate } from '../kernel/dates.ts'

/** What a column holds: how it is written, and on which side it stands. */
export type ColumnType = 'id' | 'text' | 'date' | 'quantity' | 'money' | 'percent'

type Value<T extends ColumnType> = T extends 'id' | 'text' | 'date' ? string | null : Decimal | null

export type Columns = Readonly<Record<string, ColumnType>>
export type RowOf<C extends Columns> = { readonly [K in keyof C]: Value<C[K]> }

/** A report as it is answered, drawn, and written as a file: rows under columns, with sums. */
export interface Answer<C extends Columns> {
  readonly currency: string
  /** Null where it begins with the first document. */
  readonly from: CalendarDate | null
  readonly to: CalendarDate
  readonly columns: readonly { readonly key: string; readonly type: ColumnType }[]
  /** The first of them by the order of the report; `rowCount` tells of all. */
  readonly items: readonly RowOf<C>[]
  readonly rowCount: number
  /** Of all rows, shown or not. A column that cannot be added up is missing. */
  readonly totals: Readonly<Record<string, Decimal>>
}

/** So many rows are answered to the page; a file has all of them, up to `mostInFile`. */
export const mostOnPage = 500
export const mostInFile = 100_000

const schemas: Readonly<Record<ColumnType, TSchema>> = {
  id: nullable(Id),
  text: nullable(Type.String()),
  date: nullable(DateText),
  quantity: nullable(DecimalOut),
  money: nullable(DecimalOut),
  percent: nullable(DecimalOut),
}

/** The schema of the answer of a report with these columns. */
export function answerSchema<C extends Columns>(columns: C) {
  return Type.Unsafe<Answer<C>>(
    object({
      currency: Type.String({ description: 'Of the company; what the amounts are in.' }),
      from: nullable(DateText),
      to: DateText,
      columns: Type.Array(object({ key: Type.String(), type: Type.String() })),
      items: Type.Array(
        object(Object.fromEntries(Object.entries(columns).map(([key, type]) => [key, schemas[type]]))),
        { description: `${mostOnPage} at the most, the largest first; the file has all.` },
      ),
      rowCount: Type.Integer({ description: 'Of all rows.' }),
      totals: Type.Record(Type.String(), DecimalOut, { description: 'Sums of all rows.' }),
    }),
  )
}

export function describeColumns(columns: Columns): Answer<Columns>['columns'] {
  return Object.entries(columns).map(([key, type]) => ({ key, type }))
}

/** The columns of a report alone, of rows that carry its sums along. */
export function rowsOf<C extends Columns>(columns: C, rows: readonly RowOf<C>[]): RowOf<C>[] {
  const keys = Object.keys(columns)
  return rows.map((row) => Object.fromEntries(keys.map((key) => [key, row[key]])) as RowOf<C>)
}
