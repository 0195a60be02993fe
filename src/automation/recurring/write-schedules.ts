import { allowAlso } from '../../http/access.ts'
import { difference, recordEvents } from '../../journal/events.ts'
import { madeBy } from '../../journal/made-by.ts'
import type { Context } from '../../kernel/context.ts'
import { refuseStale, tidy, tidyOptional } from '../../kernel/guards.ts'
import { newId } from '../../kernel/ids.ts'
import { conflict, ruleBroken } from '../../kernel/problem.ts'
import { insertInto } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { updateRow } from '../../kernel/update-row.ts'
import { permissionFor } from '../../kinds.ts'
import { type Rhythm, dateAt, firstDateOf } from './dates.ts'
import { type Schedule, lockSchedule } from './schedule-row.ts'
import type { RecurringKind, ScheduleChanges, ScheduleInput } from './schema.ts'
import { takeTemplate } from './template.ts'

const insertSchedules = insertInto('recurring_schedules', [
  'companyId',
  'id',
  'name',
  'kind',
  'sourceId',
  'partyId',
  'template',
  'every',
  'unit',
  'day',
  'firstDate',
  'lastDate',
  'times',
  'make',
  'prices',
  'missed',
  'state',
  'position',
  'nextDate',
  'role',
  'createdBy',
  'createdByUser',
  'version',
  'createdAt',
])
const changed = [
  'name',
  'lastDate',
  'times',
  'make',
  'prices',
  'missed',
  'state',
  'position',
  'nextDate',
] as const
const updateSchedule = updateRow('recurring_schedules', changed)

/** Repeats a document. @returns the id of the schedule */
export async function repeatDocument(
  tx: Transaction,
  ctx: Context,
  kind: RecurringKind,
  sourceId: string,
  input: ScheduleInput,
): Promise<string> {
  const make = input.make ?? 'draft'
  allowMaking(ctx, kind, make)
  const rhythm = rhythmOf(input)
  const first = dateAt(rhythm, 0)
  if (rhythm.firstDate < ctx.today)
    throw ruleBroken(
      'in-the-past',
      '/firstDate',
      `The first date would be ${rhythm.firstDate}; today is ${ctx.today}. Choose today or a later date.`,
    )
  if (first === null) throw nothingLeft('/lastDate')
  const { template, partyId, party } = await takeTemplate(tx, ctx, kind, sourceId)
  const id = newId()
  const row = {
    ...rhythm,
    name: tidyOptional(input.name) ?? party.slice(0, 100),
    make,
    prices: input.prices ?? 'original',
    missed: input.missed ?? 'each',
    state: 'active',
    position: 0,
    nextDate: first,
  }
  tx.write(insertSchedules, {
    rows: [
      {
        companyId: ctx.company.id,
        id,
        kind,
        sourceId,
        partyId,
        template,
        ...row,
        role: ctx.role,
        ...madeBy(ctx),
        version: 1,
        createdAt: ctx.now,
      },
    ],
  })
  recordEvents(tx, ctx, [
    {
      type: 'recurring-schedule.created',
      objectKind: 'recurring-schedule',
      objectId: id,
      after: { kind, sourceId, ...row },
    },
    {
      type: `${kind}.repeated`,
      objectKind: kind,
      objectId: sourceId,
      after: { schedule: row.name, nextDate: first },
    },
  ])
  return id
}

/** The rhythm that was asked for, from the first date that it meets. */
export function rhythmOf(
  asked: Pick<ScheduleInput, 'every' | 'unit' | 'day' | 'firstDate' | 'lastDate' | 'times'>,
): Rhythm {
  const { every, unit, lastDate = null, times = null } = asked
  const monthly = unit === 'month' || unit === 'year'
  if (!monthly && asked.day !== undefined)
    throw ruleBroken('no-day', '/day', 'Days of the month are for months and years; leave it out here.')
  const day = monthly ? (asked.day ?? Number(asked.firstDate.slice(8))) : null
  return {
    every,
    unit,
    day,
    firstDate: firstDateOf({ unit, day, firstDate: asked.firstDate }),
    lastDate,
    times,
  }
}

/** What a schedule does later its maker must be allowed to do now. @throws 403 */
function allowMaking(ctx: Context, kind: RecurringKind, make: string): void {
  allowAlso(ctx, permissionFor(kind, 'write'))
  if (make !== 'draft') allowAlso(ctx, permissionFor(kind, 'post'))
}

