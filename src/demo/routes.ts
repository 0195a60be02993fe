import { Type } from 'typebox'
import { type AnyRoute, route } from '../http/route.ts'
import { object, text } from '../http/schemas.ts'
import { CompanyNameOut } from '../identity/index.ts'
import { deleteDemo } from './delete-demo.ts'
import { loadForOwner } from './load-for-owner.ts'

export const routes: AnyRoute[] = [
  route({
    method: 'POST',
    path: '/setup/demo',
    summary: 'Load the demo company, Crimson',
    description:
      'For the owner of a company, who becomes the owner of the demo too. Takes some seconds; afterwards all of it is there, or nothing. Where it is there already nothing is done.',
    tag: 'Set-up',
    permission: 'company:write',
    response: object({
      ...CompanyNameOut.properties,
      made: Type.Boolean({ description: 'False: it was there already.' }),
    }),
    status: 201,
    handle: (tx, { ctx }) => loadForOwner(tx, ctx),
  }),
  route({
    method: 'DELETE',
    path: '/companies/{company}',
    summary: 'Delete a demo company',
    description: 'For its owner, with everything in it, for good. Real companies cannot be deleted.',
    tag: 'Company',
    permission: 'member',
    params: object({ company: text(63, { minLength: 1, description: 'Slug or id.' }) }),
    response: undefined,
    status: 204,
    handle: (tx, { ctx, params }) => deleteDemo(tx, ctx, params.company),
  }),
]
