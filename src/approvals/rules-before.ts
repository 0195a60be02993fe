import type { DocumentKind } from '../kinds.ts'
import { kinds } from '../kinds.ts'
import { sql, statement } from '../kernel/sql.ts'
import type { Context } from '../kernel/context.ts'
import { type Transaction, awaitedLater } from '../kernel/transaction.ts'

/** What makes a draft count: orders are confirmed, everything else is posted. */
export function countingAction(kind: DocumentKind): 'confirm' | 'post' {
  return kinds[kind].family === 'order' ? 'confirm' : 'post'
}

/** The event before which a rule for documents of this kind stands. */
export function eventBefore(kind: DocumentKind): string {
  return `${kind}.${countingAction(kind)}ed`
}

/** A rule that lets a draft count only with the approval of a role. */
export interface RuleBefore {
  readonly id: string
  readonly name: string
  readonly condition: string
  readonly role: string
}

const selectRules = statement(
  'rules_before_documents',
  { id: 'uuid', name: 'text', condition: 'text', role: 'text?' },
  (p: { companyId: string; event: string }) => sql`
    select r.id, r.name, r.condition, r.approver as role from rules r
    where r.company_id = ${p.companyId} and r.approver is not null and r.active and ${p.event} = any(r.events)
    order by r.name, r.id`,
)

/** What a transaction has found: an action looks before it lets a draft count, and again to show what it made. */
const found = new WeakMap<Transaction, Map<string, Promise<readonly RuleBefore[]>>>()

/**
 * The rules that stand before documents of a kind. Most companies have none: one look at an empty index, in the
 * burst that reads the document. An operation whose answer shows a draft asks early ({@link askEarlyForRulesBefore}),
 * else its commit waits for the answer. Customers never see a draft's approvals.
 */
export async function findRulesBefore(
  tx: Transaction,
  ctx: Context,
  kind: DocumentKind,
): Promise<readonly RuleBefore[]> {
  if (ctx.partyId !== null) return []
  let known = found.get(tx)
  if (known === undefined) found.set(tx, (known = new Map()))
  const event = eventBefore(kind)
  let rules = known.get(event)
  if (rules === undefined) {
    rules = tx.all(selectRules, { companyId: ctx.company.id, event }) as Promise<RuleBefore[]>
    known.set(event, rules)
    // What the approvals of a draft say is asked for once its rules are known.
    tx.mayAskAgain(rules.then(({ length }) => length > 0))
  }
  return rules
}

/** Asks along with what an operation reads first. */
export function askEarlyForRulesBefore(tx: Transaction, ctx: Context, kind: DocumentKind): void {
  void awaitedLater(findRulesBefore(tx, ctx, kind))
}
