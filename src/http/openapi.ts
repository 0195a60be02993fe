import { type Endpoint, apiPrefix } from './endpoint.ts'
import { SharedSchemas, pascal, singular } from './shared-schemas.ts'
import type { JsonSchema } from './strict-schema.ts'

/** The parts of an OpenAPI 3.1 document that are made here. */
export interface OpenApiDocument {
  readonly openapi: string
  readonly info: JsonSchema
  readonly servers: readonly JsonSchema[]
  readonly security: readonly JsonSchema[]
  readonly tags: readonly JsonSchema[]
  readonly paths: Record<string, Record<string, JsonSchema>>
  readonly components: JsonSchema
}

const about = `
Orders promise, shipments move goods, invoices move money.

Lists answer \`{items, nextCursor}\` and take \`q\`, \`sort\`, \`limit\` and \`cursor\`. Decimals and dates are
strings. Errors are RFC 9457 problem details with a stable \`code\`. Every write takes an \`Idempotency-Key\`;
edits take \`If-Match\` with the version that was read; actions take \`?preview=true\`. An API key belongs to one
company; with a session cookie the header \`Zapas-Company\` (slug or id) names it. See docs/api.md.
`.trim()

const problemCodes: Readonly<Record<number, readonly [name: string, description: string]>> = {
  400: ['Malformed', 'The request is malformed; `errors` names each field and what it must be.'],
  401: ['NotSignedIn', 'No valid API key or session.'],
  403: ['Forbidden', 'The role does not reach this far; `detail` says who can grant it.'],
  404: ['NotFound', 'It does not exist, or belongs to another company.'],
  409: ['Conflict', 'The present state or the stock does not allow it. Nothing was changed.'],
  412: ['VersionMismatch', 'It was changed after the version in `If-Match`. Nothing was changed.'],
  422: ['RuleBroken', 'Well-formed, but it breaks a rule; `errors` names the field. Nothing was changed.'],
  429: ['TooManyRequests', 'Wait as long as `Retry-After` says.'],
}

/** The document of all endpoints, made from the very schemas that validate. */
export function openApiDocument(endpoints: readonly Endpoint[], version: string): OpenApiDocument {
  const shared = new SharedSchemas()
  for (const each of endpoints) {
    const noun = nounOf(each.route.path)
    if (each.schemas.response) shared.count(each.schemas.response, noun)
    if (each.schemas.body) shared.count(each.schemas.body, `${noun}Input`)
  }
  const paths: Record<string, Record<string, JsonSchema>> = {}
  for (const each of endpoints) {
    const { path, method } = each.route
    paths[path] ??= {}
    paths[path][method.toLowerCase()] = operation(each, shared)
  }
  const tags = [...new Set(endpoints.map((each) => each.route.tag))]
  return {
    openapi: '3.1.1',
    info: {
      title: 'Zapas',
      version,
      description: about,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: apiPrefix }],
    security: [{ apiKey: [] }, { session: [] }],
    tags: tags.map((name) => ({ name })),
    paths,
    components: {
      schemas: { Problem: problemSchema, ...shared.schemas },
      responses: Object.fromEntries(
        Object.values(problemCodes).map(([name, description]) => [
          name,
          {
            description,
            content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
          },
        ]),
      ),
      parameters: { IdempotencyKey: idempotencyKeyParameter, IfMatch: ifMatchParameter },
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer', description: 'An API key; it belongs to one company.' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'better-auth.session_token',
          description: 'The session of the web app; writes need an Origin header of this server.',
        },
      },
    },
  }
}

function operation(each: Endpoint, shared: SharedSchemas): JsonSchema {
  const { route, reads, schemas } = each
  const made: JsonSchema = {
    operationId: operationId(route.method, route.path),
    summary: route.summary,
    tags: [route.tag],
    description: [route.description, permissionText(route.permission)].filter(Boolean).join('\n\n'),
    'x-permission': route.permission,
    parameters: [
      ...parameters(schemas.params, 'path'),
      ...parameters(schemas.query, 'query'),
      ...(reads ? [] : [{ $ref: '#/components/parameters/IdempotencyKey' }]),
      ...(!reads && route.path.includes('{') ? [{ $ref: '#/components/parameters/IfMatch' }] : []),
    ],
    responses: responses(each, shared),
  }
  if (route.permission === 'public' || route.permission === 'portal') made.security = []
  if (route.rawBody) made.requestBody = { required: true, content: { 'application/json': { schema: {} } } }
  if (route.upload !== undefined) {
    const schema = { type: 'string', format: 'binary', maxLength: route.upload }
    made.requestBody = { required: true, content: { 'application/octet-stream': { schema } } }
  }
  if (schemas.body) {
    made.requestBody = {
      required: route.bodyOptional !== true,
      content: { 'application/json': content(shared.use(schemas.body), route.example?.body) },
    }
  }
  return made
}

