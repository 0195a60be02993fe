import type { Footprint } from './footprint.ts'
import type { HotItem } from './hot-item.ts'
import type { LongOrder } from './long-order.ts'
import type { Reads } from './reads.ts'
import type { Throughput } from './throughput.ts'

export interface Report {
  readonly at: string
  readonly machine: string
  flows?: Throughput[]
  hotItem?: HotItem[]
  longOrder?: LongOrder
  footprint?: Footprint
  reads?: Reads[]
}

/** The figures as Markdown, as they stand in docs/performance.md. */
export function table(report: Report): string {
  const out: string[] = [`Measured ${report.at.slice(0, 10)} on ${report.machine}.`]
  if (report.flows) {
    out.push(
      rows(
        [
          'Flow',
          'Processes',
          'Connections',
          'Zapas /s',
          'Limit /s',
          'Ratio',
          'Server CPU ms',
          'Rows Zapas',
          'Rows limit',
        ],
        report.flows.map((f) => [
          f.flow,
          f.workers,
          f.connections,
          f.zapas.toFixed(1),
          f.limit?.toFixed(1) ?? 'no pgbench',
          f.ratio?.toFixed(2) ?? '',
          f.serverMilliseconds.toFixed(1),
          f.rows.zapas.join(' / '),
          f.rows.limit?.join(' / ') ?? '',
        ]),
      ),
    )
  }
  if (report.hotItem) {
    out.push(
      rows(
        [
          'One product, connections',
          'Processes',
          'Zapas /s',
          'Limit /s',
          'Ratio',
          'Oversold',
          'Of 500 there: reserved',
          'Refused',
        ],
        report.hotItem.map((h) => [
          h.connections,
          h.workers,
          h.zapas.toFixed(0),
          h.limit?.toFixed(0) ?? 'no pgbench',
          h.ratio?.toFixed(2) ?? '',
          h.oversold,
          h.reserved,
          h.refused,
        ]),
      ),
    )
  }
  if (report.longOrder) {
    const { lines, ...steps } = report.longOrder
    out.push(
      rows(
        [`Order of ${lines} lines`, 'ms'],
        Object.entries(steps).map(([name, ms]) => [name, ms.toFixed(0)]),
      ),
    )
  }
  if (report.reads) {
    const [small] = report.reads
    out.push(
      rows(
        [
          'Read',
          ...report.reads.flatMap((r) => [`${r.documents.toLocaleString('en')} documents: p50 ms`, 'p95 ms']),
          'p50 grew by',
        ],
        Object.keys(small!.times).map((name) => [
          name,
          ...report.reads!.flatMap((r) => [r.times[name]!.p50.toFixed(1), r.times[name]!.p95.toFixed(1)]),
          (report.reads!.at(-1)!.times[name]!.p50 / small!.times[name]!.p50).toFixed(2),
        ]),
      ),
    )
  }
  if (report.footprint) {
    const f = report.footprint
    out.push(
      rows(
        ['Footprint', ''],
        [
          ['start until the first answer', `${f.start.toFixed(0)} ms`],
          ['memory at rest', `${f.memoryAtRest.toFixed(0)} MiB`],
          ['memory after a load of 16 connections', `${f.memoryUnderLoad.toFixed(0)} MiB`],
          ['packages of a production install', `${f.packages.toFixed(0)} MiB`],
        ],
      ),
    )
  }
  return out.join('\n\n')
}

function rows(head: readonly string[], body: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...body.map(line)].join('\n')
}
