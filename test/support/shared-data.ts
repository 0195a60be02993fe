import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type TestContext } from 'vitest'

/**
 * The folder `name` of the real data that lies beside the checkout (or at ZAPAS_SHARED). Skips the test
 * where it is absent; in CI, where it must be there, the test fails.
 */
export function sharedData(test: TestContext, name: string): string {
  const root = process.env.ZAPAS_SHARED ?? fileURLToPath(new URL('../../../shared', import.meta.url))
  const folder = join(root, 'data', name)
  if (existsSync(folder)) return folder
  const message = `no test data at ${folder}; set ZAPAS_SHARED to the folder that holds data/`
  if (process.env.CI === 'true') throw new Error(message)
  return test.skip(message)
}
