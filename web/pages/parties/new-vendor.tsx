import { PartyForm } from './party-form.tsx'

export default function NewVendor() {
  return <PartyForm party={null} first="vendor" />
}
