import { useLingui } from '@lingui/react/macro'
import { Skeleton, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { documentQuery } from '../../api/index.ts'
import { FactList } from '../../patterns/record/index.ts'
import { useCompany } from '../../session/index.ts'
import { useFormat } from '../../ui/format.ts'
import { StockByWarehouse } from './stock-by-warehouse.tsx'

/** A product in the drawer of the list: its stock and what it costs. */
export default function ProductPeek({ id }: { readonly id: string }) {
  const { t } = useLingui()
  const format = useFormat()
  const { currency } = useCompany()
  const { data: product } = useQuery(documentQuery('products', id))
  if (product === undefined) return <Skeleton height={120} />
  const price = (value: string | null) => (value === null ? null : format.money(value, currency, 'currency'))
  return (
    <Stack>
      <FactList
        facts={[
          [t`Barcode`, product.barcode],
          [t`Unit`, product.unit],
          [t`Sales price`, price(product.salesPrice)],
          [t`Purchase price`, price(product.purchasePrice)],
        ]}
      />
      {product.type === 'stocked' && <StockByWarehouse product={product} narrow />}
    </Stack>
  )
}
