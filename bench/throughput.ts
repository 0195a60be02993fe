import { connect, perSecond } from './client.ts'
import { type Goods, flows } from './goods.ts'
import { type Installation, asAdmin } from './installation.ts'
import { measureLimit } from './limit.ts'

export interface Throughput {
  readonly flow: string
  readonly workers: number
  readonly connections: number
  /** Flows per second: five requests each, every one its own durable commit. */
  readonly zapas: number
  /** The same rows by SQL functions under pgbench; null where pgbench is not installed. */
  readonly limit: number | null
  readonly ratio: number | null
  /** Processor milliseconds of the server's own processes for one flow (PostgreSQL's not counted). */
  readonly serverMilliseconds: number
  /** Rows inserted / updated / deleted for one flow, to see that both write the same. */
  readonly rows: { readonly zapas: Rows; readonly limit: Rows | null }
}

/**
 * A company that has worked for a while: what is measured is a database in use, with the statistics that PostgreSQL has
 * gathered by then, and not the first seconds of an empty one, in which every statement is planned again and again.
 */
export async function workForAWhile(
  installation: Installation,
  goods: Goods,
  seconds: number,
): Promise<void> {
  const connections = 16
  const server = await installation.serve()
  const api = connect(server.url, installation.key, connections)
  try {
    const both = flows(api, goods)
    await perSecond(connections, seconds, both['order-to-cash'])
    await perSecond(connections, seconds, both['purchase-to-pay'])
  } finally {
    await api.close()
    await server.stop()
  }
  await asAdmin(installation.adminUrl, (client) => client.query('vacuum analyze'))
}

type Rows = readonly [inserted: number, updated: number, deleted: number]

export async function throughput(
  installation: Installation,
  goods: Goods,
  options: { readonly seconds: number; readonly workers: number; readonly connections: readonly number[] },
): Promise<Throughput[]> {
  const measured: Throughput[] = []
  for (const flow of ['order-to-cash', 'purchase-to-pay'] as const) {
    for (const connections of options.connections) {
      const zapas = await ofZapas(installation, goods, flow, connections, options)
      const limit = await ofLimit(installation, flow, connections, options.seconds)
      measured.push({
        flow,
        workers: options.workers,
        connections,
        zapas: zapas.perSecond,
        limit: limit?.perSecond ?? null,
        ratio: limit === null ? null : zapas.perSecond / limit.perSecond,
        serverMilliseconds: zapas.serverMilliseconds,
        rows: { zapas: zapas.rows, limit: limit?.rows ?? null },
      })
    }
  }
  return measured
}

async function ofZapas(
  installation: Installation,
  goods: Goods,
  flow: 'order-to-cash' | 'purchase-to-pay',
  connections: number,
  { seconds, workers }: { readonly seconds: number; readonly workers: number },
) {
  const server = await installation.serve({ workers })
  const api = connect(server.url, installation.key, connections)
  try {
    const run = flows(api, goods)[flow]
    // Connections made, statements prepared, code compiled: what a server has behind it after its first minute.
    await perSecond(connections, 2 * seconds, run)
    const before = await rowsWritten(installation)
    const used = await server.processorSeconds()
    let flowsDone = 0
    const rate = await perSecond(connections, seconds, async () => {
      await run()
      flowsDone++
    })
    const serverMilliseconds = (((await server.processorSeconds()) - used) * 1000) / flowsDone
    return { perSecond: rate, serverMilliseconds, rows: await rowsSince(installation, before, flowsDone) }
  } finally {
    await api.close()
    await server.stop()
  }
}

async function ofLimit(
  installation: Installation,
  flow: 'order-to-cash' | 'purchase-to-pay',
  connections: number,
  seconds: number,
) {
  const before = await rowsWritten(installation)
  const limit = await measureLimit(installation, flow, connections, seconds)
  if (limit === null) return null
  return { perSecond: limit.perSecond, rows: await rowsSince(installation, before, limit.runs) }
}

async function rowsWritten({ adminUrl }: Installation): Promise<Rows> {
  // Backends report what they did at most a second later.
  await new Promise((resolve) => setTimeout(resolve, 1500))
  return asAdmin(adminUrl, async (client) => {
    const { rows } = await client.query<{ inserted: string; updated: string; deleted: string }>(
      `select sum(n_tup_ins) as inserted, sum(n_tup_upd) as updated, sum(n_tup_del) as deleted
       from pg_stat_user_tables where schemaname = 'public'`,
    )
    const { inserted, updated, deleted } = rows[0]!
    return [Number(inserted), Number(updated), Number(deleted)]
  })
}

async function rowsSince(installation: Installation, before: Rows, flowsDone: number): Promise<Rows> {
  const after = await rowsWritten(installation)
  return [0, 1, 2].map((i) => Math.round(((after[i]! - before[i]!) / flowsDone) * 10) / 10) as unknown as Rows
}
