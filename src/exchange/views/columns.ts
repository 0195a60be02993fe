import { type Static, Type } from 'typebox'
import { Id, literals, object, optional, text } from '../../http/schemas.ts'
import { type JsonSchema, strictSchema } from '../../http/strict-schema.ts'
import { Check, invalidRequest } from '../../http/validation.ts'
import { Problem } from '../../kernel/problem.ts'
import { readings } from './readings.ts'

const source = {
  path: text(100, {
    minLength: 1,
    description:
      'Field of a row, such as `party.name`. Where a field holds several, all of them, with commas.',
  }),
  as: optional(
    literals(readings, {
      description:
        'How the field is read where it is not shown as it stands: the warehouse of an id by its name or code, what the party of an id owes or is owed (in all, or overdue), an address in one line, the city of the billing address, how many there are, whether there is one (`true`).',
    }),
  ),
  when: optional(
    Type.Record(Type.String({ minLength: 1, maxLength: 100 }), Type.Array(text(60), { maxItems: 20 }), {
      maxProperties: 5,
      description:
        'Shown only in rows whose fields have one of these values, such as `{"state": ["posted"]}`.',
    }),
  ),
  words: optional(
    Type.Record(Type.String({ maxLength: 60 }), text(200), {
      maxProperties: 60,
      description: 'What stands for a value, such as a status in the reader’s language.',
    }),
  ),
}
const Source = object(source)
const Column = object({
  ...source,
  title: text(200, { description: 'Heading.' }),
  or: optional(
    Type.Array(Source, { maxItems: 5, description: 'What stands there where `path` says nothing, in turn.' }),
  ),
})
const Columns = Type.Array(Column, { minItems: 1, maxItems: 60 })
export type ViewSource = Static<typeof Source>
export type ViewColumn = Static<typeof Column>

/** Rows of one file that are asked for one by one. */
export const mostChosen = 10_000

const file = {
  list: text(60, { minLength: 1, description: 'The list, such as `sales-orders` or `stock/levels`.' }),
  format: literals(['csv', 'xlsx']),
  search: optional(text(4000, { description: 'Its filters and sort, as they stand behind `?` there.' })),
  name: optional(text(120, { description: 'Of the file, without its ending.' })),
}

export const ViewExportQuery = Type.Object({
  ...file,
  columns: text(12_000, {
    description:
      'JSON: a list of `{path, title, as, when, words, or}`; all but `path` and `title` may be left out. `as` says how a field is read, `words` what stands for its values, `when` in which rows it is shown, `or` what stands there else.',
  }),
})

export const RowsExportBody = object({
  ...file,
  columns: Columns,
  ids: Type.Array(Id, {
    minItems: 1,
    maxItems: mostChosen,
    description:
      'Of the rows, in the order in which they are to stand; one that the list does not show is left out.',
  }),
})

const check = new Check(strictSchema(Columns), 'query')

/**
 * The columns that are asked for.
 * @param row the schema of a row, which knows the fields.
 * @throws 400 where they cannot be read, 422 `unknown-column` for a field that rows do not have.
 */
export function readColumns(written: string, row: JsonSchema): readonly ViewColumn[] {
  let columns: unknown
  try {
    columns = JSON.parse(written)
  } catch {
    throw invalidRequest([{ pointer: 'columns', message: 'must be JSON: a list of {"path", "title"}' }])
  }
  const faults = check.faults(columns)
  if (faults.length > 0)
    throw invalidRequest(
      faults.map(({ pointer, message }) => ({
        pointer: pointer === '' ? 'columns' : `columns/${pointer}`,
        message,
      })),
    )
  refuseUnknownColumns(columns as ViewColumn[], row)
  return columns as ViewColumn[]
}

/**
 * @param place what stands before `columns` in the pointer of a fault: `/` in a body
 * @throws 422 `unknown-column`
 */
export function refuseUnknownColumns(columns: readonly ViewColumn[], row: JsonSchema, place = ''): void {
  for (const [at, { or = [], ...first }] of columns.entries())
    for (const [i, source] of [first, ...or].entries())
      refuseUnknown(row, source, `${place}columns/${at}${i === 0 ? '' : `/or/${i - 1}`}`)
}

function refuseUnknown(row: JsonSchema, { path, as, when = {} }: ViewSource, pointer: string): void {
  // What is read in a way of its own may be anything.
  if (!holds(row, path.split('.'), as !== undefined)) throw unknown(path, `${pointer}/path`)
  for (const field of Object.keys(when))
    if (!holds(row, field.split('.'))) throw unknown(field, `${pointer}/when/${field}`)
}

function unknown(path: string, pointer: string): Problem {
  return new Problem(
    422,
    'unknown-column',
    `Rows of this list have no field '${path}' that a cell can show.`,
    {
      errors: [{ pointer, message: `no field '${path}'` }],
    },
  )
}

/** Whether rows have the field: a value, or a list of values. */
function holds(schema: JsonSchema, [name, ...rest]: readonly string[], whatever = false): boolean {
  const choices = (schema.anyOf as JsonSchema[] | undefined) ?? [schema]
  if (name === undefined && whatever) return true
  return choices.some(({ type, properties, items }) => {
    if (type === 'array')
      return holds(items as JsonSchema, name === undefined ? [] : [name, ...rest], whatever)
    if (name === undefined) return type !== 'object' && type !== 'null'
    const fields = properties as Record<string, JsonSchema> | undefined
    return fields !== undefined && Object.hasOwn(fields, name) && holds(fields[name]!, rest, whatever)
  })
}
