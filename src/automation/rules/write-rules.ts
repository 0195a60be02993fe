import { difference, recordEvents } from '../../journal/events.ts'
import type { Context } from '../../kernel/context.ts'
import { refuseStale, tidy } from '../../kernel/guards.ts'
import { newId } from '../../kernel/ids.ts'
import { conflict, forbidden, ruleBroken } from '../../kernel/problem.ts'
import { insertInto, sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { updateRow } from '../../kernel/update-row.ts'
import { type Permission, permissionsOf } from '../../permissions.ts'
import { refuseUnknownEvents } from '../known-events.ts'
import { compileRows } from './condition-rows.ts'
import { faultOf } from '../../conditions/index.ts'
import { checkActions } from './check-actions.ts'
import type { Rule } from './rule-row.ts'
import { lockRule } from './rule-row.ts'
import type { RuleChanges, RuleInput } from './schema.ts'

const columns = [
  'name',
  'active',
  'events',
  'look',
  'lookEvery',
  'condition',
  'conditionRows',
  'actions',
  'role',
] as const
const insertRules = insertInto('rules', [
  'companyId',
  'id',
  ...columns,
  'recipe',
  'recipePart',
  'parameters',
  'createdAt',
])
const updateRule = updateRow('rules', columns)

const setParameters = statement(
  'set_parameters_of_rule',
  {},
  (p: { companyId: string; id: string; parameters: string }) => sql`
    update rules set parameters = ${p.parameters}::jsonb where company_id = ${p.companyId} and id = ${p.id}`,
)

const deleteRow = statement(
  'delete_rule',
  {},
  (p: { companyId: string; id: string }) =>
    sql`delete from rules where company_id = ${p.companyId} and id = ${p.id}`,
)

/** A rule without what the database adds. */
export type Definition = Pick<Rule, (typeof columns)[number]>

/** Of which recipe a rule is a part, and with what it was switched on. */
export interface OfRecipe {
  readonly recipe: string
  readonly recipePart: string
  readonly parameters: object
}

export async function createRule(
  tx: Transaction,
  ctx: Context,
  input: RuleInput,
  of: OfRecipe | null = null,
): Promise<string> {
  refuseUnknownEvents(input.events ?? [])
  const fields = complete(ctx, input)
  await refuseUnknown(tx, ctx, fields)
  const id = newId()
  const { recipe, recipePart, parameters } = of ?? { recipe: null, recipePart: null, parameters: null }
  tx.write(insertRules, {
    rows: [{ companyId: ctx.company.id, id, ...fields, recipe, recipePart, parameters, createdAt: ctx.now }],
  })
  recordEvents(tx, ctx, [{ type: 'rule.created', objectKind: 'rule', objectId: id, after: fields }])
  return id
}

/** Writes a rule of a recipe anew, as the recipe and its parameters now say. The caller has locked it. */
export function overwriteRule(
  tx: Transaction,
  ctx: Context,
  id: string,
  input: RuleInput,
  parameters: object,
): void {
  const companyId = ctx.company.id
  tx.write(updateRule, { companyId, id, row: complete(ctx, input) })
  tx.write(setParameters, { companyId, id, parameters: JSON.stringify(parameters) })
}

export async function changeRule(
  tx: Transaction,
  ctx: Context,
  id: string,
  changes: RuleChanges,
  ifMatch: number | null,
): Promise<void> {
  const rule = await lockRule(tx, ctx.company.id, id)
  refuseStale(rule.version, ifMatch)
  refuseOfRecipe(rule)
  refuseUnknownEvents(changes.events ?? [])
  const before = definitionOf(rule)
  // The rows say what the expression is, unless this change writes an expression of its own.
  const rows =
    changes.condition !== undefined && changes.conditionRows === undefined ? { conditionRows: null } : {}
  const after = complete(ctx, { ...before, ...changes, ...rows })
  await refuseUnknown(tx, ctx, after)
  const changed = difference(before, after)
  if (Object.keys(changed.after).length === 0) return
  tx.write(updateRule, { companyId: ctx.company.id, id, row: after })
  recordEvents(tx, ctx, [{ type: 'rule.changed', objectKind: 'rule', objectId: id, ...changed }])
}

/** Deletes it with its log; what it did stays, and so does the audit trail. */
export async function deleteRule(
  tx: Transaction,
  ctx: Context,
  id: string,
  ifMatch: number | null,
): Promise<void> {
  const rule = await lockRule(tx, ctx.company.id, id)
  refuseStale(rule.version, ifMatch)
  refuseOfRecipe(rule)
  tx.write(deleteRow, { companyId: ctx.company.id, id })
  recordEvents(tx, ctx, [
    { type: 'rule.deleted', objectKind: 'rule', objectId: id, before: definitionOf(rule), after: null },
  ])
}

function refuseOfRecipe(rule: Rule): void {
  if (rule.recipe === null) return
  throw conflict(
    'of-a-recipe',
    'This rule belongs to a recipe. Change or switch it off under Recipes, or make a rule of your own.',
  )
}

function definitionOf(rule: Rule): Definition {
  return Object.fromEntries(columns.map((column) => [column, rule[column]])) as unknown as Definition
}

/** What may be set, checked. @throws 422 for what could never work, 403 for more than the maker may do */
export function complete(ctx: Context, input: RuleInput): Definition {
  const { look = null, lookEvery = null, events = [], conditionRows = null } = input
  if (look === null && events.length === 0)
    throw ruleBroken(
      'no-trigger',
      '/events',
      'Name at least one type of events, or what to look for by the clock.',
    )
  if (look !== null && events.length > 0)
    throw ruleBroken('two-triggers', '/look', 'A rule runs at events or looks by the clock, not both.')
  if ((look === null) !== (lookEvery === null))
    throw ruleBroken(
      'look-every',
      '/lookEvery',
      'Say how often it looks: "hour" or "day"; null without a look.',
    )
  const condition =
    conditionRows !== null && conditionRows.rows.length > 0
      ? compileRows(conditionRows)
      : (input.condition ?? '')
  if (condition.length > 2000)
    throw ruleBroken('condition', '/condition', 'A condition has at most 2,000 characters.')
  const fault = condition.trim() === '' ? null : faultOf(condition, 'bool')
  if (fault !== null) throw ruleBroken('condition', '/condition', `This condition does not work: ${fault}`)
  refuseMoreThanOwn(ctx, input.role)
  checkActions(input.actions, { look, events, condition })
  return {
    name: tidy(input.name, '/name'),
    active: input.active ?? false,
    events: [...events],
    look,
    lookEvery,
    condition,
    conditionRows: conditionRows !== null && conditionRows.rows.length > 0 ? conditionRows : null,
    actions: [...input.actions],
    role: input.role,
  }
}

const known = statement(
  'known_ids_of_actions',
  { id: 'uuid' },
  (p: { companyId: string; ids: readonly string[] }) => sql`
    select w.id from webhooks w where w.company_id = ${p.companyId} and w.id = any(${p.ids}::uuid[])
    union all
    select m.user_id from memberships m where m.company_id = ${p.companyId} and m.user_id = any(${p.ids}::uuid[])`,
)

/** @throws 422 for a person or webhook that is not there */
export async function refuseUnknown(
  tx: Transaction,
  ctx: Context,
  { actions }: Pick<Definition, 'actions'>,
): Promise<void> {
  const ids = actions.flatMap(({ webhookId, userId }) => [webhookId, userId].filter((id) => id !== undefined))
  if (ids.length === 0) return
  const found = new Set((await tx.all(known, { companyId: ctx.company.id, ids })).map((row) => row.id))
  for (const [i, action] of actions.entries())
    for (const field of ['webhookId', 'userId'] as const) {
      const id = action[field]
      if (id !== undefined && !found.has(id))
        throw ruleBroken(
          'unknown-reference',
          `/actions/${i}/${field}`,
          `This ${field === 'userId' ? 'person' : 'webhook'} does not exist or you may not see it.`,
        )
    }
}

/** Nobody lets a rule do what he may not do himself. */
function refuseMoreThanOwn(ctx: Context, role: Rule['role']): void {
  const beyond = [...permissionsOf[role]].filter((each: Permission) => !ctx.permissions.has(each))
  if (beyond.length > 0)
    throw forbidden(`The role ${role} reaches further than your own permissions. Ask an owner to do this.`)
}
