import type { Context } from '../../kernel/context.ts'
import { type Sql, sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'

export interface Told {
  readonly to: 'creator' | 'role' | 'user'
  readonly role: string | null
  readonly userId: string | null
  readonly ruleId: string | null
  readonly text: string
  readonly objectKind: string
  readonly objectId: string
}

/** Writes the notice down for each of `chosen`; who has not read the same yet is left out of `told`. */
const toldChosen = (p: Omit<Told, 'to' | 'userId'> & { companyId: string; now: Date }): Sql => sql`told as (
      insert into notices (company_id, id, user_id, rule_id, text, object_kind, object_id, created_at)
      select ${p.companyId}::uuid, uuidv7(), user_id, ${p.ruleId}::uuid, ${p.text}, ${p.objectKind}, ${p.objectId}::uuid,
        ${p.now}::timestamptz
      from chosen order by user_id
      on conflict do nothing
      returning 1)`

const insertNotices = statement(
  'tell_persons',
  { told: 'int', known: 'int' },
  (p: Told & { companyId: string; now: Date }) => sql`
    with maker as (
      select e.actor_id from events e
      where e.company_id = ${p.companyId} and e.object_id = ${p.objectId}::uuid and e.actor_type = 'user'
        and e.type like '%.created' order by e.id limit 1),
    persons as (
      select m.user_id from memberships m
      where m.company_id = ${p.companyId} and m.role <> 'customer' and case ${p.to}::text
        when 'user' then m.user_id = ${p.userId}::uuid
        when 'creator' then m.user_id::text = (select actor_id from maker) end),
    chosen as (
      select user_id from persons
      union
      select m.user_id from memberships m
      where m.company_id = ${p.companyId} and m.role = ${p.role}::text and ${p.to}::text <> 'user'
        and not exists (select from persons)),
    ${toldChosen(p)}
    select (select count(*)::int from told) as told, (select count(*)::int from chosen) as known`,
)

/**
 * Tells persons of something: who made the document, or all of a role where no person made it. Who has not
 * read the same yet is not told again.
 * @returns how many were told, and how many there are to tell
 */
export function tell(tx: Transaction, ctx: Context, told: Told): Promise<{ told: number; known: number }> {
  return tx.one(insertNotices, {
    ...told,
    text: told.text.slice(0, 500),
    companyId: ctx.company.id,
    now: ctx.now,
  })
}

const insertForRole = statement(
  'tell_role',
  { told: 'int' },
  (p: Omit<Told, 'to' | 'userId'> & { companyId: string; except: string; now: Date }) => sql`
    with of_role as (
      select m.user_id from memberships m
      where m.company_id = ${p.companyId} and m.role = ${p.role}::text and m.user_id::text <> ${p.except}::text),
    chosen as (
      select user_id from of_role
      union
      select m.user_id from memberships m
      where m.company_id = ${p.companyId} and m.role = 'owner' and not exists (select from of_role)),
    ${toldChosen(p)}
    select count(*)::int as told from told`,
)

/** Tells everyone of a role but the one who acts; the owners, where there is nobody else. */
export async function tellRole(
  tx: Transaction,
  ctx: Context,
  told: Omit<Told, 'to' | 'userId'>,
): Promise<void> {
  await tx.one(insertForRole, {
    ...told,
    text: told.text.slice(0, 500),
    companyId: ctx.company.id,
    except: ctx.actor.id,
    now: ctx.now,
  })
}
