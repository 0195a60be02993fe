import { useLingui } from '@lingui/react/macro'
import { useParams } from '@tanstack/react-router'
import { RecordLoading, useRecordOnce } from '../../patterns/record/index.ts'
import { PartyForm } from './party-form.tsx'

export default function EditParty() {
  const { id = '' } = useParams({ strict: false })
  const { t } = useLingui()
  const { data, error, refetch } = useRecordOnce('parties', id)
  if (data === undefined) return <RecordLoading title={t`Party`} error={error} retry={() => void refetch()} />
  return <PartyForm key={id} party={data} />
}
