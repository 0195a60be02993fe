import { Validator } from '@seriousme/openapi-schema-validator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { routes } from '../../src/app.ts'
import { endpoint } from '../../src/http/endpoint.ts'
import { type OpenApiDocument, openApiDocument } from '../../src/http/openapi.ts'
import type { AnyRoute } from '../../src/http/route.ts'
import { titles } from '../../src/kinds.ts'
import { type TestApp, startTestApp } from '../support/test-app.ts'
import { sampleRoutes } from './sample-routes.ts'

let app: TestApp

beforeAll(async () => {
  app = await startTestApp({ routes: sampleRoutes })
})
afterAll(() => app.close())

describe.each([
  ['of the samples', sampleRoutes],
  ['of all rooms', routes],
])('the OpenAPI document %s', (_, described) => {
  const document = openApiDocument(described.map(endpoint), '1.0.0')

  it('is valid 3.1', async () => {
    const result = await new Validator().validate(structuredClone(document) as never)
    expect(result).toEqual({ valid: true })
    expect(document.openapi).toMatch(/^3\.1\./)
  })

  it('describes every route, and nothing twice', () => {
    const found = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    )
    expect(found.sort()).toEqual(described.map(({ method, path }) => `${method} ${path}`).sort())
    const ids = Object.values(document.paths).flatMap((operations) =>
      Object.values(operations).map((operation) => operation.operationId),
    )
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('refers to what it holds, and holds what it refers to', () => {
    const schemas = Object.keys(document.components.schemas as object)
    const referred = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(
      (match) => match[1]!,
    )
    expect([...new Set(referred)].sort()).toEqual(schemas.sort())
  })
})

it('what is done with a document can be tried out, but for files and what another system does', () => {
  const paths = Object.values(titles).map(({ path }) => path)
  const isOfDocument = ({ method, path }: AnyRoute): boolean =>
    method === 'POST' && paths.some((each) => path.startsWith(`/${each}/{id}/`))
  const without = routes.filter((each) => isOfDocument(each) && !each.previewable)
  expect(new Set(without.map(({ path }) => path.split('/').at(-1)))).toEqual(
    new Set(['files', 'pdfs', 'online-refunds']),
  )
})

describe.each(routes.map((each) => [`${each.method} ${each.path}`, each] as const))('%s', (_, route) => {
  it('has schemas that compile and examples that fit them', () => compiles(route))
})

/** A schema that the validator refuses would otherwise be found by the first caller. */
function compiles(route: AnyRoute): void {
  const { checks, responseCheck } = endpoint(route)
  checks.params.faults({})
  checks.query.faults({})
  checks.body?.faults(null)
  responseCheck?.faults(null)
  const { example } = route
  if (example?.body !== undefined) expect(checks.body?.faults(example.body)).toEqual([])
  if (example?.response !== undefined) expect(responseCheck?.faults(example.response)).toEqual([])
}

describe('an operation', () => {
  it('tells keys, versions, previews, problems and who may', async () => {
    const document = await app.api<OpenApiDocument>('GET', '/openapi.json', undefined, { as: null })
    const rename = document.paths['/samples/{id}/rename']!.post!
    expect(JSON.stringify(rename.parameters)).toContain('IdempotencyKey')
    expect(JSON.stringify(rename.parameters)).toContain('IfMatch')
    expect(JSON.stringify(rename.parameters)).toContain('"preview"')
    const statuses = ['200', '400', '401', '403', '404', '409', '412', '422', '429']
    expect(Object.keys(rename.responses as object)).toEqual(statuses)
    expect(rename['x-permission']).toBe('taxes:write')
    expect(document.paths['/samples/public/greeting']!.get!.security).toEqual([])
  })

  it('has its shared schemas in one place', () => {
    const document = openApiDocument(sampleRoutes.map(endpoint), '1.0.0')
    expect(document.components.schemas).toHaveProperty('Sample')
    const one = document.paths['/samples/{id}']!.get!.responses as Record<string, unknown>
    expect(JSON.stringify(one['200'])).toContain('"#/components/schemas/Sample"')
  })
})

describe('the documentation', () => {
  it('can be browsed without the internet', async () => {
    const page = await app.send('GET', '/api/docs/', undefined, { as: null })
    expect(page.status).toBe(200)
    expect(page.text).not.toMatch(/(src|href)="https?:/)
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'")
    const assets = [...page.text.matchAll(/(?:src|href)="(?!data:)([^"]+)"/g)].map((match) => match[1]!)
    expect(assets.length).toBeGreaterThan(2)
    for (const asset of assets) {
      const { pathname } = new URL(asset, `${app.base}/api/docs/`)
      expect((await app.send('GET', pathname, undefined, { as: null })).status, pathname).toBe(200)
    }
  })
})
