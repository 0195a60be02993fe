import type { Context } from '../../kernel/context.ts'
import type { Decimal } from '../../kernel/decimal.ts'

/** Notices about approvals, in the language of the company. */

interface About {
  readonly number: string | null
  readonly party: { readonly name: string } | null
  readonly totals?: { readonly gross: Decimal; readonly currency: string }
}

const isPolish = (ctx: Context): boolean => ctx.company.language === 'pl'

/** Number, party and amount, as far as the document has them. */
function nameOf({ number, party, totals }: About): string {
  const amount = totals && `${totals.gross.toFixed()} ${totals.currency}`
  return [number, party?.name, amount].filter((part) => part != null).join(', ')
}

export function askingText(ctx: Context, about: About, rule: string): string {
  const name = nameOf(about)
  return isPolish(ctx)
    ? `Czeka na zatwierdzenie: ${name} (${rule}). Prosi ${ctx.actor.name}.`
    : `Waits for approval: ${name} (${rule}). Asked by ${ctx.actor.name}.`
}

export function answerText(
  ctx: Context,
  about: About,
  answer: { readonly given: boolean; readonly rule: string; readonly comment: string | null },
): string {
  const said = answer.comment === null ? '' : ` ${answer.comment}`
  const what = isPolish(ctx)
    ? answer.given
      ? 'Zatwierdzono'
      : 'Odmówiono zatwierdzenia'
    : answer.given
      ? 'Approved'
      : 'Approval refused'
  return `${what}: ${nameOf(about)} (${answer.rule}), ${ctx.actor.name}.${said}`
}
