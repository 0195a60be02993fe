import { Type } from 'typebox'
import { DateText } from '../http/schemas.ts'
import type { Context } from '../kernel/context.ts'
import type { CalendarDate } from '../kernel/dates.ts'
import { refuseBackwards } from '../kernel/guards.ts'

export interface Period {
  readonly from?: CalendarDate | undefined
  readonly to?: CalendarDate | undefined
}

export const periodQuery = {
  from: Type.Optional(
    Type.Unsafe<CalendarDate>({
      ...DateText,
      description: 'First day; the first of this month a year ago when left out.',
    }),
  ),
  to: Type.Optional(
    Type.Unsafe<CalendarDate>({ ...DateText, description: 'Last day; today when left out.' }),
  ),
}

/** @throws 422 when it ends before it begins. */
export function periodOf(ctx: Context, { from, to }: Period): { from: CalendarDate; to: CalendarDate } {
  const last = to ?? ctx.today
  const first = from ?? yearOfMonths(last)
  refuseBackwards(first, last)
  return { from: first, to: last }
}

/** The first day of the twelve months that end with this one. */
function yearOfMonths(day: CalendarDate): CalendarDate {
  const [year = 0, month = 1] = day.split('-').map(Number)
  return new Date(Date.UTC(year, month - 12, 1)).toISOString().slice(0, 10)
}
