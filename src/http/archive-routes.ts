import type { TSchema } from 'typebox'
import type { SetArchived } from '../journal/archive.ts'
import { type Transaction, readBack } from '../kernel/transaction.ts'
import type { Permission } from '../permissions.ts'
import { type AnyRoute, route } from './route.ts'
import { IdParams } from './schemas.ts'

/** `POST …/archive` and `POST …/unarchive` of a resource; both answer the row and may be repeated. */
export function archiveRoutes(resource: {
  readonly path: string
  /** In words, such as 'price book'. */
  readonly name: string
  readonly tag: string
  readonly permission: Permission
  readonly response: TSchema
  readonly setArchived: SetArchived
  readonly load: (tx: Transaction, companyId: string, id: string) => Promise<unknown>
}): AnyRoute[] {
  return [true, false].map((archived) =>
    route({
      method: 'POST',
      path: `${resource.path}/{id}/${archived ? 'archive' : 'unarchive'}`,
      summary: archived
        ? `Take the ${resource.name} out of what is offered; what uses it keeps it`
        : `Offer the ${resource.name} again`,
      tag: resource.tag,
      permission: resource.permission,
      params: IdParams,
      response: resource.response,
      async handle(tx, { params, ctx, ifMatch }) {
        await resource.setArchived(tx, ctx, params.id, archived, ifMatch)
        return readBack(() => resource.load(tx, ctx.company.id, params.id))
      },
    }),
  )
}
