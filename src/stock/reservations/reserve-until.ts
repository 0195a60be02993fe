import type { Context } from '../../kernel/context.ts'
import { ruleBroken } from '../../kernel/problem.ts'

/** When a hold that is made or renewed now ends: as asked, or after the company's reservation time (S07). */
export function endOf(ctx: Context, asked: string | undefined): Date {
  if (asked === undefined) return new Date(ctx.now.getTime() + ctx.company.reservationMinutes * 60_000)
  const end = new Date(asked)
  if (end <= ctx.now) {
    throw ruleBroken(
      'in-the-past',
      '/reserveUntil',
      `This moment is past: it is ${inCompanyTime(ctx, ctx.now)} now (${ctx.company.timeZone}). Choose a later one.`,
    )
  }
  return end
}

/** A moment as people in the company read it, such as '1 Nov 2026, 10:30:00'. */
export function inCompanyTime(ctx: Context, moment: Date): string {
  const { timeZone } = ctx.company
  return new Intl.DateTimeFormat('en-GB', { timeZone, dateStyle: 'medium', timeStyle: 'medium' }).format(
    moment,
  )
}
