import { useLingui } from '@lingui/react/macro'
import { useParams } from '@tanstack/react-router'
import { RecordLoading, useRecordOnce } from '../../patterns/record/index.ts'
import { WarehouseForm } from './warehouse-form.tsx'

export default function EditWarehouse() {
  const { id = '' } = useParams({ strict: false })
  const { t } = useLingui()
  const { data, error, refetch } = useRecordOnce('warehouses', id)
  if (data === undefined)
    return <RecordLoading title={t`Warehouse`} error={error} retry={() => void refetch()} />
  return <WarehouseForm key={id} warehouse={data} />
}
