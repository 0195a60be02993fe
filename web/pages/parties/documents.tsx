import { Trans, useLingui } from '@lingui/react/macro'
import { useQueries } from '@tanstack/react-query'
import { type AnyKind, titles } from '../../../src/kinds.ts'
import { type OneOf, type Resource, listQuery } from '../../api/index.ts'
import { PageLink, documentHref } from '../../patterns/index.ts'
import { usePermissions } from '../../session/index.ts'
import { useFormat } from '../../ui/format.ts'
import { kindWords } from '../../ui/kinds.ts'
import { StatusBadge } from '../../ui/status-badge.tsx'
import classes from './parties.module.css'

/** So many of each kind are shown; the list has them all. */
const shown = 3

const ofCustomer: readonly AnyKind[] = [
  'sales-order',
  'delivery-note',
  'sales-return',
  'invoice',
  'credit-note',
  'stock-reservation',
]
const ofVendor: readonly AnyKind[] = [
  'purchase-order',
  'receipt-note',
  'purchase-return',
  'bill',
  'vendor-credit',
]

interface Row {
  readonly id: string
  readonly number: string | null
  readonly state: string
  readonly createdAt: string
}

/** The last documents of a party, by kind. Kinds it has none of are left out. */
export function PartyDocuments({ party }: { readonly party: Pick<OneOf<'parties'>, 'id' | 'roles'> }) {
  const { i18n } = useLingui()
  const format = useFormat()
  const { mayDo } = usePermissions()
  const kinds = [
    ...(party.roles.includes('customer') ? ofCustomer : []),
    ...(party.roles.includes('vendor') ? ofVendor : []),
    'payment' as const,
  ].filter((kind) => mayDo(kind, 'read'))
  const found = useQueries({
    queries: kinds.map((kind) =>
      listQuery(titles[kind].path as Resource, { partyId: party.id, sort: '-id', limit: shown }),
    ),
  })
  const groups = kinds.flatMap((kind, index) => {
    const rows = (found[index]?.data?.items ?? []) as unknown as readonly Row[]
    return rows.length === 0 ? [] : [{ kind, rows }]
  })
  if (groups.length === 0)
    return (
      <p className={classes.hint}>
        <Trans>No documents yet.</Trans>
      </p>
    )
  return (
    <div className={classes.documents}>
      {groups.map(({ kind, rows }) => (
        <div key={kind}>
          <h3>
            {i18n._(kindWords[kind].many)}
            <PageLink href={`/${titles[kind].path}?partyId=${party.id}`} size="sm">
              <Trans>All of them</Trans>
            </PageLink>
          </h3>
          <ul>
            {rows.map((row) => (
              <li key={row.id}>
                <PageLink href={documentHref(kind, row.id)} size="sm">
                  {row.number ?? i18n._(kindWords[kind].one)}
                </PageLink>
                <span className={classes.quiet} data-figure>
                  {format.date(row.createdAt)}
                </span>
                <StatusBadge kind={kind} state={row.state} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  )
}
