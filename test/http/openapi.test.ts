import { Validator } from '@seriousme/openapi-schema-validator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { endpoint } from '../../src/http/endpoint.ts'
import type { OpenApiDocument } from '../../src/http/openapi.ts'
import { type TestApp, startTestApp } from '../support/test-app.ts'
import { sampleRoutes } from './sample-routes.ts'

let app: TestApp
let document: OpenApiDocument

beforeAll(async () => {
  app = await startTestApp({ routes: sampleRoutes })
  document = await app.api<OpenApiDocument>('GET', '/openapi.json', undefined, { as: null })
})
afterAll(() => app.close())

describe('the OpenAPI document', () => {
  it('is valid 3.1', async () => {
    const validator = new Validator()
    const result = await validator.validate(structuredClone(document) as never)
    expect(result).toEqual({ valid: true })
    expect(document.openapi).toMatch(/^3\.1\./)
  })

  it('describes every route, and nothing twice', () => {
    const described = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    )
    expect(described.sort()).toEqual(sampleRoutes.map(({ method, path }) => `${method} ${path}`).sort())
    const ids = Object.values(document.paths).flatMap((operations) =>
      Object.values(operations).map((operation) => operation.operationId),
    )
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('tells keys, versions, previews, problems and who may', () => {
    const rename = document.paths['/samples/{id}/rename']!.post!
    expect(JSON.stringify(rename.parameters)).toContain('IdempotencyKey')
    expect(JSON.stringify(rename.parameters)).toContain('IfMatch')
    expect(JSON.stringify(rename.parameters)).toContain('"preview"')
    expect(Object.keys(rename.responses as object)).toEqual([
      '200',
      '400',
      '401',
      '403',
      '404',
      '409',
      '412',
      '422',
      '429',
    ])
    expect(rename['x-permission']).toBe('taxes:write')
    expect(document.paths['/samples/public/greeting']!.get!.security).toEqual([])
  })

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

describe('every endpoint', () => {
  it('has schemas that compile, and examples that fit them', () => {
    for (const each of sampleRoutes.map(endpoint)) {
      const name = `${each.route.method} ${each.route.path}`
      each.checks.params.faults({})
      each.checks.query.faults({})
      each.responseCheck?.faults(null)
      const { example } = each.route
      if (example?.body !== undefined) expect(each.checks.body?.faults(example.body), name).toEqual([])
    }
  })
})
