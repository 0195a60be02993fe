import { recordEvents } from '../../journal/events.ts'
import type { Context } from '../../kernel/context.ts'
import { decimal } from '../../kernel/decimal.ts'
import { notFound, ruleBroken } from '../../kernel/problem.ts'
import { json, sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { createRule, overwriteRule } from '../rules/write-rules.ts'
import { type Recipe, type Values, recipes } from './recipes.ts'

/** Rows of one recipe are locked together, so that two switches come one after the other. */
const lockRules = statement(
  'lock_rules_of_recipe',
  { id: 'uuid', part: 'text?', active: 'bool', parameters: json<Values | null>() },
  (p: { companyId: string; recipe: string }) => sql`
    select id, recipe_part as part, active, parameters from rules
    where company_id = ${p.companyId} and recipe = ${p.recipe} order by id for update`,
)
const allRules = statement(
  'rules_of_recipes',
  { id: 'uuid', recipe: 'text?', active: 'bool', parameters: json<Values | null>() },
  (p: { companyId: string }) => sql`
    select id, recipe, active, parameters from rules where company_id = ${p.companyId} and recipe is not null order by id`,
)
/** The recipes as they are switched in this company. */
export async function listRecipes(tx: Transaction, companyId: string) {
  const rules = await tx.all(allRules, { companyId })
  return {
    items: recipes.map((recipe) => {
      const own = rules.filter((rule) => rule.recipe === recipe.key)
      return {
        key: recipe.key,
        title: recipe.title,
        active: own.some((rule) => rule.active),
        parameters: { ...standard(recipe), ...own[0]?.parameters },
        ruleIds: own.map((rule) => rule.id),
      }
    }),
  }
}

export async function loadRecipe(tx: Transaction, companyId: string, key: string) {
  return (await listRecipes(tx, companyId)).items.find((recipe) => recipe.key === key)!
}

function standard(recipe: Recipe): Values {
  return Object.fromEntries(recipe.parameters.map((each) => [each.name, each.default]))
}

/** Switches a recipe on or off, or changes what it was switched on with. @throws 404, 422 */
export async function switchRecipe(
  tx: Transaction,
  ctx: Context,
  key: string,
  asked: { active?: boolean; parameters?: Readonly<Record<string, string | undefined>> },
): Promise<void> {
  const recipe = recipes.find((each) => each.key === key)
  if (recipe === undefined) throw notFound('recipe')
  const companyId = ctx.company.id
  const rules = await tx.all(lockRules, { companyId, recipe: key })
  const before = rules[0]?.parameters ?? standard(recipe)
  const parameters = check(recipe, { ...standard(recipe), ...before, ...asked.parameters })
  // What was switched on out of order before this was refused can still be switched off.
  if (recipe.rising && asked.parameters !== undefined) refuseFalling(parameters)
  const wasActive = rules.some((rule) => rule.active)
  const active = asked.active ?? wasActive
  const polish = ctx.company.language === 'pl'
  const parts = recipe.rules(parameters, (en, pl) => (polish ? pl : en))
  for (const { part, rule } of parts) {
    const known = rules.find((each) => each.part === part)
    const input = { ...rule, active }
    if (known === undefined) await createRule(tx, ctx, input, { recipe: key, recipePart: part, parameters })
    else overwriteRule(tx, ctx, known.id, input, parameters)
  }
  if (rules.length > 0)
    recordEvents(tx, ctx, [
      {
        type: 'rule.changed',
        objectKind: 'rule',
        objectId: rules[0]!.id,
        before: { active: wasActive, parameters: before },
        after: { active, parameters },
      },
    ])
}

function check(recipe: Recipe, given: Readonly<Record<string, string | undefined>>): Values {
  const known = new Set(recipe.parameters.map((each) => each.name))
  for (const [name, value] of Object.entries(given))
    if (value !== undefined && !known.has(name))
      throw ruleBroken('unknown-parameter', `/parameters/${name}`, `This recipe has no "${name}".`)
  return Object.fromEntries(
    recipe.parameters.map((parameter) => {
      const { name } = parameter
      const value = given[name]!
      if ('choices' in parameter) {
        if (!parameter.choices.includes(value))
          throw ruleBroken(
            'out-of-range',
            `/parameters/${name}`,
            `This must be one of ${parameter.choices.join(', ')}.`,
          )
        return [name, value]
      }
      const { whole, least, most } = parameter
      const figure = decimal(value)
      if (figure.lt(String(least)) || figure.gt(String(most)) || (whole && !/^\d+$/.test(value)))
        throw ruleBroken(
          'out-of-range',
          `/parameters/${name}`,
          `This must be ${whole ? 'a whole number' : 'a number'} from ${least} to ${most}.`,
        )
      return [name, value]
    }),
  )
}

function refuseFalling(parameters: Values): void {
  const figures = Object.entries(parameters)
  const at = figures.findIndex(([, value], i) => i > 0 && !decimal(value).gt(figures[i - 1]![1]))
  if (at > 0)
    throw ruleBroken(
      'reminders-out-of-order',
      `/parameters/${figures[at]![0]}`,
      `Each reminder must be due later than the one before: this must be more than ${figures[at - 1]![1]}.`,
    )
}
