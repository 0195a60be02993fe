export type {
  BulkAction,
  BuiltInView,
  ListCard,
  ListColumn,
  ListDescription,
  ListFilter,
} from './description.ts'
export { ListPage } from './list-page.tsx'
export { type ListSearch, listSearch } from './search.ts'
export { neighbours, recallList } from './trail.ts'
