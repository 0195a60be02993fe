import { type Static, Type } from 'typebox'
import { Id, MomentOut, Version, literals, nullable, object, optional, text } from '../../http/schemas.ts'
import { dateOrders, decimalSigns, delimiters, encodings } from '../files/format.ts'
import { importers } from '../imports/importers.ts'

const What = literals(importers.map((each) => each.what) as [string, ...string[]], {
  description: 'The kind of rows.',
})

const format = {
  encoding: literals(encodings),
  delimiter: literals(delimiters),
  decimalSign: literals(decimalSigns),
  dateOrder: literals(dateOrders),
  header: Type.Boolean({ description: 'The first row names the columns.' }),
  sheet: Type.Integer({ minimum: 1, maximum: 1000, description: 'Of a workbook, from 1.' }),
}
const Mapping = Type.Record(Type.String({ maxLength: 60 }), text(500), {
  maxProperties: 60,
  description: 'Names of fields to names of columns. A field that is left out is not read.',
})
const atFaults = ['nothing', 'skip'] as const

export const UploadQuery = Type.Object({
  what: What,
  name: text(200, { minLength: 1, description: 'Of the file, with its ending.' }),
})

export const ImportChange = object({
  format: optional(Type.Partial(Type.Object(format))),
  mapping: optional(Mapping),
  atFault: optional(
    literals(atFaults, { description: 'With rows at fault: nothing is kept, or all but these rows.' }),
  ),
})

const FieldOut = object({
  name: Type.String(),
  title: Type.String(),
  type: literals(['text', 'decimal', 'integer', 'boolean', 'date', 'choice']),
  required: Type.Boolean({ description: 'A new row must have it.' }),
  key: Type.Boolean({ description: 'Rows are known by it.' }),
  choices: nullable(Type.Array(Type.String())),
  description: nullable(Type.String()),
})

export const KindsOut = object({
  items: Type.Array(
    object({
      what: Type.String(),
      title: Type.String(),
      fields: Type.Array(FieldOut),
    }),
  ),
})

const CellOut = object({ value: nullable(Type.String()), fault: nullable(Type.String()) })
const head = {
  id: Id,
  what: Type.String(),
  name: Type.String(),
  bytes: Type.Integer(),
  state: literals(['ready', 'waiting', 'running', 'stopped', 'checked', 'refused', 'done', 'failed'], {
    description:
      'stopped: somebody ended it, and what was committed by then stays; checked: tried and taken back; refused: rows are at fault and nothing was kept; failed: the file cannot be read.',
  }),
  dryRun: Type.Boolean({ description: 'Of the last run: it was, or is, only tried.' }),
  atFault: literals(atFaults),
  progress: nullable(
    Type.Integer({ minimum: 0, maximum: 100, description: 'Per cent; null where the end is not known.' }),
  ),
  rows: Type.Integer({ description: 'Read so far.' }),
  created: Type.Integer({ description: 'Products, parties, prices or documents, not rows.' }),
  changed: Type.Integer(),
  same: Type.Integer(),
  ignored: Type.Integer({ description: 'Do not concern the company, or have ended.' }),
  failed: Type.Integer(),
  message: nullable(Type.String({ description: 'Why the file cannot be read.' })),
  version: Version,
  createdBy: Type.String(),
  createdAt: MomentOut,
  finishedAt: nullable(MomentOut),
}
export const ImportItem = object(head)
export const ImportOut = object({
  ...head,
  preset: nullable(Type.String({ description: 'The program that the file is of, where it is known.' })),
  otherwise: nullable(
    object(
      { what: Type.String(), preset: Type.String() },
      { description: 'The columns are those of another kind of rows.' },
    ),
  ),
  format: object({ kind: literals(['csv', 'xlsx']), ...format }),
  columns: Type.Array(Type.String()),
  mapping: Mapping,
  missing: Type.Array(Type.String(), { description: 'Fields that must have a column and have none.' }),
  sample: Type.Array(
    object({
      line: Type.Integer(),
      cells: Type.Array(Type.String()),
      values: Type.Record(Type.String(), CellOut),
    }),
    { description: 'The first rows of the file, and how they would be read.' },
  ),
})
export type ImportOut = Static<typeof ImportOut>

export const FaultsOut = object({
  items: Type.Array(
    object({
      line: Type.Integer({ description: 'Where the row begins in the file, from 1.' }),
      field: nullable(Type.String()),
      message: Type.String(),
    }),
  ),
  more: Type.Boolean({ description: 'These are the first ones only; all are in the file of rejected rows.' }),
})
