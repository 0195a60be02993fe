import { type AnyRoute, route } from '../../http/route.ts'
import { IdParams } from '../../http/schemas.ts'
import { mergeParties } from './merge-parties.ts'
import { MergeInput, MergeOut } from './schemas.ts'

export const mergingRoutes: AnyRoute[] = [
  route({
    method: 'POST',
    path: '/parties/{id}/merge',
    summary: 'Merge a party that is there twice into the other one',
    description:
      'All that names it goes to the other: documents, balances, contacts, addresses, prices of vendors, links, files. Documents that count keep the name, address and tax number they were issued with. The duplicate is archived and says where it went (`mergedInto`). Whoever may post payments may do it: it moves what is owed.',
    tag: 'Parties',
    permission: 'payment:post',
    params: IdParams,
    body: MergeInput,
    response: MergeOut,
    previewable: true,
    handle: (tx, { ctx, params, body, ifMatch }) => mergeParties(tx, ctx, params.id, body, ifMatch),
  }),
]
