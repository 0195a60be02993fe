import { Type } from 'typebox'
import {
  DecimalOut,
  Id,
  MomentOut,
  listQuery,
  literals,
  nullable,
  object,
  optional,
  text,
} from '../../http/schemas.ts'

const approvalStates = ['asked', 'given', 'refused', 'withdrawn'] as const
export type ApprovalState = (typeof approvalStates)[number]

export const ApprovalOut = object({
  id: Id,
  rule: Type.String({ description: 'The rule that wants it, as it was called.' }),
  role: Type.String({ description: 'Whoever has it, and every owner, may answer.' }),
  documentKind: Type.String(),
  documentId: Id,
  documentNumber: nullable(Type.String()),
  documentVersion: Type.Integer({ description: 'The version of the draft that it is about, and no other.' }),
  party: nullable(Type.String()),
  amount: nullable(DecimalOut),
  currency: nullable(Type.String()),
  state: literals(approvalStates, {
    description: 'withdrawn: the draft was changed since, or is none any more.',
  }),
  askedByName: Type.String(),
  askedAt: MomentOut,
  comment: nullable(Type.String()),
  decidedByName: nullable(Type.String()),
  decidedAt: nullable(MomentOut),
  answer: nullable(Type.String({ description: 'What was said with the answer.' })),
  mayDecide: Type.Boolean({ description: 'Whether the caller may approve or refuse it now.' }),
})

const filters = {
  documentId: optional(Id),
  state: optional(literals(approvalStates)),
  forMe: optional(Type.Boolean({ description: 'True: only what the caller may answer.' })),
}
export const approvalQuery = object({
  sort: optional(Type.String({ maxLength: 60, description: '-id (newest first) or id.' })),
  cursor: listQuery.cursor,
  limit: listQuery.limit,
  ...filters,
})
export const approvalCountQuery = object(filters)

export const AskBody = object({
  comment: optional(nullable(text(500, { description: 'For whoever approves; kept in the history.' }))),
})
export const AnswerBody = object({
  comment: optional(nullable(text(500, { description: 'Kept in the history.' }))),
})
