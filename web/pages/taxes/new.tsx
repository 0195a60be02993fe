import { TaxForm } from './tax-form.tsx'

export default function NewTax() {
  return <TaxForm tax={null} />
}