function nothingLeft(pointer: string) {
  return ruleBroken('no-dates', pointer, 'There would be no date at all. Choose a later last date.')
}

export async function changeSchedule(
  tx: Transaction,
  ctx: Context,
  id: string,
  changes: ScheduleChanges,
  ifMatch: number | null,
): Promise<void> {
  const schedule = await lockToChange(tx, ctx, id, ifMatch)
  const before = Object.fromEntries(changed.map((field) => [field, schedule[field]]))
  const next: Schedule = {
    ...schedule,
    ...(changes.name !== undefined && { name: tidy(changes.name, '/name') }),
    ...(changes.lastDate !== undefined && { lastDate: changes.lastDate }),
    ...(changes.times !== undefined && { times: changes.times }),
    make: changes.make ?? schedule.make,
    prices: changes.prices ?? schedule.prices,
    missed: changes.missed ?? schedule.missed,
  }
  allowMaking(ctx, schedule.kind, next.make)
  if (schedule.state === 'ended')
    throw conflict('wrong-state', 'This schedule has ended. Repeat the document again.')
  const nextDate = dateAt(next, schedule.position)
  if (nextDate === null)
    throw ruleBroken(
      'no-dates',
      changes.times === undefined ? '/lastDate' : '/times',
      'No date would be left. End the schedule instead.',
    )
  write(tx, ctx, { ...next, nextDate }, before, 'changed')
}

/** Pauses, goes on, or ends for good. Dates that pass during a pause are left out. @throws 409 */
export async function setState(
  tx: Transaction,
  ctx: Context,
  id: string,
  how: 'pause' | 'resume' | 'end',
  ifMatch: number | null,
): Promise<void> {
  const schedule = await lockToChange(tx, ctx, id, ifMatch)
  const before = Object.fromEntries(changed.map((field) => [field, schedule[field]]))
  const from = { pause: ['active'], resume: ['paused'], end: ['active', 'paused'] }[how]
  if (!from.includes(schedule.state))
    throw conflict(
      'wrong-state',
      `This schedule is ${schedule.state}; this needs it to be ${from.join(' or ')}.`,
    )
  if (how === 'pause') return write(tx, ctx, { ...schedule, state: 'paused' }, before, 'paused')
  if (how === 'end') return write(tx, ctx, { ...schedule, state: 'ended', nextDate: null }, before, 'ended')
  let { position } = schedule
  let nextDate = dateAt(schedule, position)
  while (nextDate !== null && nextDate < ctx.today) nextDate = dateAt(schedule, ++position)
  const state = nextDate === null ? 'ended' : 'active'
  return write(tx, ctx, { ...schedule, state, position, nextDate }, before, 'resumed')
}

/** Sets the next date of a schedule whose dates have come; it ends where none is left. */
export function advance(tx: Transaction, companyId: string, schedule: Schedule, position: number): void {
  const nextDate = dateAt(schedule, position)
  const row = { ...pick(schedule), position, nextDate, state: nextDate === null ? 'ended' : schedule.state }
  tx.write(updateSchedule, { companyId, id: schedule.id, row })
}

async function lockToChange(
  tx: Transaction,
  ctx: Context,
  id: string,
  ifMatch: number | null,
): Promise<Schedule> {
  const schedule = await lockSchedule(tx, ctx, id)
  allowAlso(ctx, permissionFor(schedule.kind, 'write'))
  refuseStale(schedule.version, ifMatch)
  return schedule
}

const pick = (schedule: Schedule) =>
  Object.fromEntries(changed.map((field) => [field, schedule[field]])) as Pick<
    Schedule,
    (typeof changed)[number]
  >

function write(
  tx: Transaction,
  ctx: Context,
  schedule: Schedule,
  was: object,
  what: 'changed' | 'paused' | 'resumed' | 'ended',
): void {
  const row = pick(schedule)
  const differs = difference(was, row)
  if (Object.keys(differs.after).length === 0) return
  tx.write(updateSchedule, { companyId: ctx.company.id, id: schedule.id, row })
  recordEvents(tx, ctx, [
    {
      type: `recurring-schedule.${what}`,
      objectKind: 'recurring-schedule',
      objectId: schedule.id,
      ...differs,
    },
  ])
}
