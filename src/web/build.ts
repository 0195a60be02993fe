import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { builtFrom, dist, fingerprint, root, stampName } from './sources.ts'

const vite = join(root, 'node_modules/vite/bin/vite.js')
/** A build that was broken off left its folder behind; after so long (ms) nobody is at it any more. */
const abandoned = 10 * 60_000

type Environment = Readonly<Record<string, string | undefined>>

export type Built = 'was there' | 'built' | 'no tools'

/**
 * Builds the web app unless it is there and made from these very sources. Two who build at once each build
 * aside and put theirs in place as a whole.
 * @param tell is told before the work begins; it takes some seconds.
 * @param environment of this process, for the one that builds.
 */
export async function ensureBuilt(tell: (message: string) => void, environment: Environment): Promise<Built> {
  const wanted = await fingerprint()
  if ((await builtFrom()) === wanted) return 'was there'
  if (!existsSync(vite)) return 'no tools'
  tell('Building the web app (its sources are new); this takes some seconds …')
  const aside = `${dist}-${randomBytes(4).toString('hex')}`
  try {
    await build(aside, environment)
    await writeFile(join(aside, stampName), wanted)
    await putInPlace(aside)
  } finally {
    await rm(aside, { recursive: true, force: true })
    await sweep()
  }
  return 'built'
}

async function build(folder: string, environment: Environment): Promise<void> {
  // Of tests too: NODE_ENV=test would build the development version of React, half as large again.
  const env = { ...environment, NODE_ENV: 'production' }
  const config = join(root, 'web/vite.config.ts')
  const args = [
    vite,
    'build',
    '--config',
    config,
    '--outDir',
    folder,
    '--mode',
    'production',
    '--logLevel',
    'warn',
  ]
  try {
    await promisify(execFile)(process.execPath, args, { cwd: root, env, maxBuffer: 16 * 1024 * 1024 })
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string }
    throw new Error(`The web app does not build:\n${stdout}${stderr}`.trim(), { cause: error })
  }
}

async function putInPlace(aside: string): Promise<void> {
  const old = `${dist}-${randomBytes(4).toString('hex')}`
  if (existsSync(dist)) await rename(dist, old)
  try {
    await rename(aside, dist)
  } catch (error) {
    // Another build was put in place in this moment; it is as good.
    if (!existsSync(dist)) throw error
  }
  await rm(old, { recursive: true, force: true })
}

async function sweep(): Promise<void> {
  const web = join(root, 'web')
  for (const name of await readdir(web)) {
    if (!name.startsWith('dist-')) continue
    const { mtimeMs } = await stat(join(web, name)).catch(() => ({ mtimeMs: Date.now() }))
    if (Date.now() - mtimeMs > abandoned) await rm(join(web, name), { recursive: true, force: true })
  }
}
