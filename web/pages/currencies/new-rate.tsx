import { RateForm } from './rate-form.tsx'

export default function NewRate() {
  return <RateForm rate={null} />
}
