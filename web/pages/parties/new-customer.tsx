import { PartyForm } from './party-form.tsx'

export default function NewCustomer() {
  return <PartyForm party={null} first="customer" />
}
