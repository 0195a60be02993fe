import { useLingui } from '@lingui/react/macro'
import { useParams } from '@tanstack/react-router'
import { RecordLoading, useRecordOnce } from '../../patterns/record/index.ts'
import { RateForm } from './rate-form.tsx'

export default function EditRate() {
  const { id = '' } = useParams({ strict: false })
  const { t } = useLingui()
  const { data, error, refetch } = useRecordOnce('exchange-rates', id)
  if (data === undefined)
    return <RecordLoading title={t`Exchange rate`} error={error} retry={() => void refetch()} />
  return <RateForm key={id} rate={data} />
}
