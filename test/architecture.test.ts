import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { dirname, join, normalize, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

/**
 * The rules of the house, read from the import statements themselves. A rule that reads no file holds
 * always, so the first test counts the files in another way.
 */

const root = fileURLToPath(new URL('..', import.meta.url))

/** Rooms by height: a room may use what stands lower, never its own height or above. */
const floors: readonly (readonly string[])[] = [
  ['identity', 'catalogue', 'parties', 'conditions'],
  ['stock', 'approvals'],
  ['orders'],
  ['shipments', 'replenishment'],
  ['invoices', 'counts'],
  ['documents', 'printing', 'online-payments'],
  ['portal'],
  ['mail'],
  ['exchange'],
  ['automation'],
  ['reports'],
]
/** Shared by all rooms, with no inside: any file of theirs may be imported. */
const foundations: Readonly<Record<string, readonly string[]>> = {
  kernel: [],
  http: ['kernel', 'journal'],
  journal: ['kernel', 'http'],
  database: ['kernel'],
}
/** Pure tables and functions that server and web app share. */
const tables = ['event-types.ts', 'kinds.ts', 'offered-actions.ts', 'permissions.ts', 'totals.ts']
/** What puts the rooms together; nothing below knows it. */
const tops = ['main.ts', 'app.ts', 'check.ts', 'check', 'commands', 'setup', 'demo', 'backup', 'web']

const longest = 500

interface Source {
  /** Below the project, with `/`. */
  readonly path: string
  readonly text: string
  /** Imported files of the project, below it. */
  readonly imports: readonly string[]
}

const sources = ['src', 'test', 'web', 'bench'].flatMap(read)
const src = sources.filter((source) => source.path.startsWith('src/') && !source.path.endsWith('.test.ts'))

describe('the architecture test', () => {
  it('sees every file that git knows', () => {
    const listed = execFileSync(
      'git',
      ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', 'src', 'test', 'web', 'bench'],
      { cwd: root, encoding: 'utf8' },
    )
    const known = listed.split('\0').filter((path) => isCode(path) && existsSync(join(root, path)))
    expect(known.length).toBeGreaterThan(50)
    const seen = new Set(sources.map((source) => source.path))
    expect(known.filter((path) => !seen.has(path))).toEqual([])
  })

  it('sees every import that a plain search finds', () => {
    const missed = sources.flatMap(({ path, text, imports }) => {
      const found = withoutComments(text).match(/\bfrom '\.\.?\/[^'$]+'/g)?.length ?? 0
      return found > imports.length ? [`${path}: ${found} found, ${imports.length} read`] : []
    })
    expect(missed).toEqual([])
  })

  it('knows every folder of src', () => {
    const known = new Set([...floors.flat(), ...Object.keys(foundations), ...tables, ...tops])
    expect([...new Set(src.map((source) => roomOf(source.path)))].filter((room) => !known.has(room))).toEqual(
      [],
    )
  })
})

describe('modules', () => {
  it('depend downwards only', () => {
    expect(brokenImports((from, to) => !mayUse(roomOf(from), roomOf(to)))).toEqual([])
  })

  it('enter another room by its index.ts', () => {
    const rooms = new Set(floors.flat())
    const inside = (from: string, to: string): boolean =>
      roomOf(from) !== roomOf(to) && rooms.has(roomOf(to)) && !/^src\/[^/]+\/index\.ts$/.test(to)
    expect(brokenImports(inside)).toEqual([])
  })

  it('leave the stock tables to src/stock', () => {
    const write =
      /(?:insert\s+into|update|delete\s+from|merge\s+into|truncate(?:\s+table)?)\s+(?:only\s+)?(?:public\.)?"?stock_\w+|insertInto\(\s*['"`]stock_\w+/gi
    const writers = src
      .filter((source) => roomOf(source.path) !== 'stock')
      .flatMap(({ path, text }) => (text.match(write) ?? []).map((found) => `${path}: ${found}`))
    expect(writers).toEqual([])
  })

  it('read the environment only where the program begins', () => {
    const allowed = (path: string): boolean =>
      /^src\/(main\.ts|commands\/|database\/)|^test\/|^bench\//.test(path)
    const readers = sources.filter(
      (source) =>
        /process\.env|process\['env'\]|env\s*\}\s*=\s*process\b/.test(source.text) && !allowed(source.path),
    )
    expect(readers.map((source) => source.path)).toEqual([])
  })
})

describe('files', () => {
  it(`have at most ${longest} lines`, () => {
    const long = sources.filter((source) => source.text.split('\n').length > longest + 1)
    expect(long.map((source) => source.path)).toEqual([])
  })

  it('say what type a value has', () => {
    const untyped = sources.flatMap(({ path, text }) => {
      const code = withoutComments(text).replace(/'(?:[^'\\\n]|\\.)*'/g, "''")
      return (code.match(/(?:[:<,|&]\s*|\bas\s+)any\b(?=\s*[,;)>=|&[\]}{]|\s*$)/gm) ?? []).map(
        (found) => `${path}: ${found}`,
      )
    })
    expect(untyped).toEqual([])
  })
})

function mayUse(from: string, to: string): boolean {
  if (from === to || tops.includes(from)) return true
  if (from in foundations)
    return foundations[from]!.includes(to) || (from !== 'kernel' && tables.includes(to))
  if (tables.includes(from)) return to === 'kernel' || tables.includes(to)
  if (to === 'kernel' || to === 'http' || to === 'journal' || tables.includes(to)) return true
  const height = (room: string): number => floors.findIndex((floor) => floor.includes(room))
  return height(to) >= 0 && height(to) < height(from)
}

function brokenImports(isBroken: (from: string, to: string) => boolean): string[] {
  return src.flatMap(({ path, imports }) =>
    imports.filter((to) => to.startsWith('src/') && isBroken(path, to)).map((to) => `${path} imports ${to}`),
  )
}

/** The folder or file right below src. */
function roomOf(path: string): string {
  return path.split('/')[1]!
}

function isCode(path: string): boolean {
  return /\.tsx?$/.test(path)
}

function read(folder: string): Source[] {
  if (!existsSync(join(root, folder))) return []
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && isCode(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .map((path) => {
      const text = readFileSync(join(root, path), 'utf8')
      return { path, text, imports: importsOf(path, text) }
    })
}

function importsOf(path: string, text: string): string[] {
  const code = withoutComments(text)
  const statements = [
    /^\s*(?:import|export)\b[^'"`;]*?\bfrom\s+['"]([^'"]+)['"]/gm,
    /^\s*import\s+['"]([^'"]+)['"]/gm,
    /\bimport\s*\(\s*['"]([^'"]+)['"]/g,
  ]
  return statements
    .flatMap((pattern) => [...code.matchAll(pattern)].map((found) => found[1]!))
    .filter((target) => target.startsWith('.'))
    .map((target) =>
      normalize(join(dirname(path), target))
        .split(sep)
        .join('/'),
    )
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '')
}
