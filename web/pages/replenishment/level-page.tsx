import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import type { Static } from 'typebox'
import type { ProposalExplained } from '../../../src/replenishment/proposals/schema.ts'
import { type Json, api, dataKey, documentQuery } from '../../api/index.ts'
import { PageLink } from '../../patterns/index.ts'
import { FactList, RecordLoading, RecordMenu, RecordPage, Section } from '../../patterns/record/index.ts'
import { usePermissions } from '../../session/index.ts'
import { useFormat } from '../../ui/format.ts'
import { WhyProposal } from './why-proposal.tsx'

export default function LevelPage() {
  const { id = '' } = useParams({ strict: false })
  const { t } = useLingui()
  const format = useFormat()
  const { may } = usePermissions()
  const { data: level, error, refetch } = useQuery(documentQuery('reorder-levels', id))
  if (level === undefined)
    return <RecordLoading title={t`Reorder level`} error={error} retry={() => void refetch()} />
  const mayWrite = may('products:write')
  const { sku, warehouseName } = level
  const quantity = (value: string) => format.quantity(value, level.unit)
  return (
    <RecordPage
      kind={t`Reorder level`}
      title={`${sku} · ${warehouseName}`}
      crumbs={[{ label: t`Reorder levels`, href: '/reorder-levels' }]}
      line={[level.name]}
      edit={mayWrite ? `/reorder-levels/${level.id}/edit` : null}
      menu={
        mayWrite && (
          <RecordMenu
            resource="reorder-levels"
            id={level.id}
            name={t`Reorder level of ${sku} in ${warehouseName}`}
            version={level.version}
            archived={null}
            list="/reorder-levels"
          />
        )
      }
    >
      <FactList
        facts={[
          [
            t`Product`,
            <PageLink key="product" href={`/products/${level.productId}`}>
              {sku}
            </PageLink>,
          ],
          [t`Minimum`, quantity(level.minimum)],
          [t`Maximum`, quantity(level.maximum)],
          [t`Pack`, quantity(level.packSize)],
          [t`Days to deliver`, level.leadTimeDays ?? t`as the vendor`],
          [t`Vendor`, level.vendorName ?? t`the product’s`],
        ]}
      />
      {may('purchase-order:read') && <Now productId={level.productId} warehouseId={level.warehouseId} />}
    </RecordPage>
  )
}

/** What follows from it at this moment, also where nothing has to be bought. */
function Now({ productId, warehouseId }: { readonly productId: string; readonly warehouseId: string }) {
  const { t } = useLingui()
  const format = useFormat()
  const of = { productId, warehouseId }
  const { data } = useQuery({
    queryKey: dataKey('purchase-proposals', 'explain', of),
    // An archived product has a level, and nothing is proposed of it.
    retry: false,
    queryFn: ({ signal }) =>
      api.get<Json<Static<typeof ProposalExplained>>>('/purchase-proposals/explain', of, { signal }),
  })
  if (data === undefined) return null
  const until = format.date(data.until)
  return (
    <Section title={<Trans>What follows from it now</Trans>}>
      <FactList
        facts={[
          [t`Will be left on ${until}`, <WhyProposal key="why" row={data} />],
          [
            t`To order`,
            data.quantity === '0' ? (
              <Trans>nothing</Trans>
            ) : (
              <PageLink key="order" href={`/reorder?q=${encodeURIComponent(data.sku)}`}>
                {format.quantity(data.quantity, data.unit)}
              </PageLink>
            ),
          ],
        ]}
      />
    </Section>
  )
}
