import { findNeeded, findRulesBefore } from '../../approvals/index.ts'
import { recordEvents } from '../../journal/events.ts'
import type { Context } from '../../kernel/context.ts'
import { tidyOptional } from '../../kernel/guards.ts'
import { newId } from '../../kernel/ids.ts'
import { conflict } from '../../kernel/problem.ts'
import { insertInto, sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { type DocumentKind, kinds } from '../../kinds.ts'
import { tellRole } from '../notices/tell.ts'
import { lockDraft } from './lock-draft.ts'
import { showDraft } from './show-draft.ts'
import { askingText } from './words.ts'

const insertApprovals = insertInto('approvals', [
  'companyId',
  'id',
  'ruleId',
  'rule',
  'role',
  'documentKind',
  'documentId',
  'documentVersion',
  'state',
  'askedBy',
  'askedByName',
  'askedAt',
  'comment',
])

const withdrawOlder = statement(
  'withdraw_older_approvals',
  {},
  (p: { companyId: string; id: string; version: number }) => sql`
    update approvals set state = 'withdrawn', decided_at = null, decided_by = null, decided_by_name = null
    where company_id = ${p.companyId} and document_id = ${p.id}::uuid and state in ('asked', 'given')
      and document_version <> ${p.version}`,
)

/**
 * Asks for every approval that a draft needs, has not got and was not asked for yet; whoever may give one is told.
 * @throws 409 where none is needed or all were asked for
 */
export async function askForApproval(
  tx: Transaction,
  ctx: Context,
  kind: DocumentKind,
  id: string,
  comment: string | null,
  ifMatch: number | null,
): Promise<void> {
  const companyId = ctx.company.id
  const version = await lockDraft(tx, companyId, kind, id, ifMatch)
  const [rules, draft] = await Promise.all([findRulesBefore(tx, ctx, kind), showDraft(tx, ctx, kind, id)])
  const needed = await findNeeded(tx, ctx, rules, draft)
  const { title } = kinds[kind]
  if (needed.length === 0)
    throw conflict('no-approval-needed', `This ${title} needs nobody's approval as it stands.`)
  const open = needed.filter(({ state }) => state === 'none' || state === 'refused')
  if (open.length === 0)
    throw conflict(
      'asked-already',
      `Everything that this ${title} needs was asked for already, as it stands.`,
    )
  const said = tidyOptional(comment)
  tx.write(withdrawOlder, { companyId, id, version })
  tx.write(insertApprovals, {
    rows: open.map(({ rule }) => ({
      companyId,
      id: newId(),
      ruleId: rule.id,
      rule: rule.name,
      role: rule.role,
      documentKind: kind,
      documentId: id,
      documentVersion: version,
      state: 'asked',
      askedBy: ctx.actor.type === 'user' ? ctx.actor.id : null,
      askedByName: ctx.actor.name,
      askedAt: ctx.now,
      comment: said,
    })),
  })
  recordEvents(
    tx,
    ctx,
    open.map(({ rule }) => ({
      type: 'approval.asked',
      objectKind: kind,
      objectId: id,
      after: { rule: rule.name, role: rule.role, version },
      reason: said,
    })),
  )
  for (const { rule } of open)
    await tellRole(tx, ctx, {
      role: rule.role,
      ruleId: rule.id,
      text: askingText(ctx, draft, rule.name),
      objectKind: kind,
      objectId: id,
    })
}
