import { type AnyRoute, route } from '../../http/route.ts'
import { Empty, IdParams, listQuery, object, page } from '../../http/schemas.ts'
import { readBack } from '../../kernel/transaction.ts'
import { dryRun } from './dry-run.ts'
import { listRuns, loadRun, runAgain } from './list-runs.ts'
import { listRules, loadRule } from './rule-row.ts'
import { DryRunBody, DryRunOut, RuleBody, RuleOut, RulePatch, RunOut, runQuery } from './schema.ts'
import { changeRule, createRule, deleteRule } from './write-rules.ts'

const tag = 'Rules'

export const ruleRoutes: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/rules',
    summary: 'List rules of automation',
    description: 'Sorts by name and id.',
    tag,
    permission: 'rules:read',
    query: object({ sort: listQuery.sort, cursor: listQuery.cursor, limit: listQuery.limit }),
    response: page(RuleOut),
    handle: (tx, { query, ctx }) => listRules(tx, ctx.company.id, query),
  }),
  route({
    method: 'GET',
    path: '/rules/{id}',
    summary: 'Get a rule',
    tag,
    permission: 'rules:read',
    params: IdParams,
    response: RuleOut,
    handle: (tx, { params, ctx }) => loadRule(tx, ctx.company.id, params.id),
  }),
  route({
    method: 'POST',
    path: '/rules',
    summary: 'Make a rule: when something happens, if a condition holds, something is done',
    description:
      'The condition is in CEL (cel.dev) and speaks of `event`, `document`, `party` and `source` as the API shows them; `conditionRows` is the same as rows of a form. It is made switched off unless `active` says otherwise.',
    tag,
    permission: 'rules:write',
    body: RuleBody,
    response: RuleOut,
    status: 201,
    example: {
      body: {
        name: 'Delivery notes for big orders',
        active: true,
        events: ['sales-order.confirmed'],
        condition: 'document.totals.gross > 1000',
        actions: [{ do: 'follow-up', make: 'delivery-notes' }],
        role: 'sales',
      },
    },
    async handle(tx, { body, ctx }) {
      const id = await createRule(tx, ctx, body)
      return readBack(() => loadRule(tx, ctx.company.id, id))
    },
  }),
  route({
    method: 'PATCH',
    path: '/rules/{id}',
    summary: 'Change a rule, or switch it on and off',
    tag,
    permission: 'rules:write',
    params: IdParams,
    body: RulePatch,
    response: RuleOut,
    async handle(tx, { params, body, ctx, ifMatch }) {
      await changeRule(tx, ctx, params.id, body, ifMatch)
      return readBack(() => loadRule(tx, ctx.company.id, params.id))
    },
  }),
  route({
    method: 'DELETE',
    path: '/rules/{id}',
    summary: 'Delete a rule with its log',
    tag,
    permission: 'rules:write',
    params: IdParams,
    response: Empty,
    status: 204,
    handle: (tx, { params, ctx, ifMatch }) => deleteRule(tx, ctx, params.id, ifMatch),
  }),
  route({
    method: 'POST',
    path: '/rules/dry-run',
    summary: 'Try a rule on what happened already: what would have matched, and what would be done',
    description: 'Reads and changes nothing. Documents are looked at as they are now.',
    tag,
    permission: 'rules:read',
    readOnly: true,
    body: DryRunBody,
    response: DryRunOut,
    handle: (tx, { body, ctx }) => dryRun(tx, ctx, body.rule, body.since),
  }),
  route({
    method: 'GET',
    path: '/rule-runs',
    summary: 'The log of rules: what was done and why, and why nothing was done; the newest first',
    tag,
    permission: 'rules:read',
    query: runQuery,
    response: page(RunOut),
    handle: (tx, { query, ctx }) => listRuns(tx, ctx.company.id, query),
  }),
  route({
    method: 'GET',
    path: '/rule-runs/{id}',
    summary: 'Get an entry of the log',
    tag,
    permission: 'rules:read',
    params: IdParams,
    response: RunOut,
    handle: (tx, { params, ctx }) => loadRun(tx, ctx.company.id, params.id),
  }),
  route({
    method: 'POST',
    path: '/rule-runs/{id}/again',
    summary: 'Try once more what failed',
    tag,
    permission: 'rules:write',
    params: IdParams,
    response: RunOut,
    async handle(tx, { params, ctx }) {
      await runAgain(tx, ctx.company.id, params.id, ctx.now)
      return readBack(() => loadRun(tx, ctx.company.id, params.id))
    },
  }),
]
