import { Type } from 'typebox'
import { type AnyRoute, route } from '../../http/route.ts'
import { Id, PositiveDecimalText, literals, object, optional } from '../../http/schemas.ts'
import { readBack } from '../../kernel/transaction.ts'
import { recipes } from './recipes.ts'
import { listRecipes, loadRecipe, switchRecipe } from './switch-recipe.ts'

const tag = 'Recipes'

const Parameters = object(
  Object.fromEntries(
    recipes
      .flatMap((recipe) => recipe.parameters)
      .map((each) => [each.name, optional('choices' in each ? literals(each.choices) : PositiveDecimalText)]),
  ),
)

const RecipeOut = object({
  key: Type.String(),
  title: Type.String(),
  active: Type.Boolean(),
  parameters: Parameters,
  ruleIds: Type.Array(Id, { description: 'Its rules, once it was switched on; their log is that of rules.' }),
})

export const recipeRoutes: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/recipes',
    summary: 'List the rules that come with Zapas, one switch each',
    tag,
    permission: 'rules:read',
    response: object({ items: Type.Array(RecipeOut) }),
    handle: (tx, { ctx }) => listRecipes(tx, ctx.company.id),
  }),
  route({
    method: 'PATCH',
    path: '/recipes/{key}',
    summary: 'Switch a recipe on or off, or change its parameters',
    tag,
    permission: 'rules:write',
    params: Type.Object({ key: Type.String({ maxLength: 60 }) }),
    body: object({ active: optional(Type.Boolean()), parameters: optional(Parameters) }),
    response: RecipeOut,
    example: { body: { active: true, parameters: {} } },
    async handle(tx, { params, body, ctx }) {
      await switchRecipe(tx, ctx, params.key, body)
      return readBack(() => loadRecipe(tx, ctx.company.id, params.key))
    },
  }),
]
