import { Trans, useLingui } from '@lingui/react/macro'
import { useQueries } from '@tanstack/react-query'
import type { AnyKind } from '../../../src/kinds.ts'
import { type Query, type Resource, listQuery } from '../../api/index.ts'
import { PageLink, documentHref } from '../../patterns/index.ts'
import { usePermissions } from '../../session/index.ts'
import { kindWords, pathOfKind } from '../../ui/kinds.ts'
import classes from './products.module.css'

/** So many of each kind are named. */
const most = 5

interface Asked {
  readonly kind: AnyKind
  readonly query: Query
}
const asked: readonly Asked[] = [
  { kind: 'sales-order', query: { fulfilment: 'open' } },
  { kind: 'purchase-order', query: { fulfilment: 'open' } },
  { kind: 'stock-reservation', query: { state: 'active' } },
  { kind: 'sales-order', query: { state: 'draft' } },
  { kind: 'purchase-order', query: { state: 'draft' } },
]

interface Row {
  readonly id: string
  readonly number: string | null
  readonly party: { readonly name: string }
}

/** Documents that still have something to do with a product; they go on after it is archived. */
export function OpenDocuments({ productId }: { readonly productId: string }) {
  const { i18n } = useLingui()
  const { mayDo } = usePermissions()
  const questions = asked.filter(({ kind }) => mayDo(kind, 'read'))
  const found = useQueries({
    queries: questions.map(({ kind, query }) =>
      listQuery(pathOfKind(kind) as Resource, { ...query, productId, limit: most }),
    ),
  })
  const rows = found.flatMap(({ data }, index) =>
    ((data?.items ?? []) as unknown as readonly Row[]).map((row) => ({
      ...row,
      kind: questions[index]!.kind,
    })),
  )
  if (found.some(({ isPending }) => isPending)) return null
  if (rows.length === 0)
    return (
      <p className={classes.hint}>
        <Trans>No open order or reservation has it.</Trans>
      </p>
    )
  return (
    <div>
      <p className={classes.hint}>
        <Trans>These go on with it as they are:</Trans>
      </p>
      <ul className={classes.documents}>
        {rows.map((row) => (
          <li key={row.id}>
            <PageLink href={documentHref(row.kind, row.id)}>
              {row.number ?? i18n._(kindWords[row.kind].one)}
            </PageLink>
            {row.number === null && (
              <>
                {' '}
                (<Trans>draft</Trans>)
              </>
            )}{' '}
            {row.party.name}
          </li>
        ))}
      </ul>
    </div>
  )
}
