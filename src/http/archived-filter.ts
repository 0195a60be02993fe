import { type Sql, empty, sql } from '../kernel/sql.ts'
import { literals, optional } from './schemas.ts'

/** Query field of lists whose rows can be archived. */
export const Archived = optional(
  literals(['true', 'false', 'all'], { description: 'Whether archived ones are listed. Left out: false.' }),
)
export type Archived = 'true' | 'false' | 'all' | undefined

/** `and …` for the filter; archived rows are not offered unless asked for. */
export function archivedIs(column: Sql, wanted: Archived): Sql {
  if (wanted === 'all') return empty
  return wanted === 'true' ? sql`and ${column}` : sql`and not ${column}`
}
