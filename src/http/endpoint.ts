import type { TSchema } from 'typebox'
import type { AnyRoute } from './route.ts'
import { type JsonSchema, plain, strictSchema } from './strict-schema.ts'
import { Check } from './validation.ts'

export const apiPrefix = '/api/v1'

const mebibyte = 1024 * 1024
const usualBody = mebibyte
/** Bodies with a list (the lines of a document) may be longer. */
const longBody = 5 * mebibyte

/** A route with what follows from it, made once when the server starts. */
export interface Endpoint {
  readonly route: AnyRoute
  readonly path: string
  /** Changes nothing: may be repeated, runs read-only, needs no key. */
  readonly reads: boolean
  readonly bodyLimit: number
  readonly schemas: {
    readonly params: JsonSchema
    readonly query: JsonSchema
    readonly body: JsonSchema | null
    /** Null when the answer has no body. */
    readonly response: JsonSchema | null
  }
  readonly checks: { readonly params: Check; readonly query: Check; readonly body: Check | null }
  readonly responseCheck: Check | null
}

/** @param changes what the answer to a preview says besides; left out: nothing. */
export function endpoint(route: AnyRoute, changes?: TSchema): Endpoint {
  const name = `${route.method} ${route.path}`
  const params = pathSchema(route, name)
  const query = querySchema(route, name)
  const body = route.body ? strictSchema(route.body) : null
  const response =
    route.response && route.status !== 204 ? answerSchema(route, plain(route.response), changes) : null
  return {
    route,
    path: apiPrefix + route.path.replace(/\{(\w+)\}/g, ':$1'),
    reads: route.method === 'GET' || route.readOnly === true,
    bodyLimit: route.upload ?? (body && hasList(body) ? longBody : usualBody),
    schemas: { params, query, body, response },
    checks: {
      params: new Check(params, 'path'),
      query: new Check(query, 'query'),
      body: body ? new Check(body, 'body') : null,
    },
    responseCheck: response ? new Check(response, 'body') : null,
  }
}

function answerSchema(route: AnyRoute, response: JsonSchema, changes: TSchema | undefined): JsonSchema {
  if (!route.previewable || !changes) return response
  return { ...response, properties: { ...(response.properties as object), changes: plain(changes) } }
}

/** A parameter of the path that the route does not describe is any text. */
function pathSchema(route: AnyRoute, name: string): JsonSchema {
  const names = [...route.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!)
  const declared = propertiesOf(route.params, name)
  const properties: Record<string, JsonSchema> = {}
  for (const param of names) properties[param] = declared[param] ?? { type: 'string', maxLength: 200 }
  for (const param of Object.keys(declared)) {
    if (!names.includes(param)) throw new Error(`${name}: the path has no {${param}}`)
  }
  return { type: 'object', properties, required: names }
}

function querySchema(route: AnyRoute, name: string): JsonSchema {
  const properties = { ...propertiesOf(route.query, name) }
  if (route.previewable) {
    properties.preview = {
      type: 'boolean',
      description: 'True: answers what would change and changes nothing.',
    }
  }
  const required = route.query ? (plain(route.query).required ?? []) : []
  return { type: 'object', properties, required, additionalProperties: false }
}

function propertiesOf(schema: TSchema | undefined, name: string): Record<string, JsonSchema> {
  if (!schema) return {}
  const strict = strictSchema(schema)
  if (strict.type !== 'object') throw new Error(`${name}: params and query are objects`)
  return (strict.properties ?? {}) as Record<string, JsonSchema>
}

function hasList(schema: JsonSchema): boolean {
  const properties = (schema.properties ?? {}) as Record<string, JsonSchema>
  return Object.values(properties).some(
    (property) => property.type === 'array' || (Array.isArray(property.anyOf) && property.anyOf.some(isList)),
  )
}

function isList(schema: JsonSchema): boolean {
  return schema.type === 'array'
}
