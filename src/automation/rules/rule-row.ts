import type { Static } from 'typebox'
import { Keyset, type ListQuery, type Sort } from '../../kernel/keyset.ts'
import { notFound } from '../../kernel/problem.ts'
import { type Row, type Sql, dynamic, json, sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import type { Role } from '../../permissions.ts'
import type { LookName } from './look-names.ts'
import type { Action, ConditionRows } from './schema.ts'

export const ruleColumns = {
  id: 'uuid',
  name: 'text',
  active: 'bool',
  events: 'text[]',
  look: 'text?',
  lookEvery: 'text?',
  condition: 'text',
  conditionRows: json<Static<typeof ConditionRows> | null>(),
  actions: json<Action[]>(),
  role: 'text',
  recipe: 'text?',
  version: 'int',
  createdAt: 'timestamptz',
} as const
type Stored = Row<typeof ruleColumns>

/** A rule as the API shows it. */
export interface Rule extends Omit<Stored, 'look' | 'lookEvery' | 'role'> {
  readonly look: LookName | null
  readonly lookEvery: 'hour' | 'day' | null
  readonly role: Exclude<Role, 'customer'>
}

/** In the order of `ruleColumns`, from `rules r`. */
export const selectRule: Sql = sql`
  select r.id, r.name, r.active, r.events, r.look, r.look_every, r.condition, r.condition_rows, r.actions, r.role,
    r.recipe, r.version, r.created_at`

interface Key {
  companyId: string
  id: string
}
const loadRow = statement(
  'load_rule',
  ruleColumns,
  (p: Key) => sql`${selectRule} from rules r where r.company_id = ${p.companyId} and r.id = ${p.id}`,
)
const lockRow = statement(
  'lock_rule',
  ruleColumns,
  (p: Key) =>
    sql`${selectRule} from rules r where r.company_id = ${p.companyId} and r.id = ${p.id} for update`,
)

/** @throws 404 */
export async function loadRule(tx: Transaction, companyId: string, id: string): Promise<Rule> {
  const rule = await tx.maybe(loadRow, { companyId, id })
  if (rule === null) throw notFound('rule')
  return rule as Rule
}

/** @throws 404 */
export async function lockRule(tx: Transaction, companyId: string, id: string): Promise<Rule> {
  const rule = await tx.maybe(lockRow, { companyId, id })
  if (rule === null) throw notFound('rule')
  return rule as Rule
}

const sorts: Record<string, Sort> = {
  name: { column: sql`r.name`, type: 'text', notNull: true },
  id: { column: sql`r.id`, type: 'uuid', notNull: true },
}

export async function listRules(tx: Transaction, companyId: string, query: ListQuery) {
  const keyset = new Keyset(query, sorts, sql`r.id`, 'name')
  const rows = await tx.all(
    dynamic(
      { ...ruleColumns, cursorKey: 'text?' },
      sql`${selectRule}, ${keyset.key} from rules r
        where r.company_id = ${companyId} ${keyset.after} ${keyset.order} ${keyset.limit}`,
    ),
    undefined,
  )
  return keyset.page(rows)
}
