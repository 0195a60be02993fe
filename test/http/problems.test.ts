import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestApp, startTestApp } from '../support/test-app.ts'
import { sampleRoutes } from './sample-routes.ts'

let app: TestApp

beforeAll(async () => {
  app = await startTestApp({ routes: sampleRoutes })
})
afterAll(() => app.close())

const problemKeys = ['type', 'title', 'status', 'code', 'detail', 'errors', 'requestId']

describe('problem details', () => {
  it('have the shape of RFC 9457 and the request id of the header', async () => {
    const answer = await app.send('GET', '/samples/0198c0de-1111-7222-8333-444455556666')
    expect(answer.status).toBe(404)
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
    expect(Object.keys(answer.json)).toEqual(expect.arrayContaining(problemKeys))
    expect(answer.json).toMatchObject({ status: 404, code: 'not-found', type: 'urn:zapas:problem:not-found' })
    expect(answer.json.requestId).toBe(answer.headers.get('x-request-id'))
  })

  it('give away nothing of an unknown error', async () => {
    const answer = await app.send('GET', '/samples/faulty/throws')
    expect(answer.status).toBe(500)
    expect(answer.json.code).toBe('internal-error')
    expect(answer.text).not.toContain('secret')
    expect(answer.json.detail).toContain(answer.json.requestId)
  })

  it('tell a value that the database cannot hold from a fault of the server', async () => {
    expect((await app.send('GET', '/samples/faulty/divides')).json.code).toBe('value-out-of-range')
  })

  it('find a route that writes where it said to read', async () => {
    expect((await app.send('GET', '/samples/faulty/writes')).status).toBe(500)
  })

  it('find an answer that its schema does not describe', async () => {
    const answer = await app.send('GET', '/samples/faulty/undescribed')
    expect(answer.status).toBe(500)
    expect(answer.json.code).toBe('answer-not-as-described')
    expect(answer.json.errors.map((error) => error.pointer).sort()).toEqual(['/extra', '/ok'])
  })

  it('name the constraint in words: unique, in use, missing reference', async () => {
    await app.api('POST', '/samples', { name: 'Same' })
    const again = await app.send('POST', '/samples', { name: 'same' })
    expect(again.status).toBe(409)
    expect(again.json.code).toBe('already-exists')
    expect(again.json.errors[0]!.pointer).toBe('/name')
    expect(again.json.detail).toContain('in use already')
  })

  it('answer unknown addresses and methods', async () => {
    const unknown = await app.send('GET', '/nothing')
    expect([unknown.status, unknown.json.code]).toEqual([404, 'unknown-address'])
    const outside = await app.send('GET', '/api/other')
    expect([outside.status, outside.json.code]).toEqual([404, 'unknown-address'])
    const method = await app.send('PUT', '/samples')
    expect([method.status, method.json.code]).toEqual([405, 'method-not-allowed'])
    expect(method.headers.get('allow')).toBe('GET, POST')
    const encoding = await app.send('GET', '/samples/%ZZ')
    expect([encoding.status, encoding.json.code]).toEqual([400, 'malformed-address'])
    const long = await app.send('GET', `/samples/${'x'.repeat(300)}`)
    expect([long.status, long.json.code]).toEqual([414, 'address-too-long'])
  })

  it('say which content type and size are accepted', async () => {
    const type = await app.send('POST', '/samples', '<a/>', { headers: { 'content-type': 'text/xml' } })
    expect([type.status, type.json.code]).toEqual([415, 'unsupported-content-type'])
    const big = await app.send('POST', '/samples/quote', { rate: '1', more: 'x'.repeat(1_200_000) })
    expect([big.status, big.json.code]).toEqual([413, 'body-too-large'])
    expect(big.json.detail).toContain('1 MiB')
    const malformed = await app.send('POST', '/samples', '{"name":')
    expect([malformed.status, malformed.json.code]).toEqual([400, 'malformed-json'])
    const poisoned = await app.send('POST', '/samples', '{"name":"x","__proto__":{"a":1}}')
    expect([poisoned.status, poisoned.json.code]).toEqual([400, 'malformed-json'])
  })
})

