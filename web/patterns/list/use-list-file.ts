import { useLingui } from '@lingui/react/macro'
import type { Query } from '../../api/index.ts'
import { useReason } from '../action/reasons.ts'
import { columnsOfFile } from './columns-of-file.ts'
import type { ListDescription } from './description.ts'
import type { FileFormat } from './export-view.tsx'
import type { ListState } from './use-list-state.ts'

/** Which rows of a list a file holds: all that fit a question, or the chosen ones among them, in their order. */
export interface RowsOfFile {
  /** Filters and sort as the API takes them. */
  readonly query: Query
  readonly ids?: readonly string[]
}

/** Saves rows of a list with the columns that are shown, as a job. */
export function useListFile<Row>(list: ListDescription<Row>, state: ListState) {
  const { i18n, t } = useLingui()
  const reason = useReason()
  const columns = state.columns.flatMap((id) => list.columns.find((column) => column.id === id) ?? [])
  return async (format: FileFormat, rows: RowsOfFile): Promise<void> => {
    const title = i18n._(list.title)
    const { exportView } = await import('./export-view.tsx')
    exportView({
      ...rows,
      list: list.resource,
      format,
      name: title,
      columns: columns.flatMap((column) => columnsOfFile(column, (word) => i18n._(word))),
      title: t`Export: ${title}`,
      reasonOf: (error) => (error instanceof Error ? reason(error.message) : String(error)),
    })
  }
}
