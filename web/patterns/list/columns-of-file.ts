import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { ViewColumn, ViewSource } from '../../../src/exchange/views/columns.ts'
import type { FileColumn, FileSource, ListColumn } from './description.ts'

/** The status of what can be archived and has no other. */
export const archivedInFile: FileColumn = {
  path: 'archived',
  when: { archived: ['true'] },
  words: { true: msg`Archived` },
}

/** What a file shows for a column of a list, as the API takes it. */
export function columnsOfFile<Row>(
  column: ListColumn<Row>,
  text: (message: MessageDescriptor) => string,
): readonly ViewColumn[] {
  const source = ({ path, as, when, words }: FileSource): ViewSource => ({
    path,
    ...(as !== undefined && { as }),
    ...(when !== undefined && { when: when as ViewSource['when'] & object }),
    ...(words !== undefined && {
      words: Object.fromEntries(Object.entries(words).map(([value, word]) => [value, text(word)])),
    }),
  })
  const { words } = column
  const file = column.file ?? { path: column.path, ...(words !== undefined && { words }) }
  return [file].flat().map(({ label = column.label, or, ...first }) => ({
    ...source(first),
    title: text(label),
    ...(or !== undefined && { or: or.map(source) }),
  }))
}
