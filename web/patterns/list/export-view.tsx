import { Anchor } from '@mantine/core'
import type { ViewColumn } from '../../../src/exchange/views/columns.ts'
import { callFile, currentCompany } from '../../api/index.ts'
import { type Job, startJob } from '../../page/index.ts'
import { notify } from '../../ui/notify.tsx'
import type { RowsOfFile } from './use-list-file.ts'

export type FileFormat = 'csv' | 'xlsx'

interface View extends RowsOfFile {
  readonly list: string
  readonly format: FileFormat
  /** Of the file, without its ending. */
  readonly name: string
  readonly columns: readonly ViewColumn[]
  readonly title: string
  readonly reasonOf: (error: unknown) => string
}

/** Fetches the file as a job, so that one may go on meanwhile; it comes as a notice and stays in the jobs. */
export function exportView({ list, format, query, ids, name, columns, title, reasonOf }: View): void {
  const company = currentCompany()
  const search = new URLSearchParams(
    Object.entries(query).flatMap(([key, value]) =>
      value === undefined || value === null || value === '' ? [] : [[key, String(value)]],
    ),
  )
  const file = `${name}.${format}`
  startJob({
    title,
    rows: [
      {
        id: 'file',
        label: file,
        async run() {
          const asked = { list, format, name, search: search.toString() }
          const saved = await callFile(
            '/exports',
            ids === undefined
              ? { query: { ...asked, columns: JSON.stringify(columns) }, company }
              : { method: 'POST', body: { ...asked, columns, ids }, company },
          )
          return { href: URL.createObjectURL(saved), file }
        },
      },
    ],
    reasonOf,
    after: tellOfFiles,
  })
}

/** Says what came of a job whose rows are files. */
export function tellOfFiles({ rows }: Job): void {
  for (const { outcome } of rows) {
    if (outcome.state === 'failed') notify.error(outcome.reason)
    if (outcome.state === 'done')
      notify.done(
        <Anchor href={outcome.result.href} download={outcome.result.file} size="sm">
          {outcome.result.file}
        </Anchor>,
      )
  }
}
