import { writeFile } from 'node:fs/promises'
import { cpus, totalmem } from 'node:os'
import { Command } from 'commander'
import { footprint } from './footprint.ts'
import { stockUp } from './goods.ts'
import { hotItem } from './hot-item.ts'
import { type Installation, install } from './installation.ts'
import { makeLimit } from './limit.ts'
import { longOrder } from './long-order.ts'
import { reads } from './reads.ts'
import { type Report, table } from './report.ts'
import { throughput, workForAWhile } from './throughput.ts'

const parts = ['flows', 'hot-item', 'long-order', 'footprint', 'reads'] as const
type Part = (typeof parts)[number]

interface Options {
  readonly seconds: string
  readonly workers: string
  readonly documents: string
  readonly json: string
}

/** Measures Zapas, and beside it what the same PostgreSQL could do at most. Needs pgbench for the second. */
await new Command('bench')
  .argument('[parts...]', `what to measure: ${parts.join(', ')} (all of them when left out)`)
  .option('--seconds <n>', 'how long each flow is measured', '12')
  .option('--workers <n>', 'server processes, measured beside one', '2')
  .option('--documents <n,n>', 'sizes of the company that reads are measured on', '10000,100000')
  .option('--json <file>', 'where the figures go', 'bench-result.json')
  .action(async (chosen: string[], options: Options) => {
    const unknown = chosen.find((part) => !(parts as readonly string[]).includes(part))
    if (unknown !== undefined)
      throw new Error(`There is no part "${unknown}"; there are ${parts.join(', ')}.`)
    const wanted = new Set((chosen.length > 0 ? chosen : parts) as Part[])
    const report = await measure(wanted, options)
    await writeFile(options.json, `${JSON.stringify(report, null, 2)}\n`)
    console.log(table(report))
  })
  .parseAsync()

async function measure(wanted: ReadonlySet<Part>, options: Options): Promise<Report> {
  const seconds = Number(options.seconds)
  const several = Number(options.workers)
  const report: Report = { at: new Date().toISOString(), machine: machine() }
  await on(
    'flows, hot item, long order, footprint',
    wanted.size > 1 || !wanted.has('reads'),
    async (installation) => {
      const goods = await stockUp(installation)
      await makeLimit(installation)
      if (wanted.has('flows')) {
        await workForAWhile(installation, goods, 2 * seconds)
        report.flows = await throughput(installation, goods, { seconds, workers: 1, connections: [1, 16] })
        if (several > 1)
          report.flows.push(
            ...(await throughput(installation, goods, { seconds, workers: several, connections: [16] })),
          )
      }
      if (wanted.has('hot-item')) {
        report.hotItem = [await hotItem(installation, goods, { seconds, workers: 1 })]
        if (several > 1)
          report.hotItem.push(await hotItem(installation, goods, { seconds, workers: several }))
      }
      if (wanted.has('long-order')) report.longOrder = await longOrder(installation, goods)
      if (wanted.has('footprint')) report.footprint = await footprint(installation, goods, seconds)
    },
  )
  await on('reads', wanted.has('reads'), async (installation) => {
    const goods = await stockUp(installation)
    report.reads = await reads(installation, goods, options.documents.split(',').map(Number))
  })
  return report
}

async function on(
  what: string,
  wanted: boolean,
  work: (installation: Installation) => Promise<void>,
): Promise<void> {
  if (!wanted) return
  console.error(`measuring ${what} …`)
  const installation = await install()
  try {
    await work(installation)
  } finally {
    await installation.close()
  }
}

function machine(): string {
  const [cpu] = cpus()
  return `${cpus().length} cores ${cpu!.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform}, Node ${process.version}`
}
