import { Type } from 'typebox'
import { type AnyRoute, route } from '../../http/route.ts'
import { object } from '../../http/schemas.ts'
import { listUnits } from './list-units.ts'

export const UnitOut = object({
  unit: Type.String({ examples: ['box'] }),
  base: Type.Integer({ description: 'Products whose base unit it is.' }),
  pack: Type.Integer({ description: 'Products that have it besides their base unit.' }),
  ratios: Type.Array(Type.String({ examples: ['12 pcs'] }), {
    description: 'What one is of the base unit, each ratio once; 20 at the most, rounded to 6 decimals.',
  }),
})

export const unitRoutes: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/units',
    summary: 'Units in use',
    description:
      'Units belong to products, so these are those of all products that are not archived; 500 at the most.',
    tag: 'Products',
    permission: 'products:read',
    response: object({ items: Type.Array(UnitOut) }),
    handle: async (tx, { ctx }) => ({ items: await tx.all(listUnits, { companyId: ctx.company.id }) }),
  }),
]
