import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import { startEmbedded } from '../../src/database/index.ts'
import { Workshop, query } from '../platform/processes.ts'
import { cutRun } from './cut-run.ts'
import { diskRun, mountSmallDisk } from './disk-run.ts'
import { killRun } from './kill-run.ts'
import { migrateRun } from './migrate-run.ts'

/** `npm run torture -- --kills 50 --seed 1`; see docs/torture.md. Exit code 1 on any difference. */
const { values } = parseArgs({
  options: {
    faults: { type: 'string', default: 'kill,cut,disk,migrate' },
    kills: { type: 'string', default: '50' },
    seed: { type: 'string', default: '1' },
    clients: { type: 'string', default: '12' },
    workers: { type: 'string', default: '1' },
    seconds: { type: 'string', default: '60' },
  },
})
const kills = Number(values.kills)
const common = {
  seed: Number(values.seed),
  clients: Number(values.clients),
  say: (text: string) => console.error(text),
}

const workshop = new Workshop()

async function withDatabase<T>(work: (ownerUrl: string) => Promise<T>): Promise<T> {
  const embedded = await startEmbedded({ dataDir: workshop.folder() })
  try {
    const url = new URL(embedded.ownerUrl)
    const name = `torture_${randomBytes(4).toString('hex')}`
    await query(`${embedded.adminUrl}/postgres`, `create database ${name} owner ${url.username}`)
    url.pathname = `/${name}`
    return await work(url.href)
  } finally {
    await embedded.close()
  }
}

async function withSmallDisk(): Promise<Awaited<ReturnType<typeof diskRun>> | { skipped: string }> {
  const folder = workshop.folder()
  const unmount = mountSmallDisk(folder)
  if (unmount === null) return { skipped: 'only root can mount a small disk' }
  try {
    return await diskRun(workshop, folder, { ...common, untilItEnds: true })
  } finally {
    await workshop.endAll()
    unmount()
  }
}

const runs: Record<string, () => Promise<object>> = {
  kill: () =>
    killRun(workshop, {
      ...common,
      serverKills: kills,
      postgresKills: kills,
      workers: Number(values.workers),
    }),
  cut: () =>
    withDatabase((ownerUrl) => cutRun(workshop, { ...common, seconds: Number(values.seconds), ownerUrl })),
  disk: withSmallDisk,
  migrate: () => withDatabase((ownerUrl) => migrateRun(workshop, { seed: common.seed, kills, ownerUrl })),
}

try {
  const summary: Record<string, object> = {}
  for (const fault of values.faults.split(',')) {
    const run = runs[fault]
    if (run === undefined) throw new Error(`--faults ${fault}: there are ${Object.keys(runs).join(', ')}`)
    const result = await run()
    summary[fault] = result
    if ('differences' in result && (result.differences as string[]).length > 0) process.exitCode = 1
  }
  console.log(JSON.stringify(summary, null, 2))
} finally {
  await workshop.clear()
}
