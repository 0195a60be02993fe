import type { JsonSchema } from './strict-schema.ts'

/** Shorter than this, a reference would save nothing. */
const worthSharing = 200

interface Seen {
  times: number
  /** Of the first place where it stood. */
  readonly name: string
}

/**
 * Puts schemas that occur more than once under `components` of the OpenAPI document and refers to them
 * there; otherwise the lines of a document would be written out some hundred times.
 */
export class SharedSchemas {
  /** The shared schemas by name, complete once every schema was used. */
  readonly schemas: Record<string, JsonSchema> = {}
  readonly #seen = new Map<string, Seen>()
  readonly #names = new Map<string, string>()

  /** Counts what a schema consists of. Call it for every schema before the first `use`. */
  count(schema: JsonSchema, name: string): void {
    visit(schema, name, (node, hint) => {
      const key = JSON.stringify(node)
      if (key.length < worthSharing) return
      const seen = this.#seen.get(key)
      if (seen) seen.times++
      else this.#seen.set(key, { times: 1, name: titleOf(node) ?? hint })
    })
  }

  /** The schema with references in place of what is shared. */
  use(schema: JsonSchema): JsonSchema {
    return this.#replaced(schema, true) as JsonSchema
  }

  #replaced(value: unknown, isSchema: boolean): unknown {
    if (Array.isArray(value)) return value.map((each) => this.#replaced(each, isSchema))
    if (typeof value !== 'object' || value === null) return value
    const key = isSchema && isObjectSchema(value) ? JSON.stringify(value) : null
    const seen = key === null ? undefined : this.#seen.get(key)
    if (key === null || seen === undefined || seen.times < 2)
      return this.#inside(value as JsonSchema, isSchema)
    let name = this.#names.get(key)
    if (name === undefined) {
      name = this.#freeName(seen.name)
      this.#names.set(key, name)
      this.schemas[name] = {} // its place among the others, before what it consists of
      this.schemas[name] = this.#inside(value as JsonSchema, true)
    }
    return { $ref: `#/components/schemas/${name}` }
  }

  #inside(schema: JsonSchema, isSchema: boolean): JsonSchema {
    return Object.fromEntries(
      Object.entries(schema).map(([keyword, value]) => {
        // Within `properties` the keys are names and the values schemas; examples are no schemas at all.
        if (isSchema && isPlain(keyword)) return [keyword, value]
        const holdsSchemas = !isSchema || !namesToSchemas.has(keyword)
        return [keyword, this.#replaced(value, holdsSchemas)]
      }),
    )
  }

  #freeName(hint: string): string {
    for (let n = 1; ; n++) {
      const name = n === 1 ? hint : `${hint}${n}`
      if (!(name in this.schemas)) return name
    }
  }
}

const namesToSchemas = new Set(['properties', 'patternProperties'])

function isPlain(keyword: string): boolean {
  return ['enum', 'const', 'default', 'examples', 'example', 'required'].includes(keyword)
}

function isObjectSchema(value: object): value is JsonSchema {
  return (value as JsonSchema).type === 'object'
}

function titleOf(schema: JsonSchema): string | null {
  return typeof schema.title === 'string' && /^[A-Z][A-Za-z0-9]*$/.test(schema.title) ? schema.title : null
}

/** Calls back for every object schema in a schema, with a name made of the way to it. */
function visit(schema: JsonSchema, name: string, found: (schema: JsonSchema, name: string) => void): void {
  if (isObjectSchema(schema)) found(schema, isPage(schema) ? `${name}Page` : name)
  for (const keyword of namesToSchemas) {
    for (const [property, inner] of Object.entries((schema[keyword] ?? {}) as Record<string, JsonSchema>)) {
      // The rows of a page are what the page is about.
      visit(inner, isPage(schema) && property === 'items' ? name : name + pascal(property), found)
    }
  }
  for (const keyword of ['anyOf', 'oneOf', 'allOf']) {
    for (const inner of (schema[keyword] ?? []) as JsonSchema[]) visit(inner, name, found)
  }
  for (const keyword of ['items', 'additionalProperties']) {
    const inner = schema[keyword]
    if (typeof inner === 'object' && inner !== null) visit(inner as JsonSchema, singular(name), found)
  }
}

function isPage(schema: JsonSchema): boolean {
  return 'nextCursor' in ((schema.properties ?? {}) as object)
}

/** One of many: of Parties a Party, of Taxes a Tax, of SalesOrders a SalesOrder. */
export function singular(name: string): string {
  if (name.endsWith('ies')) return `${name.slice(0, -3)}y`
  if (/(x|ss|sh|ch)es$/.test(name)) return name.slice(0, -2)
  return /[^s]s$/.test(name) ? name.slice(0, -1) : name
}

/** 'sales-orders' and 'salesOrders' are both SalesOrders. */
export function pascal(name: string): string {
  return name
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')
}
