import { Trans, useLingui } from '@lingui/react/macro'
import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { decimal, sum } from '../../../src/kernel/decimal.ts'
import { type ItemOf, listQuery } from '../../api/index.ts'
import { PageLink } from '../../patterns/index.ts'
import { StockReasons, stockFigures } from '../../patterns/stock/stock-why.tsx'
import { WhyLoading, WhySum } from '../../patterns/why-sum.tsx'
import { useFormat } from '../../ui/format.ts'
import classes from './products.module.css'

interface Props {
  readonly product: Pick<ItemOf<'stock/products'>, 'id' | 'unit'>
  readonly field: 'onHand' | 'reserved' | 'available' | 'incoming' | 'forecast'
}

/** What a figure of a product in all warehouses consists of: of one warehouse its documents, of several these. */
export default function WhyStock({ product, field }: Props) {
  const { i18n } = useLingui()
  const format = useFormat()
  const { data, error } = useQuery(listQuery('stock/levels', { productId: product.id, limit: 200 }))
  if (error !== null) return <Text size="sm">{error.message}</Text>
  if (data === undefined) return <WhyLoading />
  const [first, ...others] = data.items
  if (first !== undefined && others.length === 0)
    return <StockReasons productId={product.id} warehouseId={first.warehouseId} field={field} />
  return (
    <>
      <WhySum
        title={i18n._(stockFigures[field].label)}
        total={format.quantity(sum(data.items.map((level) => decimal(level[field]))).toFixed(), product.unit)}
        rows={data.items.map((level) => ({
          key: level.warehouseId,
          label: (
            <PageLink
              href={`/stock/levels?productId=${product.id}&warehouseId=${level.warehouseId}`}
              size="sm"
            >
              {level.warehouseName}
            </PageLink>
          ),
          figure: format.number(level[field]),
        }))}
      />
      <p className={classes.hint}>
        {i18n._(stockFigures[field].rule)} <Trans>All warehouses together.</Trans>
      </p>
    </>
  )
}
