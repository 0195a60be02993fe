import { type AnyRoute, route } from '../../http/route.ts'
import { IdParams, page } from '../../http/schemas.ts'
import { readBack } from '../../kernel/transaction.ts'
import { kinds, permissionFor } from '../../kinds.ts'
import { copyRoutes } from './copy-document.ts'
import { datesFrom } from './dates.ts'
import { listRuns, loadRun, tryAgain } from './runs.ts'
import { listSchedules, loadSchedule } from './schedule-row.ts'
import {
  DatesOut,
  DatesQuery,
  RunOut,
  ScheduleBody,
  ScheduleOut,
  SchedulePatch,
  recurringKinds,
  runQuery,
  scheduleQuery,
} from './schema.ts'
import { changeSchedule, repeatDocument, rhythmOf, setState } from './write-schedules.ts'

const tag = 'Recurring'
/** So many dates a form shows before the schedule is made. */
const previewed = 12

const repeatRoutes = recurringKinds.map((kind) => {
  const { path, title } = kinds[kind]
  return route({
    method: 'POST',
    path: `/${path}/{id}/schedules`,
    summary: `Repeat this ${title} on dates to come`,
    description:
      'The document is a pattern, whatever its state; what happens to it later changes nothing. Nobody lets a schedule do what he may not do himself.',
    tag,
    permission: permissionFor(kind, 'write'),
    params: IdParams,
    body: ScheduleBody,
    response: ScheduleOut,
    status: 201,
    previewable: true,
    async handle(tx, { params, body, ctx }) {
      const id = await repeatDocument(tx, ctx, kind, params.id, body)
      return readBack(() => loadSchedule(tx, ctx, id))
    },
  })
})

const stateRoutes = (['pause', 'resume', 'end'] as const).map((how) =>
  route({
    method: 'POST',
    path: `/recurring/{id}/${how}`,
    summary: {
      pause: 'Pause a schedule',
      resume: 'Let a paused schedule go on: dates that passed meanwhile are left out',
      end: 'End a schedule for good; what it made stays',
    }[how],
    tag,
    permission: 'recurring:write',
    params: IdParams,
    response: ScheduleOut,
    async handle(tx, { params, ctx, ifMatch }) {
      await setState(tx, ctx, params.id, how, ifMatch)
      return readBack(() => loadSchedule(tx, ctx, params.id))
    },
  }),
)

export const recurringRoutes: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/recurring',
    summary: 'List what is made again and again, the next date first',
    tag,
    permission: 'recurring:read',
    query: scheduleQuery,
    response: page(ScheduleOut),
    handle: (tx, { query, ctx }) => listSchedules(tx, ctx, query),
  }),
  route({
    method: 'GET',
    path: '/recurring/dates',
    summary: 'The first dates of a rhythm, before anything is made',
    tag,
    permission: 'recurring:read',
    query: DatesQuery,
    response: DatesOut,
    handle: async (_, { query }) => ({ dates: datesFrom(rhythmOf(query), 0, previewed) }),
  }),
  route({
    method: 'GET',
    path: '/recurring/{id}',
    summary: 'Get a schedule with its next dates',
    tag,
    permission: 'recurring:read',
    params: IdParams,
    response: ScheduleOut,
    handle: (tx, { params, ctx }) => loadSchedule(tx, ctx, params.id),
  }),
  route({
    method: 'PATCH',
    path: '/recurring/{id}',
    summary: 'Change how far a schedule goes and what it makes; the rhythm stays',
    tag,
    permission: 'recurring:write',
    params: IdParams,
    body: SchedulePatch,
    response: ScheduleOut,
    async handle(tx, { params, body, ctx, ifMatch }) {
      await changeSchedule(tx, ctx, params.id, body, ifMatch)
      return readBack(() => loadSchedule(tx, ctx, params.id))
    },
  }),
  route({
    method: 'GET',
    path: '/recurring/{id}/runs',
    summary: 'The log of a schedule: each date that has come and what became of it',
    tag,
    permission: 'recurring:read',
    params: IdParams,
    query: runQuery,
    response: page(RunOut),
    async handle(tx, { params, query, ctx }) {
      const { id } = await loadSchedule(tx, ctx, params.id)
      return listRuns(tx, ctx.company.id, id, query)
    },
  }),
  route({
    method: 'POST',
    path: '/recurring-runs/{id}/again',
    summary: 'Try at once what failed',
    tag,
    permission: 'recurring:write',
    params: IdParams,
    response: RunOut,
    async handle(tx, { params, ctx }) {
      await tryAgain(tx, ctx, params.id)
      return readBack(() => loadRun(tx, ctx.company.id, params.id))
    },
  }),
  ...stateRoutes,
  ...repeatRoutes,
  ...copyRoutes,
]
