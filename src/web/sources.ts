import { createHash } from 'node:crypto'
import { readFile, readdir } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The project's folder. */
export const root = fileURLToPath(new URL('../..', import.meta.url))
/** Where the built web app lies. */
export const dist = join(root, 'web/dist')
/** File in `dist` that says what it was built from. */
export const stampName = '.built-from'

/**
 * What the web app is built from, as one word. Contents and not times, so that a clone, a copy and an image
 * agree on it.
 */
export async function fingerprint(): Promise<string> {
  const files = [
    'package-lock.json',
    ...(await filesOf('web')).filter((file) => !/^web\/(?:dist|tmp)|\.test\.tsx?$|\.md$/.test(file)),
    // What the app takes from the server at run time; the rest it imports as types only.
    'src/kinds.ts',
    'src/permissions.ts',
    'src/totals.ts',
    ...(await filesOf('src/kernel')).filter((file) => !file.endsWith('.test.ts')),
  ]
  const contents = await Promise.all(files.map((file) => readFile(join(root, file))))
  const hash = createHash('sha256')
  files.forEach((file, index) => hash.update(file).update('\0').update(contents[index]!).update('\0'))
  return hash.digest('hex')
}

/** The fingerprint of what is built; null when nothing is. */
export async function builtFrom(folder = dist): Promise<string | null> {
  try {
    return (await readFile(join(folder, stampName), 'utf8')).trim()
  } catch {
    return null
  }
}

async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length).split(sep).join('/'))
    .map((path) => path.replace(/^\//, ''))
    .filter((path) => !path.startsWith('web/dist'))
    .toSorted()
}
