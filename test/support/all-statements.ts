import { execFile } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { statements } from '../../src/kernel/sql.ts'
import { anything } from './anything.ts'

/** A named statement of the program, as text. */
export interface StatementText {
  readonly name: string
  readonly text: string
  readonly columns: Readonly<Record<string, string>>
}

const here = fileURLToPath(import.meta.url)

/** Every statement that the program declares, found in a process of its own: what tests declare is none of it. */
export async function allStatements(): Promise<readonly StatementText[]> {
  const { stdout } = await promisify(execFile)(process.execPath, [here], { maxBuffer: 2 ** 26 })
  return JSON.parse(stdout) as StatementText[]
}

if (process.argv[1] === here) {
  const folder = fileURLToPath(new URL('../../src', import.meta.url))
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && file !== 'main.ts')
    .sort()
  // Statements register themselves when their file is loaded.
  for (const file of files) await import(pathToFileURL(join(folder, file)).href)
  const texts = statements.map(({ name, columns, build }) => ({
    name,
    columns,
    text: build(anything() as never).text,
  }))
  process.stdout.write(JSON.stringify(texts), () => process.exit(0))
}
