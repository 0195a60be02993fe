import { writeFile } from 'node:fs/promises'
import { cpus, loadavg, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import { connect } from '../../../bench/client.ts'
import { install } from '../../../bench/installation.ts'
import { ensureBuilt } from '../../../src/web/index.ts'
import { grid, preview, scanner } from './budget-entry.ts'
import { fillOffice } from './budget-office.ts'
import { type Judged, budgetTable, judge } from './budget-report.ts'
import { type Place, fiftyDocuments, lists, opening, palette, sizes, withWindow } from './budget-runs.ts'
import { speedOf } from './budget-timing.ts'

const parts = { sizes, lists, opening, palette, grid, preview, scanner, documents: fiftyDocuments }
type Part = keyof typeof parts

/**
 * `npm run budgets`: the budgets of the web app, measured in a real Chromium (its processor slowed 4 times, a line of
 * 20 Mbit/s and 40 ms) against a server of its own with 10,000 documents. A report and not a test: on a shared
 * machine times are told, not judged by CI. `npm run budgets -- grid palette` measures these parts only, `--slow 1` with
 * the processor as it is.
 */
const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: 'string', default: '5' },
    documents: { type: 'string', default: '10000' },
    slow: { type: 'string', default: '4' },
    json: { type: 'string', default: 'budgets-result.json' },
  },
})
const unknown = positionals.find((part) => !(part in parts))
if (unknown !== undefined)
  throw new Error(`There is no part "${unknown}"; there are ${Object.keys(parts).join(', ')}.`)
const wanted = (positionals.length > 0 ? positionals : Object.keys(parts)) as Part[]

await ensureBuilt(console.error, process.env)
const installation = await install()
try {
  console.error(`filling a company with ${options.documents} documents …`)
  const goods = await fillOffice(installation, Number(options.documents))
  const server = await installation.serve()
  const api = connect(server.url, installation.key, 1)
  try {
    const base = server.url.replace('127.0.0.1', 'localhost')
    await report({ base, api, goods, runs: Number(options.runs), slow: Number(options.slow) })
  } finally {
    await api.close()
    await server.stop()
  }
} finally {
  await installation.close()
}

async function report(place: Place): Promise<void> {
  const budgets: Judged[] = []
  const failed: string[] = []
  const load = loadavg()[0]!.toFixed(1)
  for (const part of wanted) {
    console.error(`measuring ${part} …`)
    try {
      const measured = (await parts[part](place)).map(judge)
      budgets.push(...measured)
      console.error(budgetTable(measured))
    } catch (error) {
      failed.push(part)
      console.error(error)
    }
  }
  const speed = await withWindow(place, speedOf)
  const machine = `${cpus().length} cores ${cpus()[0]!.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform}, Node ${process.version}, load ${load} before`
  const at = new Date().toISOString()
  const { slow } = place
  await writeFile(options.json, `${JSON.stringify({ at, machine, speed, slow, budgets, failed }, null, 2)}\n`)
  console.log(
    `Measured ${at.slice(0, 10)} on ${machine}; server and browser on the same cores, the processor slowed ${slow} times ` +
      `(not slowed the browser writes and reads JSON of 1,000 rows ${speed} times a second).\n`,
  )
  console.log(budgetTable(budgets))
  // What could not be measured is a fault of the report; what is over its limit is what it tells.
  if (failed.length > 0) process.exitCode = 1
}
