import { type Static, Type } from 'typebox'
import { literals, object, optional, text } from '../../http/schemas.ts'
import { type JsonSchema, strictSchema } from '../../http/strict-schema.ts'
import { Check, invalidRequest } from '../../http/validation.ts'
import { Problem } from '../../kernel/problem.ts'

const Column = object({
  path: text(100, { minLength: 1, description: 'Field of a row, such as `party.name`.' }),
  title: text(200, { description: 'Heading.' }),
  words: optional(
    Type.Record(Type.String({ maxLength: 60 }), text(200), {
      maxProperties: 60,
      description: 'What stands for a value, such as a status in the reader’s language.',
    }),
  ),
})
const Columns = Type.Array(Column, { minItems: 1, maxItems: 60 })
export type ViewColumn = Static<typeof Column>

export const ViewExportQuery = Type.Object({
  list: text(60, { minLength: 1, description: 'The list, such as `sales-orders` or `stock/levels`.' }),
  format: literals(['csv', 'xlsx']),
  search: optional(text(4000, { description: 'Its filters and sort, as they stand behind `?` there.' })),
  columns: text(12_000, {
    description: 'JSON: a list of `{path, title, words}`; `words` may be left out.',
  }),
  name: optional(text(120, { description: 'Of the file, without its ending.' })),
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
    throw invalidRequest(faults.map(({ pointer, message }) => ({ pointer: `columns${pointer}`, message })))
  for (const [at, { path }] of (columns as ViewColumn[]).entries()) {
    if (holds(row, path.split('.'))) continue
    throw new Problem(
      422,
      'unknown-column',
      `Rows of this list have no field '${path}' that a cell can show.`,
      {
        errors: [{ pointer: `columns/${at}/path`, message: `no field '${path}'` }],
      },
    )
  }
  return columns as ViewColumn[]
}

function holds(schema: JsonSchema, [name, ...rest]: readonly string[]): boolean {
  const choices = (schema.anyOf as JsonSchema[] | undefined) ?? [schema]
  if (name === undefined) return !choices.some(({ type }) => type === 'array' || type === 'object')
  return choices.some(({ properties }) => {
    const fields = properties as Record<string, JsonSchema> | undefined
    return fields !== undefined && Object.hasOwn(fields, name) && holds(fields[name]!, rest)
  })
}
