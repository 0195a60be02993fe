import { useLingui } from '@lingui/react/macro'
import { useParams } from '@tanstack/react-router'
import { RecordLoading, useRecordOnce } from '../../patterns/record/index.ts'
import { CountForm } from './count-form.tsx'

export default function EditCount() {
  const { id = '' } = useParams({ strict: false })
  const { t } = useLingui()
  const { data, error, refetch } = useRecordOnce('stock-counts', id)
  if (data === undefined)
    return <RecordLoading title={t`Stock count`} error={error} retry={() => void refetch()} />
  return <CountForm key={id} count={data} />
}
