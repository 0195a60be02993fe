import { Type } from 'typebox'
import { Id, MomentOut, nullable, object } from '../../http/schemas.ts'

export const NoticeOut = object({
  id: Id,
  text: Type.String(),
  objectKind: Type.String(),
  objectId: Id,
  objectNumber: nullable(Type.String()),
  rule: nullable(Type.String({ description: 'The rule that told it.' })),
  createdAt: MomentOut,
  readAt: nullable(MomentOut),
})
