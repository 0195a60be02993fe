import { useLingui } from '@lingui/react/macro'
import { useParams } from '@tanstack/react-router'
import { RecordLoading, useRecordOnce } from '../../patterns/record/index.ts'
import { RuleForm } from './rule-form.tsx'

export default function EditRule() {
  const { id = '' } = useParams({ strict: false })
  const { t } = useLingui()
  const { data, error, refetch } = useRecordOnce('rules', id)
  if (data === undefined) return <RecordLoading title={t`Rule`} error={error} retry={() => void refetch()} />
  return <RuleForm key={id} rule={data} />
}
