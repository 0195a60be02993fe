import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const web = join(import.meta.dirname, '..')
const styles = join(web, '../node_modules/@mantine/core/styles')

it('every component of Mantine that is used has its styles', () => {
  const used = new Set<string>()
  for (const path of globSync('**/*.tsx', { cwd: web })) {
    if (path.startsWith('dist/')) continue
    const imports = readFileSync(join(web, path), 'utf8').matchAll(
      /import (?:type )?\{([^}]*)\} from '@mantine\/core'/g,
    )
    for (const [, names] of imports) for (const name of names!.split(',')) used.add(name.trim())
  }
  expect(used.size).toBeGreaterThan(30)
  const imported = readFileSync(join(import.meta.dirname, 'styles.ts'), 'utf8')
  const missing = [...used].filter(
    (name) => existsSync(join(styles, `${name}.css`)) && !imported.includes(`/${name}.css'`),
  )
  expect(missing).toEqual([])
})
