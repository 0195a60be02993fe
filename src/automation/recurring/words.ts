import type { Context } from '../../kernel/context.ts'

/** Notices about schedules, in the language of the company. */

const isPolish = (ctx: Context): boolean => ctx.company.language === 'pl'

export function failureText(
  ctx: Context,
  name: string,
  date: string,
  reason: string,
  givenUp: boolean,
): string {
  if (isPolish(ctx))
    return givenUp
      ? `Nie utworzono dokumentu „${name}” na ${date} i nie będzie dalszych prób: ${reason}`
      : `Nie utworzono dokumentu „${name}” na ${date}; próba zostanie powtórzona: ${reason}`
  return givenUp
    ? `“${name}” of ${date} was not made and is not tried again: ${reason}`
    : `“${name}” of ${date} was not made; it is tried again: ${reason}`
}

export function leftOutText(ctx: Context, name: string, date: string, left: string): string {
  return isPolish(ctx) ? `Utworzono „${name}” na ${date}. ${left}` : `“${name}” of ${date} was made. ${left}`
}
