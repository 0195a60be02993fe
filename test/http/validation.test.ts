import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestApp, startTestApp } from '../support/test-app.ts'
import { sampleRoutes } from './sample-routes.ts'

let app: TestApp

beforeAll(async () => {
  app = await startTestApp({ routes: sampleRoutes })
})
afterAll(() => app.close())

/** The faults of a refused request, as pointer to message. */
async function faults(method: string, path: string, body?: unknown): Promise<Record<string, string>> {
  const answer = await app.send(method, path, body)
  expect([answer.status, answer.json.code]).toEqual([400, 'invalid-request'])
  return Object.fromEntries(answer.json.errors.map((error) => [error.pointer, error.message]))
}

describe('a body', () => {
  it('names each field at fault and what it must be', async () => {
    const lines = [{ quantity: '1' }, { quantity: 2 }, { quantity: '1,5' }, {}, { quantity: null }]
    expect(await faults('POST', '/samples', { name: '', rate: 12.5, side: 'top', lines, extra: 1 })).toEqual({
      '/name': 'must not be empty',
      '/rate': 'must be a decimal written as a string, such as "12.50" (up to 13 digits and 6 decimals)',
      '/side': 'must be one of: left, right',
      '/lines/1/quantity':
        'must be a decimal written as a string, such as "12.50" (up to 13 digits and 6 decimals), or null',
      '/lines/2/quantity':
        'must be a decimal written as a string, such as "12.50" (up to 13 digits and 6 decimals)',
      '/lines/3/quantity': 'is required',
      '/extra': 'is not known here; known are: name, rate, until, side, lines',
    })
  })

  it('is not guessed: a number is not a text', async () => {
    expect(await faults('POST', '/samples', { name: 5 })).toEqual({
      '/name': 'must be a text without control characters',
    })
    expect(await faults('POST', '/samples', [])).toEqual({ '': 'must be an object' })
    expect(await faults('POST', '/samples', '"text"')).toEqual({ '': 'must be an object' })
    expect(Object.keys(await faults('POST', '/samples'))).toEqual([''])
    expect(Object.keys(await faults('POST', '/samples', 'null'))).toEqual([''])
  })

  it('states limits', async () => {
    expect(await faults('POST', '/samples', { name: 'x'.repeat(60) })).toEqual({
      '/name': 'must have at most 50 characters (it has 60)',
    })
    expect(
      await faults('POST', '/samples', {
        name: 'x',
        lines: Array.from({ length: 1001 }, () => ({ quantity: '1' })),
      }),
    ).toEqual({
      '/lines': 'must have at most 1000 entries (it has 1001)',
    })
  })

  it('holds real dates and moments', async () => {
    for (const until of [
      '2026-02-30T00:00:00Z',
      '2026-01-01',
      '2026-01-01T25:00:00Z',
      '2026-01-01T00:00:00+23:59',
    ]) {
      expect(Object.keys(await faults('POST', '/samples', { name: 'x', until }))).toEqual(['/until'])
    }
    const until = '2026-01-01T00:00:00.5+05:30'
    expect((await app.send('POST', '/samples', { name: 'moment', until })).status).toBe(201)
  })

  it('has only text that can be kept', async () => {
    expect(await faults('POST', '/samples', { name: 'a\0b' })).toEqual({
      '/name': 'contains a NUL character, which no text may have',
    })
    expect(await faults('POST', '/samples', '{"name":"\\ud800"}')).toEqual({
      '/name': 'contains half of a character (an unpaired surrogate)',
    })
    expect(await faults('POST', '/samples', { name: 'x', ['a\0']: 1 })).toEqual({
      '': 'has a field name that contains a NUL character, which no text may have',
    })
    expect((await app.send('POST', '/samples', { name: 'emoji 🧪 żółć' })).status).toBe(201)
  })

  it('may not be so deep that reading it exhausts the stack', async () => {
    const deep = `{"name":${'['.repeat(200_000)}${']'.repeat(200_000)}}`
    expect(Object.values(await faults('POST', '/samples', deep))[0]).toContain('nested deeper than 64')
  })

  it('with many faults is answered with the first of them', async () => {
    const lines = Array.from({ length: 40_000 }, () => ({ q: 1 }))
    const found = await faults('POST', '/samples', { name: 'x', lines })
    expect(Object.keys(found)).toHaveLength(1)
  })

  it('may be left out or empty where the route says so', async () => {
    const made = await app.api('POST', '/samples', { name: 'opt' })
    for (const body of [undefined, '', '{}', 'null']) {
      expect((await app.send('POST', `/samples/${made.id}/rename`, body)).status).toBe(200)
    }
    const unexpected = await app.send('DELETE', `/samples/${made.id}`, { reason: 'x' })
    expect([unexpected.status, unexpected.json.code]).toEqual([400, 'unexpected-body'])
    expect((await app.send('DELETE', `/samples/${made.id}`, {})).status).toBe(204)
  })
})

describe('a query', () => {
  it('names unknown fields and reads numbers, dates and true or false', async () => {
    expect(await faults('GET', '/samples?limt=5')).toEqual({
      limt: 'is not known here; known are: q, sort, cursor, limit, on, archived',
    })
    expect(await faults('GET', '/samples?limit=0&on=2026-02-30&archived=perhaps')).toEqual({
      limit: 'must be 1 or more',
      on: 'must be a calendar date written YYYY-MM-DD, from 1000-01-01 to 9999-12-31, such as "2026-11-24"',
      archived: 'must be true or false',
    })
    expect(await faults('GET', '/samples?limit=1000')).toEqual({ limit: 'must be 200 or less' })
    expect(await faults('GET', '/samples?limit=ten')).toEqual({ limit: 'must be a whole number' })
    expect(await faults('GET', '/samples?limit=1e400')).toEqual({ limit: 'must be a whole number' })
    expect(await faults('GET', '/samples?limit=1&limit=2')).toEqual({ limit: 'must be a whole number' })
    expect(await faults('GET', '/samples?q=%00')).toEqual({
      q: 'contains a NUL character, which no text may have',
    })
    expect((await app.send('GET', '/samples?limit=200&archived=true&on=2026-02-28')).status).toBe(200)
  })

  it('says what a list can be sorted by, and refuses foreign cursors', async () => {
    expect((await app.send('GET', '/samples?sort=colour')).json.code).toBe('unknown-sort')
    expect((await app.send('GET', '/samples?cursor=abc')).json.code).toBe('bad-cursor')
  })
})

describe('a path', () => {
  it('holds ids', async () => {
    expect(await faults('GET', '/samples/1')).toEqual({
      id: 'must be an id (a UUID such as "0198c0de-1111-7222-8333-444455556666")',
    })
    expect(await faults('GET', '/samples/urn:uuid:0198c0de-1111-7222-8333-444455556666')).toHaveProperty('id')
    expect(await faults('GET', '/samples/%00')).toHaveProperty('id')
  })
})