describe('access', () => {
  it('is refused to strangers, but for public routes', async () => {
    const stranger = await app.send('GET', '/samples', undefined, { as: null })
    expect([stranger.status, stranger.json.code]).toEqual([401, 'not-signed-in'])
    expect(stranger.headers.get('www-authenticate')).toContain('Bearer')
    const bad = await app.send('GET', '/samples', undefined, {
      as: null,
      headers: { authorization: 'Bearer x' },
    })
    expect(bad.status).toBe(401)
    expect((await app.send('GET', '/samples/public/greeting', undefined, { as: null })).status).toBe(200)
  })

  it('is refused before the request is looked at', async () => {
    expect((await app.send('POST', '/samples', '{broken', { as: null })).status).toBe(401)
  })

  it('is refused to a role without the permission, saying who can grant it', async () => {
    const viewer = await app.signInAs('viewer')
    const answer = await app.send('POST', '/samples', { name: 'x' }, { as: viewer })
    expect([answer.status, answer.json.code]).toEqual([403, 'forbidden'])
    expect(answer.json.detail).toContain('taxes:write')
    expect(answer.json.detail).toContain('accounting')
    expect(answer.json.detail).toContain('owner of Test company')
  })

  it("does not show another company's rows", async () => {
    const mine = await app.api('POST', '/samples', { name: 'Mine' })
    const other = await app.newCompany()
    const answer = await app.send('GET', `/samples/${mine.id}`, undefined, { as: other })
    expect([answer.status, answer.json.code]).toEqual([404, 'not-found'])
    expect((await app.api('GET', '/samples', undefined, { as: other })).items).toEqual([])
  })
})

describe('headers', () => {
  it('tell the cost, the version and the place of what was made', async () => {
    const made = await app.send('POST', '/samples', { name: 'Headers' }, { key: null })
    expect(made.status).toBe(201)
    expect(made.headers.get('etag')).toBe('"1"')
    expect(made.headers.get('location')).toBe(`/api/v1/samples/${made.json.id}`)
    expect(made.headers.get('server-timing')).toMatch(/^db;dur=[\d.]+;desc="2 round trips"$/)
    const withKey = await app.send('POST', '/samples', { name: 'Headers with key' })
    expect(withKey.headers.get('server-timing')).toContain('3 round trips')
    expect(made.headers.get('content-security-policy')).toContain("default-src 'self'")
    expect(made.headers.get('x-content-type-options')).toBe('nosniff')
  })

  it('refuse to save over a newer version', async () => {
    const made = await app.api('POST', '/samples', { name: 'Version' })
    const saved = await app.send('PATCH', `/samples/${made.id}`, { name: 'Version 2' }, { ifMatch: 1 })
    expect([saved.status, saved.headers.get('etag')]).toEqual([200, '"2"'])
    const late = await app.send('PATCH', `/samples/${made.id}`, { name: 'Version 3' }, { ifMatch: 1 })
    expect([late.status, late.json.code, late.json.version]).toEqual([412, 'version-mismatch', 2])
    const wrong = await app.send(
      'PATCH',
      `/samples/${made.id}`,
      { name: 'x' },
      { headers: { 'if-match': 'abc' } },
    )
    expect([wrong.status, wrong.json.code]).toEqual([400, 'bad-if-match'])
    const any = await app.send(
      'PATCH',
      `/samples/${made.id}`,
      { name: 'x' },
      { headers: { 'if-match': '*' } },
    )
    expect(any.status).toBe(200)
    const gone = await app.send('DELETE', `/samples/${made.id}`, undefined, { ifMatch: 3 })
    expect([gone.status, gone.text]).toEqual([204, ''])
  })
})

describe('preview', () => {
  it('answers what would be and changes nothing', async () => {
    const made = await app.api('POST', '/samples', { name: 'abc' })
    const preview = await app.send('POST', `/samples/${made.id}/rename?preview=true`)
    expect([preview.status, preview.json.name, preview.json.version]).toEqual([200, 'cba', 2])
    expect(preview.headers.get('etag')).toBeNull()
    expect(await app.api('GET', `/samples/${made.id}`)).toMatchObject({ name: 'abc', version: 1 })
    const done = await app.api('POST', `/samples/${made.id}/rename?preview=false`)
    expect(done.name).toBe('cba')
  })

  it('is only for actions that offer it', async () => {
    const answer = await app.send('POST', '/samples?preview=true', { name: 'no preview' })
    expect([answer.status, answer.json.errors[0]!.pointer]).toEqual([400, 'preview'])
  })

  it('takes no idempotency key, so that the same key then does it', async () => {
    const made = await app.api('POST', '/samples', { name: 'xyz' })
    const preview = await app.api('POST', `/samples/${made.id}/rename?preview=true`, undefined, {
      key: 'once',
    })
    expect(preview.name).toBe('zyx')
    const done = await app.send('POST', `/samples/${made.id}/rename`, undefined, { key: 'once' })
    expect([done.json.name, done.headers.get('idempotency-replayed')]).toEqual(['zyx', null])
  })
})

describe('health', () => {
  it('is told to anybody', async () => {
    expect((await app.send('GET', '/api/health', undefined, { as: null })).json).toEqual({ status: 'up' })
    expect((await app.send('GET', '/api/ready', undefined, { as: null })).json).toEqual({ status: 'ready' })
  })
})
