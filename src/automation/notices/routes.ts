import { Type } from 'typebox'
import { type AnyRoute, route } from '../../http/route.ts'
import { MomentText, listQuery, object, optional, page } from '../../http/schemas.ts'
import { listNotices, markRead } from './list-notices.ts'
import { NoticeOut } from './schema.ts'

const tag = 'Notices'

export const noticeRoutes: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/notices',
    summary: 'What rules have told you, the newest first',
    tag,
    permission: 'notices:read',
    query: object({
      sort: optional(Type.String({ maxLength: 60, description: '-id (newest first) or id.' })),
      cursor: listQuery.cursor,
      limit: listQuery.limit,
      unread: optional(Type.Boolean({ description: 'True: only what is not marked as read.' })),
    }),
    response: page(NoticeOut),
    description: 'Notices are told to persons; an API key has none.',
    async handle(tx, { query, ctx }) {
      return listNotices(tx, ctx.company.id, ctx.actor.type === 'user' ? ctx.actor.id : null, query)
    },
  }),
  route({
    method: 'POST',
    path: '/notices/read',
    summary: 'Mark your notices as read: all up to a moment, or those of a time',
    tag,
    permission: 'notices:write',
    body: object({
      upTo: Type.Unsafe<string>({ ...MomentText, description: 'What came later stays new.' }),
      from: optional(Type.Unsafe<string>({ ...MomentText, description: 'Left out: from the first one on.' })),
    }),
    response: object({ read: Type.Integer({ minimum: 0 }) }),
    async handle(tx, { body, ctx }) {
      if (ctx.actor.type !== 'user') return { read: 0 }
      const whose = { companyId: ctx.company.id, userId: ctx.actor.id }
      return {
        read: await markRead(tx, { ...whose, upTo: body.upTo, from: body.from ?? null, now: ctx.now }),
      }
    },
  }),
]
