import { Type } from 'typebox'
import { type AnyRoute, route } from '../../http/route.ts'
import { IdParams, object, page } from '../../http/schemas.ts'
import { readBack } from '../../kernel/transaction.ts'
import { type DocumentKind, kinds, permissionFor } from '../../kinds.ts'
import { countApprovals, listApprovals, loadApproval } from './approval-row.ts'
import { askForApproval } from './ask.ts'
import { decide } from './decide.ts'
import { AnswerBody, ApprovalOut, AskBody, approvalCountQuery, approvalQuery } from './schema.ts'

const tag = 'Approvals'

const askRoutes = (Object.keys(kinds) as DocumentKind[]).map((kind) => {
  const { path, title } = kinds[kind]
  return route({
    method: 'POST',
    path: `/${path}/{id}/ask-for-approval`,
    summary: `Ask for the approvals that a draft ${title} needs`,
    description:
      'Whoever may give them is told. They are of this version of the draft: a change withdraws them.',
    tag,
    permission: permissionFor(kind, 'write'),
    params: IdParams,
    body: AskBody,
    bodyOptional: true,
    response: object({ items: Type.Array(ApprovalOut) }),
    status: 201,
    previewable: true,
    async handle(tx, { params, body, ctx, ifMatch }) {
      await askForApproval(tx, ctx, kind, params.id, body?.comment ?? null, ifMatch)
      return readBack(async () => {
        const { items } = await listApprovals(tx, ctx, { documentId: params.id, state: 'asked', limit: 50 })
        return { items }
      })
    },
  })
})

const answerRoutes = (['approve', 'refuse'] as const).map((how) =>
  route({
    method: 'POST',
    path: `/approvals/{id}/${how}`,
    summary: how === 'approve' ? 'Approve of a draft as it stands' : 'Refuse to approve of a draft',
    description:
      'By a person with the role that is asked, or an owner; never by the one who asked, unless that is an owner.',
    tag,
    permission: 'approvals:write',
    params: IdParams,
    body: AnswerBody,
    bodyOptional: true,
    response: ApprovalOut,
    async handle(tx, { params, body, ctx }) {
      await decide(tx, ctx, params.id, how === 'approve', body?.comment ?? null)
      return readBack(() => loadApproval(tx, ctx, params.id))
    },
  }),
)

export const approvalRoutes: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/approvals',
    summary: 'List what was asked to be approved, the newest first',
    description: 'Of documents that the caller may see. `state=asked` waits for an answer.',
    tag,
    permission: 'approvals:read',
    query: approvalQuery,
    response: page(ApprovalOut),
    handle: (tx, { query, ctx }) => listApprovals(tx, ctx, query),
  }),
  route({
    method: 'GET',
    path: '/approvals/count',
    summary: 'Count what was asked to be approved, up to 100',
    tag,
    permission: 'approvals:read',
    query: approvalCountQuery,
    response: object({
      count: Type.Integer({ minimum: 0 }),
      capped: Type.Boolean({ description: 'True: there are 100 or more.' }),
    }),
    handle: (tx, { query, ctx }) => countApprovals(tx, ctx, query),
  }),
  route({
    method: 'GET',
    path: '/approvals/{id}',
    summary: 'Get a question for approval and its answer',
    tag,
    permission: 'approvals:read',
    params: IdParams,
    response: ApprovalOut,
    handle: (tx, { params, ctx }) => loadApproval(tx, ctx, params.id),
  }),
  ...answerRoutes,
  ...askRoutes,
]
