import { expect, it } from 'vitest'
import { ageingSteps, dueDates } from './ageing.ts'

it('steps of ageing follow each other day by day, over the end of a month', () => {
  expect(ageingSteps.map((step) => dueDates(step, '2026-03-31'))).toEqual([
    '2026-03-31..',
    '2026-03-01..2026-03-30',
    '2026-01-30..2026-02-28',
    '2025-12-31..2026-01-29',
    '..2025-12-30',
  ])
})
