import { checkCompany } from '../../src/check.ts'
import { type Database, inTransaction } from '../../src/kernel/transaction.ts'
import { goodsRules } from './goods-rules.ts'
import { moneyRules } from './money-rules.ts'

/** A sentence that always holds, and a query of a company ($1) that finds what breaks it. */
export type Rule = readonly [sentence: string, query: string]

const rules: readonly Rule[] = [...goodsRules, ...moneyRules]

const text = rules
  .map(([, query], i) => `(select ${i} as rule, to_jsonb(t)::text as row from (${query}) t limit 5)`)
  .join(' union all ')

/**
 * The rules of the books, judged by SQL of the tests' own: every sum that is kept beside the ledgers is
 * computed from them again.
 * @returns a line for everything that breaks a rule.
 */
export async function brokenRules(db: Database, companyId: string): Promise<string[]> {
  const { rows } = await db.query<{ rule: number; row: string }>({
    name: 'broken_rules',
    text,
    values: [companyId],
  })
  return rows.map(({ rule, row }) => `${rules[rule]![0]}: ${row}`)
}

/** What `zapas check` finds in a company: nothing, whatever was done with it. */
export async function checkFindings(db: Database, companyId: string): Promise<string[]> {
  const found = await inTransaction(db, { companyId }, (tx) => checkCompany(tx, companyId), {
    readOnly: true,
  })
  return found.map(
    ({ what, key, stored, computed }) => `check: ${what} of ${key} is ${stored}, not ${computed}`,
  )
}
