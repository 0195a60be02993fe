import { useLingui } from '@lingui/react/macro'
import { useParams } from '@tanstack/react-router'
import { RecordLoading, useRecordOnce } from '../../patterns/record/index.ts'
import { LevelForm } from './level-form.tsx'

export default function EditLevel() {
  const { id = '' } = useParams({ strict: false })
  const { t } = useLingui()
  const { data, error, refetch } = useRecordOnce('reorder-levels', id)
  if (data === undefined)
    return <RecordLoading title={t`Reorder level`} error={error} retry={() => void refetch()} />
  return <LevelForm key={id} level={data} />
}
