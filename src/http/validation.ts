import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { isCalendarDate } from '../kernel/dates.ts'
import { isId } from '../kernel/ids.ts'
import { type FieldProblem, Problem } from '../kernel/problem.ts'
import { fieldProblems } from './field-messages.ts'
import type { JsonSchema } from './strict-schema.ts'

/** Dates outside of these are typing mistakes, and beyond what every database and program can hold. */
const firstDate = '1000-01-01'
const lastDate = '9999-12-31'

/** Above this many bytes a request at fault is told its first fault only: a list of all could fill the memory. */
const smallEnoughForAll = 256 * 1024

function validator(options: { coerce: boolean; all: boolean }): Ajv2020 {
  const ajv = new Ajv2020({
    coerceTypes: options.coerce ? 'array' : false,
    useDefaults: true,
    allErrors: options.all,
    verbose: true,
    strict: true,
    strictTypes: false,
    strictRequired: false,
    allowUnionTypes: true,
  })
  formats.default(ajv)
  ajv.addFormat('uuid', isId)
  ajv.addFormat('date', (text) => isCalendarDate(text) && text >= firstDate && text <= lastDate)
  ajv.addFormat('date-time', isMoment)
  // What a value must be, in words; read by field-messages.ts.
  ajv.addKeyword('x-must')
  return ajv
}

/** A moment with its time zone; what JavaScript and PostgreSQL both read alike. */
function isMoment(text: string): boolean {
  const parts =
    /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-](0\d|1[0-4]):[0-5]\d)$/.exec(text)
  return parts !== null && isCalendarDate(parts[1]!) && parts[1]! >= firstDate
}

const first = {
  body: validator({ coerce: false, all: false }),
  text: validator({ coerce: true, all: false }),
}
const all = { body: validator({ coerce: false, all: true }), text: validator({ coerce: true, all: true }) }

/** Where a value comes from: a JSON body has types of its own, a query or path is text that stands for them. */
export type Source = 'body' | 'query' | 'path'

/**
 * One part of a request and what it must be. Compiled when first used; the slower schema that finds
 * every fault at once is compiled when there first is a fault.
 */
export class Check {
  readonly #schema: JsonSchema
  readonly #source: Source
  #quick: ValidateFunction | null = null
  #thorough: ValidateFunction | null = null

  constructor(schema: JsonSchema, source: Source) {
    this.#schema = schema
    this.#source = source
  }

  /** The faults of a value, none when it is right. Query and path values are changed to their types. */
  faults(value: unknown, bytes = 0): FieldProblem[] {
    const kind = this.#source === 'body' ? 'body' : 'text'
    this.#quick ??= first[kind].compile(this.#schema)
    // Text is looked at again once it is a number: 1e400 becomes one without end, which no limit stops.
    if (this.#quick(value) && (kind === 'body' || this.#quick(value))) return []
    let errors: ErrorObject[] = this.#quick.errors ?? []
    if (bytes <= smallEnoughForAll) {
      this.#thorough ??= all[kind].compile(this.#schema)
      this.#thorough(value)
      errors = this.#thorough.errors ?? errors
    }
    return fieldProblems(errors).map((fault) =>
      // A query or path field is named, not pointed to.
      kind === 'body' ? fault : { ...fault, pointer: fault.pointer.replace(/^\//, '') },
    )
  }
}

/** 400: says which fields are not right, and what each must be. */
export function invalidRequest(faults: readonly FieldProblem[]): Problem {
  const shown = faults.slice(0, 50)
  const [one] = shown
  const where = one === undefined || one.pointer === '' ? 'The body' : one.pointer
  const says = `${where} ${one?.message ?? 'is not right'}.`
  const more = shown.length > 1 ? ` ${shown.length - 1} more field(s) are listed under errors.` : ''
  return new Problem(400, 'invalid-request', says + more, { errors: shown })
}
