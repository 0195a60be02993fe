import { useLingui } from '@lingui/react/macro'
import { useParams } from '@tanstack/react-router'
import { RecordLoading, useRecordOnce } from '../../patterns/record/index.ts'
import { CurrencyForm } from './currency-form.tsx'

export default function EditCurrency() {
  const { id = '' } = useParams({ strict: false })
  const { t } = useLingui()
  const { data, error, refetch } = useRecordOnce('currencies', id)
  if (data === undefined)
    return <RecordLoading title={t`Currency`} error={error} retry={() => void refetch()} />
  return <CurrencyForm key={id} currency={data} />
}
