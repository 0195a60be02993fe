import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { connect, perSecond } from './client.ts'
import { type Goods, flows } from './goods.ts'
import type { Installation } from './installation.ts'

export interface Footprint {
  /** Milliseconds from the start of the server process to its first answer, database running; median of five. */
  readonly start: number
  /** Resident memory of the server process, MiB: just started, and after a load of 16 connections. */
  readonly memoryAtRest: number
  readonly memoryUnderLoad: number
  /** What `npm ci --omit=dev` puts on the disk, and the program itself, MiB; null where it was not measured. */
  readonly packages: number
}

export async function footprint(
  installation: Installation,
  goods: Goods,
  seconds: number,
): Promise<Footprint> {
  const starts: number[] = []
  for (let i = 0; i < 5; i++) {
    const server = await installation.serve()
    starts.push(server.startedIn)
    await server.stop()
  }
  const server = await installation.serve()
  const api = connect(server.url, installation.key, 16)
  try {
    const memoryAtRest = await server.memory()
    await perSecond(16, seconds, flows(api, goods)['order-to-cash'])
    return {
      start: starts.sort((a, b) => a - b)[2]!,
      memoryAtRest,
      memoryUnderLoad: await server.memory(),
      packages: await sizeOfPackages(),
    }
  } finally {
    await api.close()
    await server.stop()
  }
}

/** Of what a production install has: packages that only development needs are left out. */
async function sizeOfPackages(): Promise<number> {
  const root = fileURLToPath(new URL('..', import.meta.url))
  const { stdout } = await promisify(execFile)('npm', ['ls', '--omit=dev', '--all', '--parseable'], {
    cwd: root,
    maxBuffer: 64 * 1024 * 1024,
  }).catch((error: { stdout: string }) => error)
  const folders = [...new Set(stdout.trim().split('\n').slice(1))].filter((folder) =>
    folder.includes('node_modules'),
  )
  const nested = folders.filter(
    (folder) => !folders.some((other) => other !== folder && folder.startsWith(`${other}/`)),
  )
  const { stdout: sizes } = await promisify(execFile)('du', ['-sk', ...nested], {
    maxBuffer: 64 * 1024 * 1024,
  })
  return (
    sizes
      .trim()
      .split('\n')
      .reduce((sum, line) => sum + Number(line.split('\t')[0]), 0) / 1024
  )
}
