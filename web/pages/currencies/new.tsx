import { CurrencyForm } from './currency-form.tsx'

export default function NewCurrency() {
  return <CurrencyForm currency={null} />
}
