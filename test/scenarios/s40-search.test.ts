import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestApp, startTestApp } from '../support/test-app.ts'

const names = [
  'Crème caramel',
  'Creme brulee',
  'Łosoś',
  'Straße sign',
  'Ñandú',
  // the accents stand apart from their letters
  'Pâté'.normalize('NFD'),
]

describe('S40 Search without accents, and with them', () => {
  let app: TestApp
  beforeAll(async () => {
    app = await startTestApp()
    for (const [i, name] of names.entries()) {
      await app.api('POST', '/products', { sku: `S40-${i}`, name })
      await app.api('POST', '/parties', { name, roles: ['customer'] })
    }
  })
  afterAll(() => app.close())

  const find = async (list: string, q: string, more = '') => {
    const { items } = await app.api('GET', `/${list}?q=${encodeURIComponent(q)}${more}`)
    return items.map((item) => item.name)
  }

  const questions: readonly [string, unknown[]][] = [
    ['creme', ['Creme brulee', 'Crème caramel']],
    ['crème', ['Crème caramel', 'Creme brulee']],
    ['CRÈME', ['Crème caramel', 'Creme brulee']],
    ['losos', ['Łosoś']],
    ['strasse', ['Straße sign']],
    ['nandu', ['Ñandú']],
    ['pate', [names[5]]],
    ['pâté', [names[5]]],
    ['pâté'.normalize('NFD'), [names[5]]],
    ['xreme', []],
    ['caramel CREME', ['Crème caramel']],
    ['caramel brulee', []],
    ['%', []],
  ]

  it('pages go on behind a name as long as names may be, in any script', async () => {
    const long = ['漢'.repeat(300), 'Ж'.repeat(300)]
    for (const [i, name] of long.entries()) await app.api('POST', '/products', { sku: `LONG-${i}`, name })
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const more: string = cursor === null ? '' : `&cursor=${cursor}`
      const page = await app.api('GET', `/products?sort=name&limit=1${more}`)
      seen.push(...page.items.map(({ name }) => name as string))
      cursor = page.nextCursor
    } while (cursor !== null)
    expect(seen).toHaveLength(names.length + long.length)
    expect(seen).toEqual(expect.arrayContaining(long))
  })

  for (const list of ['products', 'parties']) {
    describe(`in the list of ${list}`, () => {
      it.each(questions)('%s finds %j', async (q, found) => {
        expect(await find(list, q)).toEqual(found)
      })

      it('counts what it finds', async () => {
        const { count } = await app.api('GET', `/${list}/count?q=creme`)
        expect(count).toBe(2)
      })

      it('keeps the order from page to page', async () => {
        const first = await app.api('GET', `/${list}?q=cr%C3%A8me&limit=1`)
        expect(first.items.map((item) => item.name)).toEqual(['Crème caramel'])
        const second = await app.api('GET', `/${list}?q=cr%C3%A8me&limit=1&cursor=${first.nextCursor}`)
        expect(second.items.map((item) => item.name)).toEqual(['Creme brulee'])
        expect(second.nextCursor).toBeNull()
      })

      it('gives way to a sort that is asked for', async () => {
        expect(await find(list, 'crème', '&sort=-name')).toEqual(
          (await find(list, 'crème', '&sort=name')).toReversed(),
        )
      })
    })
  }

  // The palette; the picker of products asks it as well.
  describe.each(['products', 'parties'])('in the search over everything, of it %s', (only) => {
    it.each(questions)('%s finds %j', async (q, found) => {
      const { items } = await app.api('GET', `/search?only=${only}&q=${encodeURIComponent(q)}`)
      expect(items.map(({ label, detail }) => (only === 'products' ? detail : label))).toEqual(found)
    })
  })
})
