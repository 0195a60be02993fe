import { msg } from '@lingui/core/macro'
import type { Permission } from '../../../src/permissions.ts'
import { api } from '../../api/index.ts'
import type { BulkAction } from './description.ts'

interface Row {
  readonly id: string
  readonly archived: boolean
}

/** Archives many rows of what can be archived, and offers archived ones again. */
export function archiveMany(
  /** What is archived, in the API. */
  resource: 'products' | 'parties' | 'price-books' | 'warehouses' | 'taxes',
  permission: Permission,
): readonly BulkAction<Row>[] {
  const run =
    (verb: 'archive' | 'unarchive'): BulkAction<Row>['run'] =>
    async ({ id }, { key, company }) => {
      await api.post(`/${resource}/${id}/${verb}`, undefined, { key, company })
      return { href: `/${resource}/${id}` }
    }
  return [
    {
      id: 'archive',
      label: msg`Archive`,
      permission,
      explains: msg`They are no longer offered for new documents. What uses them keeps them.`,
      fits: (row) => !row.archived,
      run: run('archive'),
    },
    {
      id: 'unarchive',
      label: msg`Offer again`,
      permission,
      explains: msg`They can be chosen for new documents again.`,
      fits: (row) => row.archived,
      run: run('unarchive'),
    },
  ]
}
