import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join, normalize, sep } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Room, alsoSays, rooms } from './i18n/language.ts'

/** Rooms of web/ by height: each may use those that stand before it (README.md). */
const heights = ['i18n', 'api', 'session', 'ui', 'page', 'forms', 'grid', 'patterns', 'pages', 'app']
/** What runs in the browser may take from the server at run time; the rest as types only. */
const shared = /^src\/(?:event-types|kinds|offered-actions|permissions|totals)\.ts$|^src\/kernel\//
const root = join(import.meta.dirname, '..')

interface Import {
  readonly from: string
  readonly to: string
  readonly typeOnly: boolean
}

const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  .map((name) => `web/${name.split(sep).join('/')}`)
  .filter((name) => /\.tsx?$/.test(name) && !/^web\/dist|\.test\.tsx?$|\.d\.ts$/.test(name))
const imports = files.flatMap((from): Import[] => {
  const text = readFileSync(join(root, from), 'utf8')
  const found = text.matchAll(
    /^\s*(import|export)\s+(type\b)?[^'"`;]*?['"](\.[^'"]+)['"]|\bimport\(\s*['"](\.[^'"]+)['"]/gm,
  )
  return [...found].map(([, , type, target, lazy]) => ({
    from,
    to: normalize(join(dirname(from), target ?? lazy ?? ''))
      .split(sep)
      .join('/'),
    typeOnly: type !== undefined,
  }))
})
const roomOf = (path: string): string => path.split('/')[1]!

describe('the rooms of the web app', () => {
  it('are all seen', () => {
    expect(files.length).toBeGreaterThan(80)
    expect(imports.length).toBeGreaterThan(200)
    const folders = new Set(files.filter((file) => file.split('/').length > 2).map(roomOf))
    expect([...folders].filter((room) => ![...heights, 'w', 'p', 'build'].includes(room))).toEqual([])
  })

  it('use what stands before them', () => {
    const height = (path: string): number => heights.indexOf(roomOf(path))
    const broken = imports.filter(
      ({ from, to }) =>
        to.startsWith('web/') && height(from) >= 0 && height(to) >= 0 && height(to) > height(from),
    )
    expect(broken.map(({ from, to }) => `${from} imports ${to}`)).toEqual([])
  })

  it('leave pages, patterns and the shell out of the warehouse mode and of customers’ pages', () => {
    const broken = imports.filter(
      ({ from, to }) => /^web\/[wp]\//.test(from) && /^web\/(?:patterns|pages|app)\//.test(to),
    )
    expect(broken.map(({ from, to }) => `${from} imports ${to}`)).toEqual([])
  })

  it('take of the server at run time only what is pure', () => {
    const broken = imports.filter(
      ({ to, typeOnly }) => to.startsWith('src/') && !typeOnly && !shared.test(to),
    )
    const named = broken.filter(({ from, to }) => {
      const text = readFileSync(join(root, from), 'utf8')
      const target = to.split('/').slice(1).join('/')
      return !new RegExp(`import \\{\\s*(?:type \\w+(?: as \\w+)?,?\\s*)+\\} from '[./]*src/${target}'`).test(
        text,
      )
    })
    expect(named.map(({ from, to }) => `${from} imports ${to}`)).toEqual([])
  })

  it('of pages are entered with their texts, and show parts of others as i18n/language.ts says', () => {
    const page = (path: string) => /^web\/pages\/([^/]+)\//.exec(path)?.[1]
    const bare = files.flatMap((from) => {
      const text = readFileSync(join(root, from), 'utf8')
      const lazy = text.matchAll(/(?:'([\w-]+)',\s*)?\(\) =>\s+import\('([^']+)'/g)
      return [...lazy].flatMap(([, said, target]) => {
        const room = page(
          normalize(join(dirname(from), target!))
            .split(sep)
            .join('/'),
        )
        return room === undefined || room === said || room === page(from) || room === 'sign-in'
          ? []
          : [`${from} enters ${room} without its texts`]
      })
    })
    expect(bare).toEqual([])
    const shown = imports.filter(({ from, to, typeOnly }) => {
      const [room, other] = [page(from), page(to)]
      return !typeOnly && room !== undefined && other !== undefined && room !== other
    })
    const silent = shown.filter(({ from, to }) => {
      const lazy = readFileSync(join(root, from), 'utf8').includes(`withTexts('${page(to)}'`)
      return !lazy && !(alsoSays[page(from) as Room] ?? []).includes(`pages.${page(to)}`)
    })
    expect(silent.map(({ from, to }) => `${from} shows ${to}`)).toEqual([])
    expect(shown.length).toBeGreaterThan(3)
  })

  it('of pages that have texts are all known to the loader of texts', () => {
    const names = readdirSync(join(import.meta.dirname, 'i18n/locales'))
    const said = names.flatMap((name) => /^pages\.([\w-]+)\.en\.po$/.exec(name)?.[1] ?? [])
    expect(said.sort()).toEqual([...rooms, 'sign-in'].sort())
  })
})
