import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OpenApiDocument } from '../../src/http/openapi.ts'
import { newId } from '../../src/kernel/ids.ts'
import { operationsOf } from '../support/hostile-run.ts'
import { type Shop, openShop } from '../support/shop.ts'

/** Every list, as the OpenAPI document names them: a new one is tried by itself. */
describe('a cursor that is not one of the list', () => {
  let shop: Shop
  let lists: string[]
  beforeAll(async () => {
    shop = await openShop()
    const document = await shop.api<OpenApiDocument>('GET', '/openapi.json')
    lists = operationsOf(document)
      .filter((of) => of.method === 'GET' && !of.byLink && of.params.length === 0)
      .filter((of) => of.query.some((query) => query.name === 'cursor'))
      .map((of) => of.path)
  })
  afterAll(() => shop.close())

  it.each([
    ['a word', 'x'],
    // A list begins at a day of its own; none is without one.
    ['of a row without a value', cursor('-date', '')],
    ['with a key that is no value', cursor('-date', '2026-02-30')],
  ])('is refused: %s', async (_, foreign) => {
    expect(lists.length).toBeGreaterThan(40)
    const sorted = foreign === 'x' ? '' : '&sort=-date'
    const answers = await Promise.all(
      lists.map(async (path) => {
        const separator = path.includes('?') ? '&' : '?'
        const { status, json } = await shop.send('GET', `${path}${separator}cursor=${foreign}${sorted}`)
        return [path, status, (json as { code?: string }).code]
      }),
    )
    expect(answers.filter(([, status]) => status !== 400)).toEqual([])
    // What cannot be sorted by a date says so first, and so does a list that wants more than a cursor.
    expect(answers.filter(([, , code]) => code === 'bad-cursor').length).toBeGreaterThan(10)
  })
})

function cursor(sort: string, key: string): string {
  return Buffer.from(JSON.stringify([sort, key, newId()])).toString('base64url')
}
