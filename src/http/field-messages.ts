import type { ErrorObject } from 'ajv/dist/2020.js'
import type { FieldProblem } from '../kernel/problem.ts'
import { escapePointer } from './readable-text.ts'

/**
 * What the validator found, in words that state the limit: one message per field, the most telling one.
 */
export function fieldProblems(errors: readonly ErrorObject[]): FieldProblem[] {
  const found = new Map<string, string>()
  for (const error of withoutChoices(errors)) {
    const { pointer, message } = inWords(error)
    // The first fault of a field is its type; what follows from a wrong type adds nothing.
    if (!found.has(pointer)) found.set(pointer, message)
  }
  return [...found].map(([pointer, message]) => ({ pointer, message }))
}

/**
 * A value that may be one thing or another fails with the faults of every possibility. Keeps those of
 * the possibility that it comes closest to.
 */
function withoutChoices(errors: readonly ErrorObject[]): ErrorObject[] {
  let left = [...errors]
  // Inner choices come before the outer ones that hold them.
  for (const choice of errors) {
    if (choice.keyword !== 'anyOf' && choice.keyword !== 'oneOf') continue
    const inside = left.filter((e) => e.schemaPath.startsWith(`${choice.schemaPath}/`) && within(e, choice))
    if (inside.length === 0) continue
    const branches = new Map<string, ErrorObject[]>()
    for (const error of inside) {
      const branch = error.schemaPath.slice(choice.schemaPath.length + 1).split('/', 1)[0]!
      branches.set(branch, [...(branches.get(branch) ?? []), error])
    }
    const fitting = [...branches.values()].filter((b) => !b.some((e) => isOfAnotherKind(e, choice)))
    const closest = fitting.toSorted((a, b) => a.length - b.length)[0]
    const kept = closest ?? [
      { ...choice, params: { alternatives: [...branches.values()].map((b) => b[0]!) } },
    ]
    const drop = new Set([...inside, choice])
    left = [...left.filter((e) => !drop.has(e)), ...kept]
  }
  return left
}

function within(error: ErrorObject, choice: ErrorObject): boolean {
  return (
    error.instancePath === choice.instancePath || error.instancePath.startsWith(`${choice.instancePath}/`)
  )
}

/** The value itself has another type, or carries another tag, than this possibility asks for. */
function isOfAnotherKind(error: ErrorObject, choice: ErrorObject): boolean {
  if (error.keyword === 'type') return error.instancePath === choice.instancePath
  return error.keyword === 'const'
}

const typeNames: Readonly<Record<string, string>> = {
  string: 'a text in quotes',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  null: 'null',
}

const formatNames: Readonly<Record<string, string>> = {
  uuid: 'an id (a UUID such as "0198c0de-1111-7222-8333-444455556666")',
  date: 'a calendar date written YYYY-MM-DD, from 1000-01-01 to 9999-12-31, such as "2026-11-24"',
  'date-time': 'a moment with its time zone, such as "2026-11-24T10:30:00Z"',
  email: 'an e-mail address, such as "ann@example.com"',
  uri: 'an address, such as "https://example.com/page"',
}

function inWords(error: ErrorObject): FieldProblem {
  const pointer = error.instancePath
  const params = error.params as Record<string, unknown>
  const limit = String(params.limit)
  switch (error.keyword) {
    case 'required':
      return { pointer: below(pointer, params.missingProperty), message: 'is required' }
    case 'additionalProperties':
    case 'unevaluatedProperties': {
      const name = params.additionalProperty ?? params.unevaluatedProperty
      return { pointer: below(pointer, name), message: `is not known here${knownFields(error)}` }
    }
    case 'type':
    case 'anyOf':
    case 'oneOf':
      return { pointer, message: `must be ${wanted(error)}` }
    case 'pattern':
    case 'format':
      return { pointer, message: `must be ${wanted(error)}` }
    case 'enum': {
      const allowed = (params.allowedValues as unknown[]).map(String).join(', ')
      return { pointer, message: `must be one of: ${allowed}` }
    }
    case 'const':
      return { pointer, message: `must be ${JSON.stringify(params.allowedValue)}` }
    case 'minLength':
      return {
        pointer,
        message: limit === '1' ? 'must not be empty' : `must have at least ${limit} characters`,
      }
    case 'maxLength':
      return {
        pointer,
        message: `must have at most ${limit} characters (it has ${lengthOf(error.data)})`,
      }
    case 'minimum':
      return { pointer, message: `must be ${limit} or more` }
    case 'maximum':
      return { pointer, message: `must be ${limit} or less` }
    case 'exclusiveMinimum':
      return { pointer, message: `must be more than ${limit}` }
    case 'exclusiveMaximum':
      return { pointer, message: `must be less than ${limit}` }
    case 'multipleOf':
      return { pointer, message: `must be a multiple of ${String(params.multipleOf)}` }
    case 'minItems':
      return {
        pointer,
        message: limit === '1' ? 'must not be an empty list' : `must have at least ${limit} entries`,
      }
    case 'maxItems':
      return { pointer, message: `must have at most ${limit} entries (it has ${lengthOf(error.data)})` }
    case 'uniqueItems':
      return {
        pointer,
        message: `has the same entry twice (numbers ${String(params.j)} and ${String(params.i)})`,
      }
    case 'minProperties':
      return { pointer, message: `must have at least ${limit} field(s)` }
    case 'maxProperties':
      return { pointer, message: `must have at most ${limit} fields` }
    default:
      return { pointer, message: error.message ?? 'is not right' }
  }
}

/** What a value must be: the schema's own words, or those for its format or type. */
function wanted(error: ErrorObject): string {
  if (error.keyword === 'anyOf' || error.keyword === 'oneOf') {
    const alternatives = (error.params as { alternatives?: ErrorObject[] }).alternatives ?? []
    return [...new Set(alternatives.map(wanted))].join(', or ') || 'one of the documented forms'
  }
  const schema = (error.parentSchema ?? {}) as Record<string, unknown>
  if (typeof schema['x-must'] === 'string') return schema['x-must']
  if (typeof schema.format === 'string' && formatNames[schema.format]) return formatNames[schema.format]!
  if (error.keyword === 'pattern') return `of the form ${String(schema.pattern)}`
  if (error.keyword === 'format') return `of the format ${String(schema.format)}`
  if (Array.isArray(schema.enum)) return `one of: ${schema.enum.map(String).join(', ')}`
  const types = [schema.type].flat().map((type) => typeNames[String(type)] ?? String(type))
  return types.join(' or ')
}

function knownFields(error: ErrorObject): string {
  const properties = (error.parentSchema as { properties?: object } | undefined)?.properties
  const names = Object.keys(properties ?? {})
  if (names.length === 0) return ''
  return names.length > 40 ? '' : `; known are: ${names.join(', ')}`
}

function below(pointer: string, name: unknown): string {
  return `${pointer}/${escapePointer(String(name))}`
}

function lengthOf(value: unknown): number {
  if (typeof value === 'string') return Array.from(value).length
  return Array.isArray(value) ? value.length : 0
}
