import { type DocumentKind, kinds } from '../kinds.ts'
import { type PrintedKind, printedKinds } from '../printing/index.ts'

/** What a mail is written for; each has its template. */
const reminders = ['reminder-1', 'reminder-2', 'reminder-3'] as const
export type Reminder = (typeof reminders)[number]
export type Purpose = PrintedKind | 'quotation' | Reminder
/** Goods that are only counted or carried within the house are sent to nobody. */
export const sentKinds = printedKinds.filter((kind) => kind === 'payment' || kinds[kind].side !== null)
export const purposes: readonly Purpose[] = ['quotation', ...sentKinds, ...reminders]

/** The purposes of contacts that a mail of this purpose goes to, the first that anybody has. */
export function contactPurposes(purpose: Purpose): readonly string[] {
  if (purpose.startsWith('reminder-')) return ['reminder', 'invoice']
  if (purpose === 'payment') return ['invoice']
  const { family } = kinds[purpose === 'quotation' ? 'sales-order' : (purpose as DocumentKind)]
  return { order: ['order'], shipment: ['delivery', 'order'], invoice: ['invoice'] }[family]
}
