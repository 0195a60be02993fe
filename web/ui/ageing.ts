import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'

/** How long a due date lies back, in the steps in which open amounts are shown. */
export interface AgeingStep {
  readonly field: 'notDue' | 'days1to30' | 'days31to60' | 'days61to90' | 'over90'
  readonly label: MessageDescriptor
  /** Of the days since the due date; null: no limit. */
  readonly from: number | null
  readonly to: number | null
}

export const ageingSteps: readonly AgeingStep[] = [
  { field: 'notDue', label: msg`Not due`, from: null, to: 0 },
  { field: 'days1to30', label: msg`1–30 days`, from: 1, to: 30 },
  { field: 'days31to60', label: msg`31–60 days`, from: 31, to: 60 },
  { field: 'days61to90', label: msg`61–90 days`, from: 61, to: 90 },
  { field: 'over90', label: msg`Over 90 days`, from: 91, to: null },
]

/** The filter of due dates whose invoices add up to a step: `2026-10-26..2026-11-24`. */
export function dueDates({ from, to }: AgeingStep, asOf: string): string {
  const before = (days: number | null): string =>
    days === null
      ? ''
      : new Date(Date.parse(`${asOf}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10)
  return `${before(to)}..${before(from)}`
}
