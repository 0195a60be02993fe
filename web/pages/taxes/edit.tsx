import { useLingui } from '@lingui/react/macro'
import { useParams } from '@tanstack/react-router'
import { RecordLoading, useRecordOnce } from '../../patterns/record/index.ts'
import { TaxForm } from './tax-form.tsx'

export default function EditTax() {
  const { id = '' } = useParams({ strict: false })
  const { t } = useLingui()
  const { data, error, refetch } = useRecordOnce('taxes', id)
  if (data === undefined) return <RecordLoading title={t`Tax`} error={error} retry={() => void refetch()} />
  return <TaxForm key={id} tax={data} />
}
