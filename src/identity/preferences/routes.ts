import { type AnyRoute, route } from '../../http/route.ts'
import type { Context } from '../../kernel/context.ts'
import { conflict } from '../../kernel/problem.ts'
import { json, sql, statement } from '../../kernel/sql.ts'
import { readBack } from '../../kernel/transaction.ts'
import { Preferences } from './schema.ts'

const select = statement(
  'select_preferences',
  { value: json<Preferences>() },
  (p: { userId: string }) => sql`select value from auth.preferences where user_id = ${p.userId}`,
)

/** What is not named stays. */
const merge = statement(
  'merge_preferences',
  {},
  (p: { userId: string; value: Preferences }) => sql`
    insert into auth.preferences (user_id, value) values (${p.userId}, ${JSON.stringify(p.value)}::jsonb)
    on conflict (user_id) do update set value = preferences.value || excluded.value`,
)

/** @throws 409 for a key, which is no person */
function personOf(ctx: Context): string {
  if (ctx.actor.type === 'user') return ctx.actor.id
  throw conflict('no-person', 'Only a person who is signed in has preferences.')
}

export const preferenceRoutes: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/me/preferences',
    summary: 'What you like in the web app, on every device',
    tag: 'Sign-in',
    permission: 'views:read',
    response: Preferences,
    handle: async (tx, { ctx }) => (await tx.maybe(select, { userId: personOf(ctx) }))?.value ?? {},
  }),
  route({
    method: 'PATCH',
    path: '/me/preferences',
    summary: 'Keep what you like; what is left out stays',
    description: 'They are no business data and not audited.',
    tag: 'Sign-in',
    permission: 'views:write',
    body: Preferences,
    response: Preferences,
    handle: (tx, { ctx, body }) => {
      const userId = personOf(ctx)
      tx.write(merge, { userId, value: body })
      return Promise.resolve(readBack(async () => (await tx.one(select, { userId })).value))
    },
  }),
]
