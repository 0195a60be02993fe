import { useLingui } from '@lingui/react/macro'
import { useParams } from '@tanstack/react-router'
import { RecordLoading, useRecordOnce } from '../../patterns/record/index.ts'
import { WebhookForm } from './webhook-form.tsx'

export default function EditWebhook() {
  const { id = '' } = useParams({ strict: false })
  const { t } = useLingui()
  const { data, error, refetch } = useRecordOnce('webhooks', id)
  if (data === undefined)
    return <RecordLoading title={t`Webhook`} error={error} retry={() => void refetch()} />
  return <WebhookForm key={id} webhook={data} />
}
