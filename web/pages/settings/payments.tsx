import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { CompanyForm, type Setting } from './company-form.tsx'

const settings: readonly Setting[] = [
  {
    name: 'paymentTermDays',
    type: 'whole',
    label: msg`Payment is due after`,
    unit: 'd',
    note: msg`In days from the date of the document, unless the customer or vendor has another term. Holds for new documents.`,
  },
  {
    name: 'overpayment',
    type: 'choice',
    label: msg`Who pays more than is open`,
    choices: [
      { value: 'refuse', label: msg`is asked to correct the amount` },
      { value: 'credit', label: msg`keeps the rest on account` },
    ],
    note: msg`Holds for payments from now on.`,
  },
  {
    name: 'taxRounding',
    type: 'choice',
    label: msg`Tax is rounded`,
    choices: [
      { value: 'document', label: msg`once per rate of the document` },
      { value: 'line', label: msg`on every line` },
    ],
    note: msg`Holds for new documents; those that exist keep what they were made with.`,
  },
  {
    name: 'pricesIncludeTax',
    type: 'flag',
    label: msg`Prices of new documents include tax`,
    note: msg`Holds for new documents; those that exist keep what they were made with.`,
  },
]

export default function PaymentSettings() {
  const { t } = useLingui()
  return <CompanyForm title={t`Payments`} settings={settings} />
}
