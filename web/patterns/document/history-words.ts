import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import type { AnyKind } from '../../../src/kinds.ts'
import { type Format, useFormat } from '../../ui/format.ts'
import { kindWords } from '../../ui/kinds.ts'
import { stateWords } from '../../ui/status.ts'

type Shape = (text: string, format: Format, currency: string) => string

const plain: Shape = (text) => text
const figure: Shape = (text, format) => format.number(text)
const date: Shape = (text, format) => format.date(text)
const moment: Shape = (text, format) => format.moment(text)
const percent: Shape = (text, format) => format.percent(text)
const money: Shape = (text, format, currency) => format.money(text, currency, 'currency')

/** What the trail says of a document, in words, and how its values are written. */
const fields: Readonly<Record<string, readonly [MessageDescriptor, Shape]>> = {
  state: [msg`Status`, plain],
  gross: [msg`Total`, money],
  amount: [msg`Amount`, money],
  date: [msg`Date`, date],
  orderDate: [msg`Order date`, date],
  expectedDate: [msg`Promised or expected`, date],
  saleDate: [msg`Sale date`, date],
  dueDate: [msg`Due date`, date],
  reserveUntil: [msg`Held until`, moment],
  paymentTermDays: [msg`Payment term in days`, figure],
  currency: [msg`Currency`, plain],
  exchangeRate: [msg`Exchange rate`, figure],
  pricesIncludeTax: [msg`Prices include tax`, plain],
  discountPercent: [msg`Document discount in %`, percent],
  discountAmount: [msg`Document discount as an amount`, money],
  priority: [msg`Priority`, figure],
  backOrders: [msg`Back orders`, plain],
  reference: [msg`Reference`, plain],
  notes: [msg`Notes`, plain],
  reason: [msg`Reason`, plain],
  carrier: [msg`Carrier`, plain],
  tracking: [msg`Tracking number`, plain],
  takeReservations: [msg`Reserved goods move with their reservations`, plain],
  method: [msg`Method`, plain],
  lines: [msg`Lines`, figure],
  movements: [msg`Movements`, figure],
}

export interface ChangedField {
  readonly name: string
  readonly label: string
  readonly before: string
  readonly after: string
}

type Fields = Readonly<Record<string, unknown>>
interface Changed {
  readonly objectKind: string
  readonly before: unknown
  readonly after: unknown
}

/** What an event changed, for people: plain fields only, lists of lines would fill the page. */
export function useChanges(currency: string): (event: Changed) => ChangedField[] {
  const { i18n, t } = useLingui()
  const format = useFormat()
  const write = (kind: string, name: string, value: unknown): string | null => {
    if (value === null || value === undefined || value === '') return ''
    if (typeof value === 'boolean') return value ? t`yes` : t`no`
    if (typeof value !== 'string' && typeof value !== 'number') return null
    const text = String(value)
    if (name === 'state' && kind in kindWords) {
      const word = stateWords(kind as AnyKind)[text]
      return word === undefined ? text : i18n._(word)
    }
    const [, shape] = fields[name] ?? []
    return shape === undefined ? text : shape(text, format, currency)
  }
  return ({ objectKind, before, after }) => {
    if (before === null || after === null) return []
    const was = before as Fields
    return Object.entries(after as Fields).flatMap(([name, value]) => {
      if (name.endsWith('Id')) return []
      const [old, now] = [write(objectKind, name, was[name]), write(objectKind, name, value)]
      if (old === null || now === null || old === now) return []
      const [label] = fields[name] ?? []
      return [{ name, label: label === undefined ? name : i18n._(label), before: old, after: now }]
    })
  }
}
