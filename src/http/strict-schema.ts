import type { TSchema } from 'typebox'

/** A JSON schema as plain data. */
export interface JsonSchema {
  [keyword: string]: unknown
}

/** Limits of what a schema leaves open: every input has an end, and the documentation says which. */
const longestText = 10_000
const mostItems = 10_000
const smallestInteger = -2_147_483_648
const biggestInteger = 2_147_483_647

/**
 * The schema that a request is held to: what the declared one says, unknown fields refused, and a limit
 * on every text, list and whole number that does not state its own.
 */
export function strictSchema(schema: TSchema): JsonSchema {
  return strict(plain(schema), false)
}

/** A schema without TypeBox's own marks. */
export function plain(schema: TSchema): JsonSchema {
  return JSON.parse(JSON.stringify(schema)) as JsonSchema
}

/** @param part the schema is one part of an `allOf`, which as a whole says what else is allowed. */
function strict(schema: JsonSchema, part: boolean): JsonSchema {
  const made: JsonSchema = { ...schema }
  if (isSchemaMap(made.properties)) {
    made.properties = mapSchemas(made.properties)
    if (!part && made.additionalProperties === undefined && made.allOf === undefined) {
      made.additionalProperties = false
    }
  }
  if (isSchemaMap(made.patternProperties)) made.patternProperties = mapSchemas(made.patternProperties)
  if (isSchemaMap(made.additionalProperties)) {
    made.additionalProperties = strict(made.additionalProperties, false)
  }
  for (const keyword of ['anyOf', 'oneOf']) {
    const branches = made[keyword]
    if (Array.isArray(branches)) made[keyword] = branches.map((b) => strict(b as JsonSchema, part))
  }
  if (Array.isArray(made.allOf)) {
    made.allOf = made.allOf.map((b) => strict(b as JsonSchema, true))
    if (!part && made.unevaluatedProperties === undefined) made.unevaluatedProperties = false
  }
  if (isSchemaMap(made.items)) made.items = strict(made.items, false)
  if (made.type === 'array') made.maxItems ??= mostItems
  if (made.type === 'integer') {
    if (made.exclusiveMinimum === undefined) made.minimum ??= smallestInteger
    if (made.exclusiveMaximum === undefined) made.maximum ??= biggestInteger
  }
  if (made.type === 'string' && made.enum === undefined && made.const === undefined) {
    made.maxLength ??= longestText
  }
  return made
}

function mapSchemas(schemas: Record<string, JsonSchema>): Record<string, JsonSchema> {
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, strict(schema, false)]))
}

function isSchemaMap(value: unknown): value is Record<string, JsonSchema> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
