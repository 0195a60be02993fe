import { json, sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import type { Remembered } from './propose.ts'

const select = statement(
  'select_import_mapping',
  { columns: 'text[]', mapping: json<Record<string, string>>() },
  (p: { companyId: string; what: string }) => sql`
    select columns, mapping from import_mappings where company_id = ${p.companyId} and what = ${p.what}`,
)
const upsert = statement(
  'remember_import_mapping',
  {},
  (p: { companyId: string; what: string; columns: readonly string[]; mapping: string }) => sql`
    insert into import_mappings (company_id, what, columns, mapping)
    values (${p.companyId}, ${p.what}, ${p.columns}::text[], ${p.mapping}::jsonb)
    on conflict (company_id, what) do update set columns = excluded.columns, mapping = excluded.mapping`,
)

export function rememberedMapping(
  tx: Transaction,
  companyId: string,
  what: string,
): Promise<Remembered | null> {
  return tx.maybe(select, { companyId, what })
}

/** Keeps which columns were taken, for the next file of such rows. */
export function rememberMapping(tx: Transaction, companyId: string, what: string, chosen: Remembered): void {
  const { columns, mapping } = chosen
  tx.write(upsert, { companyId, what, columns, mapping: JSON.stringify(mapping) })
}
