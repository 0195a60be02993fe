import { Keyset, type ListQuery, type Sort } from '../../kernel/keyset.ts'
import { notFound } from '../../kernel/problem.ts'
import { type Sql, dynamic, empty, sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import type { Permission, Role } from '../../permissions.ts'

/** A key as the API shows it; neither the key nor its hash. */
const keyColumns = {
  id: 'uuid',
  name: 'text',
  role: 'text',
  partyId: 'uuid?',
  permissions: 'text[]?',
  prefix: 'text',
  createdByName: 'text',
  createdAt: 'timestamptz',
  lastUsedAt: 'timestamptz?',
  expiresAt: 'timestamptz?',
  revokedAt: 'timestamptz?',
} as const

/** In the order of `keyColumns`. */
const selectKey: Sql = sql`
  select k.id, k.name, k.role, k.party_id, k.permissions, k.prefix, k.created_by_name, k.created_at,
    k.last_used_at, k.expires_at, k.revoked_at`

const loadRow = statement(
  'load_api_key',
  keyColumns,
  (p: { companyId: string; id: string }) =>
    sql`${selectKey} from api_keys k where k.company_id = ${p.companyId} and k.id = ${p.id}`,
)

const sorts: Record<string, Sort> = {
  name: { column: sql`k.name`, type: 'text' },
  createdAt: { column: sql`k.created_at`, type: 'timestamptz' },
  lastUsedAt: { column: sql`k.last_used_at`, type: 'timestamptz' },
}

/** The keys of a company, the newest first; revoked ones stay for the record. */
export async function listApiKeys(
  tx: Transaction,
  companyId: string,
  now: Date,
  query: ListQuery & { readonly valid?: boolean | undefined } = {},
) {
  const keyset = new Keyset(query, sorts, sql`k.id`, '-createdAt')
  const isValid = sql`(k.revoked_at is null and (k.expires_at is null or k.expires_at > ${now}::timestamptz))`
  const filter = query.valid === undefined ? empty : sql`and ${isValid} = ${query.valid}::boolean`
  const rows = await tx.all(
    dynamic(
      { ...keyColumns, cursorKey: 'text?' },
      sql`${selectKey}, ${keyset.key} from api_keys k
        where k.company_id = ${companyId} ${filter} ${keyset.after} ${keyset.order} ${keyset.limit}`,
    ),
    undefined,
  )
  return keyset.page(rows.map((row) => shown(row, now)))
}

/** @throws 404 */
export async function loadApiKey(tx: Transaction, companyId: string, id: string, now: Date) {
  const key = await tx.maybe(loadRow, { companyId, id })
  if (key === null) throw notFound('API key')
  return shown(key, now)
}

function shown<
  R extends { role: string; permissions: string[] | null; revokedAt: Date | null; expiresAt: Date | null },
>(row: R, now: Date) {
  return {
    ...row,
    role: row.role as Role,
    permissions: row.permissions as Permission[] | null,
    valid: row.revokedAt === null && (row.expiresAt === null || row.expiresAt > now),
  }
}
