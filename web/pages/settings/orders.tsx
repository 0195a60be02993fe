import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { CompanyForm, type Setting } from './company-form.tsx'

const settings: readonly Setting[] = [
  {
    name: 'backOrders',
    type: 'flag',
    label: msg`Sales orders may promise what is not in stock`,
    note: msg`Holds for orders that are confirmed from now on. What is missing waits and gets goods as they arrive.`,
  },
  {
    name: 'reservationMinutes',
    type: 'whole',
    label: msg`A reservation holds for`,
    unit: 'min',
    note: msg`Unless it says otherwise. Those that were made keep their end.`,
  },
  {
    name: 'salesTolerancePercent',
    type: 'decimal',
    label: msg`Deliver more than ordered, at most`,
    unit: '%',
    note: msg`Holds for deliveries from now on.`,
  },
  {
    name: 'purchaseTolerancePercent',
    type: 'decimal',
    label: msg`Receive more than ordered, at most`,
    unit: '%',
    note: msg`Holds for receipts from now on.`,
  },
  {
    name: 'matchPriceTolerancePercent',
    type: 'decimal',
    label: msg`A bill's price may differ from the order's by`,
    unit: '%',
    note: msg`A bill that differs by more needs a decision before it is booked.`,
  },
  {
    name: 'matchQuantityTolerancePercent',
    type: 'decimal',
    label: msg`A bill may charge more than was received by`,
    unit: '%',
    note: msg`A bill that differs by more needs a decision before it is booked.`,
  },
]

export default function OrderSettings() {
  const { t } = useLingui()
  return <CompanyForm title={t`Orders & back orders`} settings={settings} />
}
