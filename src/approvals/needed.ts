import { Unanswerable, asFacts, holds, reads } from '../conditions/index.ts'
import type { Context } from '../kernel/context.ts'
import type { Decimal } from '../kernel/decimal.ts'
import { conflict } from '../kernel/problem.ts'
import { sql, statement } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'
import type { DocumentKind } from '../kinds.ts'
import type { OfferedAction } from '../offered-actions.ts'
import { loadParty } from '../parties/index.ts'
import { type RuleBefore, countingAction } from './rules-before.ts'

/** A document as the API shows it, as far as approvals look at it themselves. */
export interface Draft {
  readonly id: string
  readonly kind: string
  readonly state: string
  readonly version: number
  readonly partyId: string | null
  readonly actions: readonly OfferedAction[]
}

/** What one rule wants for the draft as it is now, and how far that has come. */
interface Needed {
  readonly rule: RuleBefore
  readonly state: 'none' | 'asked' | 'given' | 'refused'
  /** Who asked or answered. */
  readonly by: string | null
  readonly answer: string | null
}

const selectApprovals = statement(
  'approvals_of_draft',
  {
    ruleId: 'uuid?',
    role: 'text',
    state: 'text',
    askedByName: 'text',
    decidedByName: 'text?',
    answer: 'text?',
  },
  (p: { companyId: string; id: string; version: number }) => sql`
    select a.rule_id, a.role, a.state, a.asked_by_name, a.decided_by_name, a.answer from approvals a
    where a.company_id = ${p.companyId} and a.document_id = ${p.id}::uuid and a.document_version = ${p.version}
    order by a.id`,
)

/** The approvals that a draft needs: of each rule whose condition holds. */
export async function findNeeded(
  tx: Transaction,
  ctx: Context,
  rules: readonly RuleBefore[],
  draft: Draft,
): Promise<readonly Needed[]> {
  if (rules.length === 0 || draft.state !== 'draft') return []
  const { id, version } = draft
  const [rows, standing] = await Promise.all([
    tx.all(selectApprovals, { companyId: ctx.company.id, id, version }),
    findStanding(tx, ctx, rules, draft),
  ])
  return standing.map((rule) => {
    // Who was asked under another role did not answer for this one.
    const last = rows.findLast((row) => row.ruleId === rule.id && row.role === rule.role)
    const state = (last === undefined || last.state === 'withdrawn' ? 'none' : last.state) as Needed['state']
    return {
      rule,
      state,
      by: state === 'asked' ? last!.askedByName : (last?.decidedByName ?? null),
      answer: last?.answer ?? null,
    }
  })
}

/** The rules whose condition holds for a document. */
async function findStanding(
  tx: Transaction,
  ctx: Context,
  rules: readonly RuleBefore[],
  document: Draft,
): Promise<readonly RuleBefore[]> {
  const { partyId } = document
  const speaksOfParty = rules.some(({ condition }) => condition.trim() !== '' && reads(condition, 'party'))
  const party = partyId !== null && speaksOfParty ? await loadParty(tx, ctx.company.id, partyId) : null
  const { today, now } = ctx
  const facts = asFacts({ event: null, document, party, source: null, today, now }) as object
  return rules.filter((rule) => stands(rule, facts))
}

/** What cannot be decided (a field that is not there) is not let through. */
function stands(rule: RuleBefore, facts: object): boolean {
  try {
    return holds(rule.condition, facts)
  } catch (error) {
    if (error instanceof Unanswerable) return true
    throw error
  }
}

/**
 * Refuses to let a draft count that an approval is missing for. The caller has locked the document and shows it
 * as it is now: it cannot change before the commit, and an approval is of this version or of none.
 * @throws 409
 */
export async function refuseUnapproved(
  tx: Transaction,
  ctx: Context,
  rules: readonly RuleBefore[],
  show: () => Promise<Draft>,
): Promise<void> {
  if (rules.length === 0) return
  const missing = (await findNeeded(tx, ctx, rules, await show())).filter(({ state }) => state !== 'given')
  if (missing.length === 0) return
  throw conflict('needs-approval', inWords(missing), {
    approvals: missing.map(({ rule, state }) => ({ rule: rule.name, role: rule.role, state })),
  })
}

/** An order as it stands, confirmed already. */
interface Confirmed extends Draft {
  readonly totals: { readonly gross: Decimal }
}

/**
 * Refuses to amend a confirmed order into what a rule would have held up, and to let one grow that was approved.
 * @param was the order before the change; null where no rule stands before orders
 * @throws 409
 */
export async function refuseOutgrown(
  tx: Transaction,
  ctx: Context,
  rules: readonly RuleBefore[],
  was: Confirmed | null,
  show: () => Promise<Confirmed>,
): Promise<void> {
  if (was === null) return
  const is = await show()
  const [before, after] = [await findStanding(tx, ctx, rules, was), await findStanding(tx, ctx, rules, is)]
  const grown = is.totals.gross.gt(was.totals.gross)
  const broken = after.filter((rule) => grown || !before.includes(rule))
  if (broken.length === 0) return
  throw conflict(
    'needs-approval',
    broken
      .map(
        ({ role, name }) =>
          `Changed like this it needs the approval of someone with the role ${role} (${name}), which is given to drafts only. Put what is more on an order of its own.`,
      )
      .join(' '),
    { approvals: broken.map(({ name, role }) => ({ rule: name, role, state: 'none' })) },
  )
}

/** The document with what approvals say of its actions; unchanged where no rule stands before it. */
export async function withApprovals<D extends Draft>(
  tx: Transaction,
  ctx: Context,
  rules: readonly RuleBefore[],
  document: D,
): Promise<D> {
  const needed = await findNeeded(tx, ctx, rules, document)
  if (needed.length === 0) return document
  const missing = needed.filter(({ state }) => state !== 'given')
  const counting = countingAction(document.kind as DocumentKind)
  const actions = document.actions.map((action) =>
    action.name === counting && action.allowed && missing.length > 0
      ? {
          name: action.name,
          allowed: false,
          reason: { code: 'needs-approval', message: inWords(missing), links: [] },
        }
      : action,
  )
  return { ...document, actions: [...actions, askAction(needed)] }
}

function askAction(needed: readonly Needed[]): OfferedAction {
  const name = 'ask-for-approval'
  if (needed.every(({ state }) => state === 'given'))
    return {
      name,
      allowed: false,
      reason: { code: 'approved', message: 'It is approved as it stands.', links: [] },
    }
  if (needed.every(({ state }) => state === 'given' || state === 'asked'))
    return {
      name,
      allowed: false,
      reason: { code: 'asked-already', message: 'Approval was asked for already.', links: [] },
    }
  return { name, allowed: true, reason: null }
}

/** Who may approve, why, and how far it has come. */
function inWords(missing: readonly Needed[]): string {
  return missing
    .map(({ rule, state, by, answer }) => {
      const wanted = `This needs the approval of someone with the role ${rule.role} (${rule.name}).`
      if (state === 'asked') return `${wanted} ${by} has asked for it.`
      if (state === 'refused')
        return `${wanted} ${by} refused it${answer === null ? '' : `: ${answer}`}. Change the draft and ask again.`
      return `${wanted} Ask for approval.`
    })
    .join(' ')
}
