import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { CompanyForm, type Setting } from './company-form.tsx'

const settings: readonly Setting[] = [
  {
    name: 'name',
    type: 'text',
    label: msg`Name`,
    maxLength: 200,
    note: msg`Printed on documents from now on.`,
  },
  { name: 'taxNumber', type: 'text', label: msg`Tax number`, maxLength: 50, optional: true },
  { name: 'address.line1', type: 'text', label: msg`Street and number`, maxLength: 200, optional: true },
  { name: 'address.postalCode', type: 'text', label: msg`Postal code`, maxLength: 30, optional: true },
  { name: 'address.city', type: 'text', label: msg`City`, maxLength: 100, optional: true },
  {
    name: 'country',
    type: 'text',
    label: msg`Country`,
    maxLength: 2,
    optional: true,
    note: msg`Two letters, such as PL.`,
  },
  {
    name: 'currency',
    type: 'text',
    label: msg`Currency`,
    maxLength: 3,
    note: msg`In which stock is valued and debts are added up. Fixed with the first document or exchange rate.`,
  },
  {
    name: 'timeZone',
    type: 'text',
    label: msg`Time zone`,
    maxLength: 60,
    note: msg`Says which day it is: for new documents, due dates and what is late. For example Europe/Warsaw.`,
  },
  {
    name: 'language',
    type: 'choice',
    label: msg`Language of documents`,
    note: msg`Unless the customer has another. What people see is each one's own choice.`,
    choices: [
      { value: 'en', label: 'English' },
      { value: 'pl', label: 'Polski' },
    ],
  },
]

export default function CompanySettings() {
  const { t } = useLingui()
  return <CompanyForm title={t`Company`} settings={settings} />
}
