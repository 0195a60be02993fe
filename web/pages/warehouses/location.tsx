import { Trans, useLingui } from '@lingui/react/macro'
import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import type { Static } from 'typebox'
import type { BalanceOut } from '../../../src/stock/balances/schema.ts'
import { type Json, type OneOf, type Page, api, dataKey, documentQuery } from '../../api/index.ts'
import { NotFoundPage } from '../../page/index.ts'
import { PageLink } from '../../patterns/index.ts'
import {
  FactList,
  PlainTable,
  RecordLoading,
  RecordMenu,
  RecordPage,
  Section,
} from '../../patterns/record/index.ts'
import { usePermissions } from '../../session/index.ts'
import { useFormat } from '../../ui/format.ts'
import classes from './warehouses.module.css'
import { useWarehouseWords } from './words.ts'

type Balance = Json<Static<typeof BalanceOut>>

/** So many products and lots are shown. */
const most = 200

export default function LocationPage() {
  const { id = '' } = useParams({ strict: false })
  const { t } = useLingui()
  const { data, error, refetch } = useQuery(documentQuery('locations', id))
  if (data === undefined)
    return <RecordLoading title={t`Location`} error={error} retry={() => void refetch()} />
  if (data.warehouseId === null) return <NotFoundPage />
  return <One location={data} warehouseId={data.warehouseId} />
}

interface Props {
  readonly location: OneOf<'locations'>
  readonly warehouseId: string
}

function One({ location, warehouseId }: Props) {
  const { t } = useLingui()
  const { may } = usePermissions()
  const words = useWarehouseWords()
  const warehouse = useQuery(documentQuery('warehouses', warehouseId))
  const parent = useQuery({
    ...documentQuery('locations', location.parentId ?? ''),
    enabled: location.parentId !== null,
  })
  const mayWrite = may('warehouses:write')
  const name = warehouse.data?.name ?? '…'
  return (
    <RecordPage
      kind={t`Location`}
      title={location.code}
      crumbs={[
        { label: t`Warehouses`, href: '/warehouses' },
        { label: name, href: `/warehouses/${warehouseId}` },
      ]}
      archived={location.archived}
      line={[
        <PageLink key="warehouse" href={`/warehouses/${warehouseId}`}>
          {name}
        </PageLink>,
        location.name === location.code ? null : location.name,
      ]}
      edit={mayWrite ? `/locations/${location.id}/edit` : null}
      menu={
        mayWrite && (
          <RecordMenu
            resource="locations"
            id={location.id}
            name={location.code}
            version={location.version}
            archived={location.archived}
            list={`/warehouses/${warehouseId}`}
          />
        )
      }
    >
      <Section title={<Trans>Facts</Trans>}>
        <FactList
          facts={[
            [t`Kind`, words.types[location.type]],
            [
              t`Lies in`,
              location.parentId === null ? null : (
                <PageLink key="parent" href={`/locations/${location.parentId}`}>
                  {parent.data?.code ?? '…'}
                </PageLink>
              ),
            ],
            [t`Usual place of the warehouse`, location.isDefault ? t`Yes` : null],
          ]}
        />
      </Section>
      {may('stock:read') && (
        <Section title={<Trans>What lies here</Trans>}>
          <Contents locationId={location.id} />
        </Section>
      )}
    </RecordPage>
  )
}

function Contents({ locationId }: { readonly locationId: string }) {
  const { t } = useLingui()
  const format = useFormat()
  const { data, error } = useQuery({
    queryKey: dataKey('stock/balances', 'location', locationId),
    queryFn: ({ signal }) =>
      api.get<Page<Balance>>('/stock/balances', { locationId, limit: most }, { signal }),
  })
  if (error !== null) return <p role="alert">{error.message}</p>
  if (data === undefined) return <Skeleton height={120} />
  const tracked = data.items.some(({ lotId }) => lotId !== null)
  const rows = data.items
  const shown = rows.length
  return (
    <>
      <PlainTable
        label={t`What lies here`}
        rows={rows}
        keyOf={(row) => `${row.productId} ${row.lotId}`}
        none={<Trans>Nothing lies here.</Trans>}
        columns={[
          {
            label: t`Product`,
            render: (row) => <PageLink href={`/products/${row.productId}`}>{row.sku}</PageLink>,
          },
          { label: t`Name`, render: (row) => row.name },
          ...(tracked
            ? [
                {
                  label: t`Lot or serial number`,
                  render: (row: Balance) =>
                    row.lotId === null ? null : (
                      <PageLink href={`/lots/${row.lotId}`}>{row.lotNumber}</PageLink>
                    ),
                },
                {
                  label: t`Good until`,
                  render: (row: Balance) => (row.expiresOn === null ? null : format.date(row.expiresOn)),
                },
              ]
            : []),
          {
            label: t`Quantity`,
            align: 'right' as const,
            render: (row) => format.quantity(row.quantity, row.unit),
          },
        ]}
      />
      {data.nextCursor !== null && (
        <p className={classes.hint}>
          <Trans>The first {shown} are shown.</Trans>
        </p>
      )}
    </>
  )
}
