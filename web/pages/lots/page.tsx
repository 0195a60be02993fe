import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import type { Static } from 'typebox'
import type { AnyKind } from '../../../src/kinds.ts'
import type { BalanceOut } from '../../../src/stock/balances/schema.ts'
import { type Json, type OneOf, type Page, api, dataKey, documentQuery, listQuery } from '../../api/index.ts'
import { PageLink, documentHref } from '../../patterns/index.ts'
import { FactList, PlainTable, RecordLoading, RecordPage, Section } from '../../patterns/record/index.ts'
import { usePermissions, useToday } from '../../session/index.ts'
import { useFormat } from '../../ui/format.ts'
import { kindWords } from '../../ui/kinds.ts'
import classes from './lots.module.css'

type Lot = OneOf<'lots'>
type Balance = Json<Static<typeof BalanceOut>>

/** So many movements are shown; the ledger has them all. */
const shown = 20

export default function LotPage() {
  const { id = '' } = useParams({ strict: false })
  const { t } = useLingui()
  const { data, error, refetch } = useQuery(documentQuery('lots', id))
  if (data === undefined) return <RecordLoading title={t`Lot`} error={error} retry={() => void refetch()} />
  return <One lot={data} />
}

function One({ lot }: { readonly lot: Lot }) {
  const { t, i18n } = useLingui()
  const format = useFormat()
  const today = useToday()
  const { may } = usePermissions()
  const places = useQuery({
    queryKey: dataKey('stock/balances', 'lot', lot.id),
    queryFn: ({ signal }) =>
      api.get<Page<Balance>>('/stock/balances', { lotId: lot.id, limit: 200 }, { signal }),
  })
  const moves = useQuery(listQuery('stock/moves', { lotId: lot.id, limit: shown }))
  const expired = lot.expiresOn !== null && lot.expiresOn < today
  const until = lot.expiresOn === null ? null : format.date(lot.expiresOn)
  return (
    <RecordPage
      kind={lot.serial ? t`Serial number` : t`Lot`}
      title={lot.number}
      crumbs={[{ label: t`Lots and serial numbers`, href: '/lots' }]}
      line={[
        <PageLink key="product" href={`/products/${lot.productId}`}>
          {lot.sku}
        </PageLink>,
        lot.productName,
      ]}
      edit={may('lots:write') ? `/lots/${lot.id}/edit` : null}
    >
      <Section title={<Trans>Facts</Trans>}>
        <FactList
          facts={[
            [t`On hand`, format.number(lot.onHand)],
            [
              t`Good until`,
              until === null ? null : (
                <span key="until" className={expired ? classes.late : undefined}>
                  {expired ? t`expired on ${until}` : until}
                </span>
              ),
            ],
            [t`Since`, format.moment(lot.createdAt)],
            [t`Notes`, lot.notes],
          ]}
        />
      </Section>
      <Section title={<Trans>Where it lies</Trans>}>
        {places.data !== undefined && (
          <PlainTable
            label={t`Where it lies`}
            rows={places.data.items}
            keyOf={(place) => place.locationId}
            none={<Trans>Nothing of it is left.</Trans>}
            columns={[
              { label: t`Warehouse`, render: (place) => place.warehouseName },
              { label: t`Location`, render: (place) => place.locationName },
              {
                label: t`Quantity`,
                align: 'right',
                render: (place) => format.quantity(place.quantity, place.unit),
              },
            ]}
          />
        )}
      </Section>
      <Section
        title={<Trans>Movements</Trans>}
        aside={
          <PageLink
            href={`/stock/moves?productId=${lot.productId}&lotNumber=${encodeURIComponent(lot.number)}`}
          >
            <Trans>All movements in the ledger</Trans>
          </PageLink>
        }
      >
        {moves.data !== undefined && (
          <PlainTable
            label={t`Movements`}
            rows={moves.data.items}
            keyOf={(move) => move.id}
            none={<Trans>It has not moved yet.</Trans>}
            columns={[
              { label: t`Date`, render: (move) => <span data-figure>{format.date(move.date)}</span> },
              {
                label: t`Document`,
                render: (move) => (
                  <PageLink href={documentHref(move.documentKind as AnyKind, move.documentId)}>
                    {move.documentNumber ?? i18n._(kindWords[move.documentKind as AnyKind].one)}
                  </PageLink>
                ),
              },
              { label: t`From`, render: (move) => move.fromName },
              { label: t`To`, render: (move) => move.toName },
              {
                label: t`Quantity`,
                align: 'right',
                render: (move) => format.quantity(move.quantity, move.unit),
              },
            ]}
          />
        )}
      </Section>
    </RecordPage>
  )
}
