import { readFileSync, readdirSync } from 'node:fs'
import { getCatalogs } from '@lingui/cli/api'
import { getConfig } from '@lingui/conf'
import { i18n } from '@lingui/core'
import { parse } from '@messageformat/parser'
import { beforeAll, describe, expect, it } from 'vitest'
import { rooms, withTexts } from './language.ts'

/** What the code says, and what the Polish catalogues say to it. */

const config = getConfig({ configPath: new URL('../lingui.config.ts', import.meta.url).pathname })

interface Text {
  readonly room: string
  readonly id: string
  readonly english: string
  readonly polish: string
}

let texts: Text[]
beforeAll(async () => {
  const catalogues = await getCatalogs(config)
  const found = await Promise.all(
    catalogues.map(async (catalogue) => {
      const room = catalogue.path.split('/').at(-1)!.replace('.{locale}', '')
      const said = (await catalogue.collect()) ?? {}
      const polish = (await catalogue.read('pl')) ?? {}
      return Object.entries(said).map(([id, message]) => ({
        room,
        id,
        english: message.message ?? id,
        polish: polish[id]?.translation ?? '',
      }))
    }),
  )
  texts = found.flat()
  // Reading all sources takes seconds, and more of them where others compute as well.
}, 60_000)

describe('Polish texts', () => {
  it('are there for every text of the code (npm run web:texts, then fill the empty msgstr in)', () => {
    expect(texts.length).toBeGreaterThan(100)
    expect(
      texts.filter(({ polish }) => polish === '').map(({ room, english }) => `${room}: ${english}`),
    ).toEqual([])
  })

  it('hold the same values and tags as the English ones', () => {
    const wrong = texts.filter(({ english, polish }) => polish !== '' && marks(english) !== marks(polish))
    expect(wrong.map(({ room, english, polish }) => `${room}: ${english} / ${polish}`)).toEqual([])
  })

  it('have the four Polish forms where something is counted', () => {
    const wrong = texts.filter(
      ({ polish }) =>
        /,\s*plural\s*,/.test(polish) &&
        !['one', 'few', 'many', 'other'].every((form) => polish.includes(`${form} {`)),
    )
    expect(wrong.map(({ room, polish }) => `${room}: ${polish}`)).toEqual([])
  })

  it('are well-formed, quotes included (an apostrophe before { makes it a plain character)', () => {
    const broken = texts.filter(({ english, polish }) => [english, polish].some((text) => !wellFormed(text)))
    expect(broken.map(({ room, english }) => `${room}: ${english}`)).toEqual([])
  })

  it('are the same for the same English text in every room', () => {
    const byId = Map.groupBy(texts, ({ id }) => id)
    const differing = [...byId.values()].filter((same) => new Set(same.map(({ polish }) => polish)).size > 1)
    expect(differing.map((same) => same.map(({ room, polish }) => `${room}: ${polish}`))).toEqual([])
  })
})

it('the catalogues in English know every text, since the built app carries no texts in its code', () => {
  const folder = new URL('./locales/', import.meta.url)
  const english = readdirSync(folder)
    .filter((name) => name.endsWith('.en.po'))
    .map((name) => readFileSync(new URL(name, folder), 'utf8'))
    .join('\n')
  const plain = english.replace(/"\n"/g, '')
  const missing = texts.filter(
    ({ english: text }) => !plain.includes(`"${text.replace(/["\\]/g, '\\$&').replace(/\n/g, '\\n')}"`),
  )
  expect(missing.map(({ room, english: text }) => `${room}: ${text}`)).toEqual([])
})

it('the app’s own texts and those of the rooms, the grid’s with the editor’s, are all there is', async () => {
  const { messages } = await import('./en.ts')
  i18n.loadAndActivate({ locale: 'en', messages })
  for (const room of rooms) await withTexts(room, () => Promise.resolve(null))()
  const elsewhere = ['w', 'p']
  const missing = texts.filter(({ room, id }) => !elsewhere.includes(room) && !(id in i18n.messages))
  expect(missing.map(({ room, english }) => `${room}: ${english}`)).toEqual([])
})

/** The values that a text needs and its tags, words of its plural forms left out. */
type Parsed =
  | ReturnType<typeof parse>
  | Extract<ReturnType<typeof parse>[number], { cases: unknown }>['cases'][number]['tokens']

function marks(text: string): string {
  const names = new Set<string>([...text.matchAll(/<(\w+)\/?>/g)].map(([, tag]) => `<${tag}>`))
  const read = (tokens: Parsed): void => {
    for (const token of tokens) {
      if ('arg' in token) names.add(token.arg)
      if ('cases' in token) for (const each of token.cases) read(each.tokens)
    }
  }
  if (wellFormed(text)) read(parse(text))
  return [...names].sort().join()
}

function wellFormed(text: string): boolean {
  try {
    parse(text)
    return !/'\{/.test(text)
  } catch {
    return false
  }
}