function permissionText(permission: string): string {
  if (permission === 'public') return 'Open to everyone.'
  if (permission === 'member') return 'Open to every member of the company.'
  if (permission === 'portal')
    return 'Open to whoever has the link of a customer; its token is in the address.'
  return `Needs the permission \`${permission}\`.`
}

function responses(each: Endpoint, shared: SharedSchemas): JsonSchema {
  const { route, reads, schemas } = each
  const status = schemas.response || route.file ? String(route.status ?? 200) : '204'
  const made: JsonSchema = {
    [status]: route.file
      ? { description: 'The file.', content: { [route.file]: {} } }
      : schemas.response
        ? {
            description: status === '201' ? 'Created.' : 'Done.',
            content: { 'application/json': content(shared.use(schemas.response), route.example?.response) },
          }
        : { description: 'Done; no body.' },
  }
  const possible = [400, 429]
  if (route.permission !== 'public' && route.permission !== 'portal') possible.push(401, 403)
  if (route.path.includes('{')) possible.push(404)
  if (!reads) possible.push(409, 422)
  if (!reads && route.path.includes('{')) possible.push(412)
  for (const code of possible.toSorted((a, b) => a - b)) {
    made[code] = { $ref: `#/components/responses/${problemCodes[code]![0]}` }
  }
  return made
}

function content(schema: JsonSchema, example: unknown): JsonSchema {
  return example === undefined
    ? { schema }
    : { schema, example: JSON.parse(JSON.stringify(example)) as unknown }
}

function parameters(schema: JsonSchema, place: 'path' | 'query'): JsonSchema[] {
  const required = new Set((schema.required ?? []) as string[])
  return Object.entries(schema.properties as Record<string, JsonSchema>).map(([name, property]) => ({
    name,
    in: place,
    required: required.has(name),
    schema: property,
    ...(typeof property.description === 'string' && { description: property.description }),
  }))
}

/** `POST /sales-orders/{id}/confirm` is `postSalesOrdersByIdConfirm`: unique, for it holds all of the path. */
function operationId(method: string, path: string): string {
  const words = path.split('/').flatMap((part) => {
    const parameter = /^\{(\w+)\}$/.exec(part)?.[1]
    return parameter === undefined ? part.split('-') : ['by', parameter]
  })
  return method.toLowerCase() + pascal(words.join('-'))
}

/** What an address is about: the last name in it, so that `/sales-orders/{id}` is about a SalesOrder. */
function nounOf(path: string): string {
  return singular(
    pascal(path.split('/').findLast((part) => part !== '' && !part.startsWith('{')) ?? 'Answer'),
  )
}

const problemSchema: JsonSchema = {
  type: 'object',
  description: 'RFC 9457 problem details. A problem may carry further facts, such as `available`.',
  required: ['type', 'title', 'status', 'code', 'detail', 'errors', 'requestId'],
  properties: {
    type: { type: 'string', format: 'uri' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', description: 'Stable, for programs.' },
    detail: { type: 'string', description: 'For people: what happened, the limit, the way out.' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['pointer', 'message'],
        properties: {
          pointer: {
            type: 'string',
            description: 'JSON pointer into the body, or the name of the query field, path field or header.',
          },
          message: { type: 'string' },
        },
      },
    },
    requestId: { type: 'string' },
  },
}

const idempotencyKeyParameter: JsonSchema = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    'A text of your choice, such as a UUID. A repeat of the same request with the same key within 7 days gets the first answer and does nothing again.',
  schema: { type: 'string', minLength: 1, maxLength: 200 },
}

const ifMatchParameter: JsonSchema = {
  name: 'If-Match',
  in: 'header',
  required: false,
  description: 'The ETag that was read. If the object was changed since, the request is refused with 412.',
  schema: { type: 'string', examples: ['"3"'] },
}
