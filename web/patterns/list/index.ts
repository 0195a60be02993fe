export type {
  BulkAction,
  BuiltInView,
  EmptyWords,
  FileColumn,
  ListCard,
  ListColumn,
  ListDescription,
  ListFilter,
} from './description.ts'
export { archiveMany } from './archive-many.ts'
export { archivedInFile } from './columns-of-file.ts'
export { ListPage } from './list-page.tsx'
export { loaderOf, startList } from './start-list.ts'
