import { useLingui } from '@lingui/react/macro'
import { useParams } from '@tanstack/react-router'
import { NotFoundPage } from '../../page/index.ts'
import { RecordLoading, useRecordOnce } from '../../patterns/record/index.ts'
import { LocationForm } from './location-form.tsx'

export default function EditLocation() {
  const { id = '' } = useParams({ strict: false })
  const { t } = useLingui()
  const { data, error, refetch } = useRecordOnce('locations', id)
  if (data === undefined)
    return <RecordLoading title={t`Location`} error={error} retry={() => void refetch()} />
  // Where goods come from and go to outside the warehouses is no place that one may change.
  if (data.warehouseId === null) return <NotFoundPage />
  return <LocationForm key={id} warehouseId={data.warehouseId} location={data} />
}
