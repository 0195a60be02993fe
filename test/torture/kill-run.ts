import { setTimeout as pause } from 'node:timers/promises'
import type { Workshop } from '../platform/processes.ts'
import { Installation } from './installation.ts'
import { Load, randomFrom } from './load.ts'
import { differences } from './verify.ts'

export interface KillRun {
  readonly seed: number
  /** How often the server process is killed, and how often a process of PostgreSQL. */
  readonly serverKills: number
  readonly postgresKills: number
  readonly clients: number
  readonly workers: number
  readonly say: (text: string) => void
}

export interface Summary {
  readonly seed: number
  readonly kills: Record<string, number>
  readonly requests: number
  readonly acknowledged: number
  readonly refused: number
  /** Requests that were without an answer once or more. */
  readonly withoutAnswer: number
  readonly unavailable: Record<string, number>
  readonly longestRestartMs: number
  readonly seconds: number
  readonly differences: readonly string[]
}

/** Kills what serves, again and again under load, and compares what was promised with what is there. */
export async function killRun(workshop: Workshop, run: KillRun): Promise<Summary> {
  const began = performance.now()
  const random = randomFrom(run.seed)
  const installation = new Installation(workshop, workshop.folder(), { ZAPAS_WORKERS: String(run.workers) })
  const load = new Load(() => installation.server, randomFrom(run.seed + 1))
  await installation.start()
  const shop = await installation.furnish(load)
  load.start(shop, run.clients)
  const { journal } = load
  const found: string[] = []
  const kills = new Map<string, number>()
  let compared = 0
  let longest = 0

  const compare = async (what: string, from: number): Promise<void> => {
    const { server, ownerUrl, companyId } = installation
    const repeat = journal.acknowledged.slice(from)
    compared = journal.acknowledged.length
    const now = await differences(journal, server, ownerUrl, companyId, repeat)
    found.push(...now.map((each) => `${what}: ${each}`))
  }
  const plan = shuffled(
    [
      ...Array<'server'>(run.serverKills).fill('server'),
      ...Array<'postgres'>(run.postgresKills).fill('postgres'),
    ],
    random,
  )
  for (const [i, victim] of plan.entries()) {
    await pause(300 + random() * 1200)
    let what: string
    let took: number
    if (victim === 'server') {
      // Now and then the machine goes down as a whole.
      const both = random() < 0.2
      what = both ? 'server and postmaster' : 'server'
      if (both) await Promise.all([installation.killServer(), installation.killPostgres(([first]) => first!)])
      else await installation.killServer()
      took = await installation.start()
    } else {
      const share = random()
      what = await installation.killPostgres((all) =>
        share < 0.5 ? all[0]! : all[Math.floor((share - 0.5) * 2 * all.length)]!,
      )
      took = await installation.ready()
    }
    kills.set(what, (kills.get(what) ?? 0) + 1)
    longest = Math.max(longest, took)
    await load.rest()
    await installation.ready()
    await compare(`kill ${i + 1} (${what})`, compared)
    run.say(
      `${i + 1}/${plan.length} ${what}: up after ${Math.round(took)} ms, ${journal.acknowledged.length} done, ` +
        `${found.length} differences`,
    )
    load.resume()
  }
  await load.finish()
  await compare('at the end', 0)
  const checked = await installation.check()
  if (checked.code !== 0 || checked.output !== '[]') found.push(`zapas check at the end: ${checked.output}`)
  const code = await installation.child.stop()
  if (code !== 0) found.push(`the server ended with code ${code}:\n${installation.child.output.slice(-2000)}`)
  return {
    seed: run.seed,
    kills: Object.fromEntries(kills),
    requests: journal.entries.length,
    acknowledged: journal.acknowledged.length,
    refused: journal.refused.length,
    withoutAnswer: journal.entries.filter(({ unknown }) => unknown > 0).length,
    unavailable: Object.fromEntries(journal.unavailable),
    longestRestartMs: Math.round(longest),
    seconds: Math.round((performance.now() - began) / 1000),
    differences: found,
  }
}

function shuffled<T>(items: T[], random: () => number): T[] {
  for (let i = items.length - 1; i > 0; i--) {
    const other = Math.floor(random() * (i + 1))
    ;[items[i], items[other]] = [items[other]!, items[i]!]
  }
  return items
}
