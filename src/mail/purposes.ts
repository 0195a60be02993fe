import { type DocumentKind, kinds } from '../kinds.ts'
import { type PrintedKind, printedKinds } from '../printing/index.ts'

/** What a mail is written for; each has its template. */
export const reminders = ['reminder-1', 'reminder-2', 'reminder-3'] as const
export type Reminder = (typeof reminders)[number]
export type Purpose = PrintedKind | 'quotation' | Reminder
export const purposes: readonly Purpose[] = ['quotation', ...printedKinds, ...reminders]

/** The purposes of contacts that a mail of this purpose goes to, the first that anybody has. */
export function contactPurposes(purpose: Purpose): readonly string[] {
  if (purpose.startsWith('reminder-')) return ['reminder', 'invoice']
  if (purpose === 'payment') return ['invoice']
  const { family } = kinds[purpose === 'quotation' ? 'sales-order' : (purpose as DocumentKind)]
  return { order: ['order'], shipment: ['delivery', 'order'], invoice: ['invoice'] }[family]
}
