import { Type } from 'typebox'
import {
  Id,
  MomentOut,
  MomentText,
  listQuery,
  literals,
  nullable,
  object,
  optional,
  text,
} from '../../http/schemas.ts'

export const EventOut = object({
  id: Id,
  at: MomentOut,
  actor: object({
    type: Type.String({ description: '"user", "key" or "system".' }),
    id: Type.String(),
    name: Type.String(),
  }),
  type: Type.String({ examples: ['sales-order.confirmed'] }),
  objectKind: Type.String(),
  objectId: Id,
  objectNumber: nullable(Type.String({ description: 'The present number of a document.' })),
  before: Type.Unknown({ description: 'The fields that changed, as they were; null when it was made.' }),
  after: Type.Unknown({ description: 'The fields that changed, as they became; null when it was deleted.' }),
  reason: nullable(Type.String()),
  requestId: nullable(Type.String({ description: 'The X-Request-Id of the answer that made it.' })),
})

export const eventQuery = object({
  sort: optional(Type.String({ maxLength: 60, description: 'id (oldest first) or -id.' })),
  cursor: listQuery.cursor,
  limit: listQuery.limit,
  objectKind: optional(text(60)),
  objectId: optional(Id),
  type: optional(text(100, { description: 'Such as "invoice.posted"; "invoice." for all of a kind.' })),
  about: optional(
    literals(['changes', 'messages'], {
      description: 'Messages: mails, prints and what a customer looked at by a link. Changes: all else.',
    }),
  ),
  actorId: optional(text(100)),
  from: optional(Type.Unsafe<string>({ ...MomentText, description: 'From this moment on.' })),
  to: optional(Type.Unsafe<string>({ ...MomentText, description: 'Before this moment.' })),
})
