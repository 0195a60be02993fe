import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { type OneOf, listQuery } from '../../api/index.ts'
import { PageLink } from '../../patterns/index.ts'
import { PlainTable, Section } from '../../patterns/record/index.ts'
import { usePermissions } from '../../session/index.ts'
import { useFormat } from '../../ui/format.ts'

/** When a product is bought again, warehouse by warehouse. */
export function ReorderLevels({ product }: { readonly product: Pick<OneOf<'products'>, 'id' | 'unit'> }) {
  const { t } = useLingui()
  const format = useFormat()
  const { may } = usePermissions()
  const { data } = useQuery(listQuery('reorder-levels', { productId: product.id, limit: 200 }))
  if (data === undefined) return null
  const quantity = (value: string) => <span data-figure>{format.quantity(value, product.unit)}</span>
  return (
    <Section
      title={<Trans>Reorder levels</Trans>}
      aside={
        may('products:write') && (
          <PageLink href={`/reorder-levels/new?productId=${product.id}`} size="sm">
            <Trans>Set for a warehouse</Trans>
          </PageLink>
        )
      }
    >
      <PlainTable
        label={t`Reorder levels`}
        rows={data.items}
        keyOf={(level) => level.id}
        none={<Trans>It is not proposed to be bought again.</Trans>}
        columns={[
          {
            label: t`Warehouse`,
            render: (level) => (
              <PageLink href={`/reorder-levels/${level.id}`}>{level.warehouseName}</PageLink>
            ),
          },
          { label: t`Minimum`, align: 'right', render: (level) => quantity(level.minimum) },
          { label: t`Maximum`, align: 'right', render: (level) => quantity(level.maximum) },
          { label: t`Pack`, align: 'right', render: (level) => quantity(level.packSize) },
          {
            label: t`Days to deliver`,
            align: 'right',
            render: (level) => level.leadTimeDays ?? t`as the vendor`,
          },
          { label: t`Vendor`, render: (level) => level.vendorName ?? t`the product’s` },
        ]}
      />
    </Section>
  )
}
