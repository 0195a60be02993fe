import { difference, recordEvents } from '../../journal/events.ts'
import type { Context } from '../../kernel/context.ts'
import { decimal, hundred, zero } from '../../kernel/decimal.ts'
import { mostUsesCounted, refuseStale, refuseWhileUsed, tidy, tidyOptional } from '../../kernel/guards.ts'
import { newId } from '../../kernel/ids.ts'
import { notFound, ruleBroken } from '../../kernel/problem.ts'
import { searchText } from '../../kernel/search.ts'
import { insertInto, sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { updateRow } from '../../kernel/update-row.ts'
import type { TaxChanges, TaxInput } from './schema.ts'
import { lockTaxRow } from './tax-row.ts'

const columns = ['name', 'rate', 'category', 'exemptionReason', 'search'] as const
const insertTaxes = insertInto('taxes', ['companyId', 'id', ...columns, 'createdAt'])
const updateTax = updateRow('taxes', columns)

/** Categories whose rate is above 0; all others have none. */
const charged = new Set(['S', 'L', 'M'])

/** Makes taxes; answers their ids in order. */
export function createTaxes(tx: Transaction, ctx: Context, inputs: readonly TaxInput[]): string[] {
  const taxes = inputs.map((input) => ({ id: newId(), fields: complete(input) }))
  tx.write(insertTaxes, {
    rows: taxes.map(({ id, fields }) => ({
      companyId: ctx.company.id,
      id,
      ...rowOf(fields),
      createdAt: ctx.now,
    })),
  })
  recordEvents(
    tx,
    ctx,
    taxes.map(({ id, fields }) => ({ type: 'tax.created', objectKind: 'tax', objectId: id, after: fields })),
  )
  return taxes.map((tax) => tax.id)
}

/** Changes a tax for what is written from now on; documents keep the rate they were made with (R16). */
export async function changeTax(
  tx: Transaction,
  ctx: Context,
  id: string,
  changes: TaxChanges,
  ifMatch: number | null,
): Promise<void> {
  const companyId = ctx.company.id
  const row = await tx.maybe(lockTaxRow, { companyId, id })
  if (row === null) throw notFound('tax')
  refuseStale(row.version, ifMatch)
  const before = {
    name: row.name,
    rate: row.rate,
    category: row.category,
    exemptionReason: row.exemptionReason,
  }
  const after = complete({ ...before, ...changes } as TaxInput)
  const changed = difference(before, after)
  if (Object.keys(changed.after).length === 0) return
  tx.write(updateTax, { companyId, id, row: rowOf(after) })
  recordEvents(tx, ctx, [{ type: 'tax.changed', objectKind: 'tax', objectId: id, ...changed }])
}

/** @throws 409 `in-use` when products or documents use it; archive it then. */
export async function deleteTax(
  tx: Transaction,
  ctx: Context,
  id: string,
  ifMatch: number | null,
): Promise<void> {
  const key = { companyId: ctx.company.id, id }
  const [row, uses] = await Promise.all([tx.maybe(lockTaxRow, key), tx.all(findTaxUses, key)])
  if (row === null) throw notFound('tax')
  refuseStale(row.version, ifMatch)
  refuseWhileUsed('tax', uses, `Archive it instead (POST /taxes/${id}/archive): it is no longer offered.`)
  tx.write(deleteTaxRow, key)
  recordEvents(tx, ctx, [{ type: 'tax.deleted', objectKind: 'tax', objectId: id, before: row }])
}

function complete(input: TaxInput) {
  const rate = decimal(input.rate)
  if (rate.gt(hundred)) throw ruleBroken('rate-too-big', '/rate', 'A tax rate is 100 per cent at the most.')
  const category = input.category ?? (rate.eq(zero) ? 'Z' : 'S')
  if (!rate.eq(zero) && !charged.has(category)) {
    throw ruleBroken(
      'rate-of-category',
      '/rate',
      `Category ${category} has the rate 0. Only S, L and M have another one.`,
    )
  }
  return {
    name: tidy(input.name, '/name'),
    rate: input.rate,
    category,
    exemptionReason: tidyOptional(input.exemptionReason),
  }
}

function rowOf(fields: ReturnType<typeof complete>) {
  return { ...fields, search: searchText([fields.name, fields.category]) }
}

const findTaxUses = statement(
  'tax_uses',
  { kind: 'text', count: 'int' },
  (p: { companyId: string; id: string }) => sql`
    select kind, count(*)::int as count from (
      (select 'product' as kind, r.id from products r
        where r.company_id = ${p.companyId} and ${p.id}::uuid = any(r.tax_ids || r.purchase_tax_ids)
        limit ${mostUsesCounted + 1})
      union all
      (select o.kind, o.id from orders o where o.company_id = ${p.companyId} and o.id in
        (select l.order_id from order_lines l where l.company_id = ${p.companyId}
          and l.taxes @> jsonb_build_array(jsonb_build_object('id', ${p.id}::uuid)))
        limit ${mostUsesCounted + 1})
      union all
      (select i.kind, i.id from invoices i where i.company_id = ${p.companyId} and i.id in
        (select l.invoice_id from invoice_lines l where l.company_id = ${p.companyId}
          and l.taxes @> jsonb_build_array(jsonb_build_object('id', ${p.id}::uuid)))
        limit ${mostUsesCounted + 1})
    ) uses group by kind order by kind`,
)

const deleteTaxRow = statement(
  'delete_tax',
  {},
  (p: { companyId: string; id: string }) =>
    sql`delete from taxes where company_id = ${p.companyId} and id = ${p.id}`,
)
