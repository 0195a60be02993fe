import { useSearch } from '@tanstack/react-router'
import { RateForm } from './rate-form.tsx'

export default function NewRate() {
  const { currency }: { readonly currency?: unknown } = useSearch({ strict: false })
  return <RateForm rate={null} {...(typeof currency === 'string' && { currency })} />
}
