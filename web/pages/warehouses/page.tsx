import type { LoaderInput } from '../../page/index.ts'
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Anchor } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { type OneOf, documentQuery, stockValueQuery } from '../../api/index.ts'
import { PageLink } from '../../patterns/index.ts'
import { FactList, RecordLoading, RecordMenu, RecordPage, Section } from '../../patterns/record/index.ts'
import { usePermissions } from '../../session/index.ts'
import { useFormat } from '../../ui/format.ts'
import { Locations } from './locations.tsx'
import { useWarehouseWords } from './words.ts'

type Warehouse = OneOf<'warehouses'>

export function loader({ client, params }: LoaderInput): void {
  if (params['id'] !== undefined) void client.prefetchQuery(documentQuery('warehouses', params['id']))
}

export default function WarehousePage() {
  const { id = '' } = useParams({ strict: false })
  const { t } = useLingui()
  const { data, error, refetch } = useQuery(documentQuery('warehouses', id))
  if (data === undefined)
    return <RecordLoading title={t`Warehouse`} error={error} retry={() => void refetch()} />
  return <One warehouse={data} />
}

function One({ warehouse }: { readonly warehouse: Warehouse }) {
  const { t } = useLingui()
  const { may } = usePermissions()
  const words = useWarehouseWords()
  const mayWrite = may('warehouses:write')
  const { phone } = warehouse.address
  return (
    <RecordPage
      kind={t`Warehouse`}
      title={warehouse.name}
      crumbs={[{ label: t`Warehouses`, href: '/warehouses' }]}
      archived={warehouse.archived}
      line={[warehouse.code]}
      edit={mayWrite ? `/warehouses/${warehouse.id}/edit` : null}
      menu={
        mayWrite && (
          <RecordMenu
            resource="warehouses"
            id={warehouse.id}
            name={warehouse.name}
            version={warehouse.version}
            archived={warehouse.archived}
            list="/warehouses"
          />
        )
      }
    >
      <Section title={<Trans>Facts</Trans>}>
        <FactList
          facts={[
            [t`Address`, words.address(warehouse.address)],
            [
              t`Phone`,
              phone === undefined ? null : (
                <Anchor key="phone" href={`tel:${phone}`}>
                  {phone}
                </Anchor>
              ),
            ],
            [t`Stock below zero`, warehouse.allowNegative ? t`Allowed` : t`Not allowed`],
            [t`Goods in it`, may('stock:read') ? <Goods key="goods" warehouseId={warehouse.id} /> : null],
          ]}
        />
      </Section>
      <Locations warehouse={warehouse} />
    </RecordPage>
  )
}

/** How many products lie in it and what they are worth; the link leads to them. */
function Goods({ warehouseId }: { readonly warehouseId: string }) {
  const { t } = useLingui()
  const format = useFormat()
  const { data, error } = useQuery(stockValueQuery())
  if (error !== null) return error.message
  if (data === undefined) return '…'
  const here = data.items.find((each) => each.warehouseId === warehouseId)
  if (here === undefined) return t`none`
  const count = here.products
  const value = format.money(here.value, data.currency, 'currency')
  return (
    <PageLink href={`/stock/levels?warehouseId=${warehouseId}`}>
      <Plural value={count} one={`# product, worth ${value}`} other={`# products, worth ${value}`} />
    </PageLink>
  )
}
