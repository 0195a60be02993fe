import { Command } from 'commander'
import type { Logger } from 'pino'
import { loadDemo } from '../demo/index.ts'
import { Problem, conflict } from '../kernel/problem.ts'
import type { Database } from '../kernel/transaction.ts'
import { printResult, progress } from './output.ts'
import { type CommonOptions, withInstallation } from './session.ts'

export function demoCommand(): Command {
  return new Command('demo')
    .description('make the demo company Crimson, beside your own; every owner becomes its owner too')
    .option('--fresh', 'refuse when there is a demo company already, instead of leaving it as it is')
    .option('--json', 'print the result as JSON')
    .action(demo)
}

async function demo(options: CommonOptions & { fresh?: boolean }): Promise<void> {
  const json = options.json ?? false
  await withInstallation({ ...options, migrate: true }, async ({ db }) => {
    const bar = progress(json)
    const { company, made } = await loadDemo(db, {
      onProgress: (done, total, what) => bar.step(done, total, what),
    }).finally(() => bar.end())
    if (!made && options.fresh) {
      throw conflict(
        'demo-loaded',
        `The demo company ${company.name} is there already, perhaps with changes of yours. Delete it first, in the web app or by DELETE /api/v1/companies/${company.slug}.`,
      )
    }
    const words = made
      ? `${company.name} is there: choose it in the web app, or name it --company ${company.slug}.`
      : `${company.name} is there already; nothing was done.`
    printResult({ ...company, made }, json, words)
  })
}

/** ZAPAS_DEMO=1: the demo is there when the server is. Another process may be making it just now. */
export async function demoAtStart(db: Database, log: Logger): Promise<void> {
  try {
    const { company, made } = await loadDemo(db)
    if (made) log.info(`the demo company ${company.name} was made`)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    log.info(error.message)
  }
}
