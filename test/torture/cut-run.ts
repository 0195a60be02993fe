import { setTimeout as pause } from 'node:timers/promises'
import { type Workshop, query } from '../platform/processes.ts'
import { Installation } from './installation.ts'
import { Load, randomFrom } from './load.ts'
import { type Proxy, startProxy } from './proxy.ts'
import { differences } from './verify.ts'

export interface CutRun {
  readonly seed: number
  readonly clients: number
  readonly seconds: number
  /** A database of its own, which PostgreSQL keeps. */
  readonly ownerUrl: string
  readonly say: (text: string) => void
}

export interface CutSummary {
  readonly seed: number
  readonly cutBeforeCommit: number
  readonly cutAfterCommit: number
  readonly terminated: number
  readonly acknowledged: number
  readonly withoutAnswer: number
  readonly unavailable: Record<string, number>
  readonly differences: readonly string[]
}

/** Cuts the connections between the server and its database under load, most of all at the commit. */
export async function cutRun(workshop: Workshop, run: CutRun): Promise<CutSummary> {
  const random = randomFrom(run.seed)
  const proxy = await startProxy(run.ownerUrl)
  try {
    const env = { DATABASE_URL: proxy.url }
    const installation = new Installation(workshop, workshop.folder(), env)
    const load = new Load(() => installation.server, randomFrom(run.seed + 1))
    await installation.start()
    const shop = await installation.furnish(load)
    load.start(shop, run.clients)
    const terminated = await cutFor(run, proxy, random)
    proxy.fateOf = () => 'pass'
    await load.finish()
    const { journal } = load
    const { server, companyId } = installation
    const found = await differences(journal, server, run.ownerUrl, companyId, journal.acknowledged)
    const code = await installation.child.stop()
    if (code !== 0)
      found.push(`the server ended with code ${code}:\n${installation.child.output.slice(-2000)}`)
    return {
      seed: run.seed,
      cutBeforeCommit: proxy.cut.before,
      cutAfterCommit: proxy.cut.after,
      terminated,
      acknowledged: journal.acknowledged.length,
      withoutAnswer: journal.entries.filter(({ unknown }) => unknown > 0).length,
      unavailable: Object.fromEntries(journal.unavailable),
      differences: found,
    }
  } finally {
    await proxy.close()
  }
}

/** @returns how many backends were terminated. */
async function cutFor(run: CutRun, proxy: Proxy, random: () => number): Promise<number> {
  let terminated = 0
  proxy.fateOf = () => {
    const share = random()
    return share < 0.05 ? 'before' : share < 0.2 ? 'after' : 'pass'
  }
  const until = Date.now() + run.seconds * 1000
  while (Date.now() < until) {
    await pause(100 + random() * 400)
    if (random() < 0.3) {
      proxy.cutAll()
      run.say(`all connections cut (${proxy.cut.before} before a commit, ${proxy.cut.after} after)`)
      continue
    }
    const [row] = await query(
      run.ownerUrl,
      `select count(*) filter (where pg_terminate_backend(pid))::int as n
       from (select pid from pg_stat_activity
             where datname = current_database() and pid <> pg_backend_pid() and application_name like 'zapas%'
             order by random() limit 3) chosen`,
    )
    terminated += Number(row!['n'])
  }
  return terminated
}
