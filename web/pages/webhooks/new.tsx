import { WebhookForm } from './webhook-form.tsx'

export default function NewWebhook() {
  return <WebhookForm webhook={null} />
}
