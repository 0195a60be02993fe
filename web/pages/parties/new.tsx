import { useSearch } from '@tanstack/react-router'
import { PartyForm } from './party-form.tsx'

export default function NewParty() {
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false })
  const role = search['role'] === 'vendor' ? 'vendor' : 'customer'
  return <PartyForm key={role} party={null} first={role} />
}
