import { useLingui } from '@lingui/react/macro'
import { useParams } from '@tanstack/react-router'
import { RecordLoading, useRecordOnce } from '../../patterns/record/index.ts'
import { ProductForm } from './product-form.tsx'

export default function EditProduct() {
  const { id = '' } = useParams({ strict: false })
  const { t } = useLingui()
  const { data, error, refetch } = useRecordOnce('products', id)
  if (data === undefined)
    return <RecordLoading title={t`Product`} error={error} retry={() => void refetch()} />
  return <ProductForm key={id} product={data} />
}
