import { recordEvents } from '../../journal/events.ts'
import type { Context } from '../../kernel/context.ts'
import { tidyOptional } from '../../kernel/guards.ts'
import { conflict, forbidden, notFound } from '../../kernel/problem.ts'
import { sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { type DocumentKind, permissionFor } from '../../kinds.ts'
import { tell } from '../notices/tell.ts'
import { whyNotDecide } from './approval-row.ts'
import { lockDraft } from './lock-draft.ts'
import { showDraft } from './show-draft.ts'
import { answerText } from './words.ts'

const find = statement(
  'find_approval',
  {
    ruleId: 'uuid?',
    rule: 'text',
    role: 'text',
    documentKind: 'text',
    documentId: 'uuid',
    documentVersion: 'int',
    state: 'text',
    askedBy: 'text?',
  },
  (p: { companyId: string; id: string }) => sql`
    select a.rule_id, a.rule, a.role, a.document_kind, a.document_id, a.document_version, a.state, a.asked_by
    from approvals a where a.company_id = ${p.companyId} and a.id = ${p.id}`,
)

/** Holds only for the version that was asked for, whose document the caller has locked, and only once. */
const setAnswer = statement(
  'answer_approval',
  { id: 'uuid' },
  (p: {
    companyId: string
    id: string
    version: number
    state: string
    by: string
    byName: string
    now: Date
    answer: string | null
  }) => sql`
    update approvals set state = ${p.state}, decided_by = ${p.by}, decided_by_name = ${p.byName},
      decided_at = ${p.now}::timestamptz, answer = ${p.answer}
    where company_id = ${p.companyId} and id = ${p.id} and state = 'asked' and document_version = ${p.version}
    returning id`,
)

/** Answers a question for approval. @throws 403 for whoever may not, 404, 409 where it is too late */
export async function decide(
  tx: Transaction,
  ctx: Context,
  id: string,
  given: boolean,
  comment: string | null,
): Promise<void> {
  const companyId = ctx.company.id
  const approval = await tx.maybe(find, { companyId, id })
  if (approval === null) throw notFound('approval')
  const kind = approval.documentKind as DocumentKind
  if (!ctx.permissions.has(permissionFor(kind, 'read'))) throw notFound('approval')
  const hindrance = whyNotDecide(ctx, approval)
  if (hindrance !== null) throw forbidden(hindrance)
  // The document first, as everything that changes it does.
  const version = await lockDraft(tx, companyId, kind, approval.documentId, null)
  const said = tidyOptional(comment)
  const answered = await tx.maybe(setAnswer, {
    companyId,
    id,
    version,
    state: given ? 'given' : 'refused',
    by: ctx.actor.id,
    byName: ctx.actor.name,
    now: ctx.now,
    answer: said,
  })
  if (answered === null) throw tooLate(approval, version)
  recordEvents(tx, ctx, [
    {
      type: given ? 'approval.given' : 'approval.refused',
      objectKind: kind,
      objectId: approval.documentId,
      after: { rule: approval.rule, role: approval.role, version },
      reason: said,
    },
  ])
  if (approval.askedBy === null || approval.askedBy === ctx.actor.id) return
  const draft = await showDraft(tx, ctx, kind, approval.documentId)
  await tell(tx, ctx, {
    to: 'user',
    role: null,
    userId: approval.askedBy,
    ruleId: approval.ruleId,
    text: answerText(ctx, draft, { given, rule: approval.rule, comment: said }),
    objectKind: kind,
    objectId: approval.documentId,
  })
}

function tooLate(approval: { readonly documentVersion: number; readonly state: string }, version: number) {
  return approval.documentVersion === version
    ? conflict('answered-already', 'This was answered already. Reload to see by whom.')
    : conflict(
        'changed-since',
        'The draft was changed after approval was asked for, so the question is withdrawn. Whoever changed it asks again.',
      )
}
