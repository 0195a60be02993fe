export type {
  BulkAction,
  BuiltInView,
  ListCard,
  ListColumn,
  ListDescription,
  ListFilter,
} from './description.ts'
export { ListPage } from './list-page.tsx'
