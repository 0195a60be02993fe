import { type Static, Type } from 'typebox'
import {
  DateText,
  DecimalOut,
  Id,
  MomentOut,
  Version,
  listQuery,
  literals,
  nullable,
  object,
  optional,
  oneLine,
} from '../../http/schemas.ts'

export const recurringKinds = ['invoice', 'sales-order', 'purchase-order'] as const
export type RecurringKind = (typeof recurringKinds)[number]

const units = ['day', 'week', 'month', 'year'] as const
const states = ['active', 'paused', 'ended'] as const

const rhythm = {
  every: Type.Integer({ minimum: 1, maximum: 366, description: 'So many days, weeks, months or years.' }),
  unit: literals(units),
  day: optional(
    Type.Integer({
      minimum: 1,
      maximum: 31,
      description:
        'Of months and years: the day of the month; where it has no such day, its last. Left out: that of the first date.',
    }),
  ),
  firstDate: DateText,
  lastDate: optional(nullable(DateText)),
  times: optional(
    nullable(Type.Integer({ minimum: 1, maximum: 10_000, description: 'So many dates in all.' })),
  ),
}

const manner = {
  name: oneLine(100, { minLength: 1, description: 'Left out: what it repeats.' }),
  make: literals(['draft', 'post', 'mail'], {
    description: 'draft; post: confirmed or posted at once; mail: sent to whom it concerns besides.',
  }),
  prices: literals(['original', 'current'], {
    description: 'As in the original, or those that apply on the day.',
  }),
  missed: literals(['each', 'last'], {
    description: 'Of dates that passed while no server ran: a document for each, or for the last only.',
  }),
}

export const ScheduleBody = object({
  ...rhythm,
  name: optional(manner.name),
  make: optional(manner.make),
  prices: optional(manner.prices),
  missed: optional(manner.missed),
})
export type ScheduleInput = Static<typeof ScheduleBody>

export const SchedulePatch = object({
  name: optional(manner.name),
  lastDate: rhythm.lastDate,
  times: rhythm.times,
  make: optional(manner.make),
  prices: optional(manner.prices),
  missed: optional(manner.missed),
})
export type ScheduleChanges = Static<typeof SchedulePatch>

export const DatesQuery = object(rhythm)
export const DatesOut = object({
  dates: Type.Array(DateText, { description: 'The first 12.' }),
})

export const ScheduleOut = object({
  id: Id,
  name: manner.name,
  kind: literals(recurringKinds),
  sourceId: Id,
  sourceNumber: nullable(Type.String()),
  partyId: Id,
  party: nullable(Type.String()),
  amount: DecimalOut,
  currency: Type.String(),
  every: rhythm.every,
  unit: rhythm.unit,
  day: nullable(Type.Integer()),
  firstDate: DateText,
  lastDate: nullable(DateText),
  times: nullable(Type.Integer()),
  make: manner.make,
  prices: manner.prices,
  missed: manner.missed,
  state: literals(states),
  nextDate: nullable(DateText),
  dates: Type.Array(DateText, { description: 'The next 6, as far as it goes on.' }),
  made: Type.Integer({ description: 'Documents made so far.' }),
  problem: nullable(Type.String({ description: 'Why the last date that has come was not made (yet).' })),
  createdBy: Type.String(),
  version: Version,
  createdAt: MomentOut,
})

export const scheduleQuery = object({
  sort: optional(Type.String({ maxLength: 60, description: 'nextDate, name or id; - in front descends.' })),
  cursor: listQuery.cursor,
  limit: listQuery.limit,
  state: optional(literals(states)),
  kind: optional(literals(recurringKinds)),
  sourceId: optional(Id),
  madeId: optional({ ...Id, description: 'The schedule that made this document.' } as typeof Id),
})
export type ScheduleFilters = Pick<Static<typeof scheduleQuery>, 'state' | 'kind' | 'sourceId' | 'madeId'>

export const RunOut = object({
  id: Id,
  scheduleId: Id,
  date: DateText,
  state: literals(['waiting', 'made', 'failed', 'skipped']),
  reason: nullable(Type.String({ description: 'What was left out, or why it was not made.' })),
  documentId: nullable(Id),
  documentNumber: nullable(Type.String()),
  attempts: Type.Integer({ minimum: 0 }),
  nextAt: nullable(MomentOut),
  endedAt: nullable(MomentOut),
})
export const runQuery = object({
  sort: optional(Type.String({ maxLength: 60, description: '-date (newest first) or date.' })),
  cursor: listQuery.cursor,
  limit: listQuery.limit,
})
