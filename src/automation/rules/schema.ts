import { type Static, Type } from 'typebox'
import {
  Id,
  MomentOut,
  MomentText,
  Version,
  listQuery,
  literals,
  nullable,
  object,
  optional,
  oneLine,
  text,
} from '../../http/schemas.ts'
import { roles } from '../../permissions.ts'
import { lookNames } from './look-names.ts'

/** What a rule may do. A customer's login is no role for it. */
const ruleRoles = roles.filter((role) => role !== 'customer')

const operators = [
  'is',
  'is-not',
  'above',
  'at-least',
  'below',
  'at-most',
  'contains',
  'starts-with',
  'empty',
  'not-empty',
] as const

export const ConditionRows = object({
  match: literals(['all', 'any']),
  rows: Type.Array(
    object({
      field: Type.String({
        maxLength: 100,
        pattern: '^(event|document|party|source)(\\.[a-zA-Z][a-zA-Z0-9]{0,40}){1,4}$',
        'x-must': 'a field such as "document.totals.gross"',
      }),
      operator: literals(operators),
      value: text(200),
    }),
    { maxItems: 20 },
  ),
})

const actionNames = [
  'follow-up',
  'act',
  'change',
  'mail',
  'notify',
  'webhook',
  'ask-for-approval',
  'order-proposals',
] as const

const RuleAction = object({
  do: literals(actionNames, {
    description:
      'follow-up: make the next document; act: confirm, post, release, close or cancel it; change: set a field of a draft; mail: send the document to whom it concerns; notify: tell persons; webhook: send the event to a webhook; ask-for-approval: stands before the event, which needs the approval of `role`; order-proposals: make draft purchase orders of what is proposed of the vendor that the look found.',
  }),
  make: optional(
    text(40, { description: 'Of follow-up: what to make, as in the address: "delivery-notes".' }),
  ),
  post: optional(Type.Boolean({ description: 'Of follow-up: also post it. Left out: a draft.' })),
  action: optional(text(40, { description: 'Of act: "confirm", "post", "release", "close", "cancel".' })),
  field: optional(
    Type.String({ maxLength: 60, pattern: '^[a-zA-Z]+$', description: 'Of change: a field of the draft.' }),
  ),
  value: optional(
    nullable(text(500, { description: 'Of change: the new value. What stands in {braces} is filled in.' })),
  ),
  to: optional(
    literals(['creator', 'role', 'user'], {
      description: 'Of notify: who made the document (a role, where no person did), a role, or a person.',
    }),
  ),
  role: optional(
    literals(ruleRoles, { description: 'Of notify: whom to tell. Of ask-for-approval: who approves.' }),
  ),
  userId: optional(Id),
  text: optional(text(300, { description: 'Of notify. What stands in {braces} is filled in.' })),
  webhookId: optional(Id),
})
export type Action = Static<typeof RuleAction>

const fields = {
  name: oneLine(100, { minLength: 1 }),
  active: Type.Boolean({ description: 'False: it does nothing. What happens meanwhile is not made up for.' }),
  events: Type.Array(
    Type.String({
      pattern: '^(\\*|[a-z][a-z-]{0,60}\\.(\\*|[a-z][a-z-]{0,60}))$',
      'x-must': 'a type of events such as "invoice.posted", "invoice.*" for all of a kind, or "*" for all',
    }),
    { maxItems: 50, uniqueItems: true, description: 'When it runs; empty where it looks by the clock.' },
  ),
  look: nullable(
    literals(lookNames, { description: 'What it looks for by the clock; null where events start it.' }),
  ),
  lookEvery: nullable(literals(['hour', 'day'])),
  condition: text(2000, { description: 'In CEL; empty: always. Speaks of event, document, party, source.' }),
  conditionRows: nullable(ConditionRows),
  actions: Type.Array(RuleAction, { minItems: 1, maxItems: 10, description: 'Done in this order.' }),
  role: literals(ruleRoles, { description: 'What the rule may do. Not more than whoever makes it.' }),
}

export const RuleBody = object({
  name: fields.name,
  active: optional(fields.active),
  events: optional(fields.events),
  look: optional(fields.look),
  lookEvery: optional(fields.lookEvery),
  condition: optional(fields.condition),
  conditionRows: optional(fields.conditionRows),
  actions: fields.actions,
  role: fields.role,
})
export type RuleInput = Static<typeof RuleBody>
export const RulePatch = Type.Partial(Type.Object(fields))
export type RuleChanges = Static<typeof RulePatch>

export const RuleOut = object({
  id: Id,
  ...fields,
  recipe: nullable(Type.String({ description: 'The recipe that keeps this rule; it is changed there.' })),
  version: Version,
  createdAt: MomentOut,
})

const Result = object({
  do: Type.String(),
  done: Type.Boolean(),
  text: Type.String({ description: 'What was done, or why not.' }),
  kind: optional(Type.String()),
  id: optional(Id),
  number: optional(nullable(Type.String())),
})
export type Result = Static<typeof Result>

const states = ['waiting', 'done', 'skipped', 'failed'] as const
export const RunOut = object({
  id: Id,
  ruleId: Id,
  rule: Type.String({ description: 'Name of the rule.' }),
  eventId: nullable(Id),
  eventType: nullable(Type.String({ description: 'Null: it was found at a look.' })),
  objectKind: Type.String(),
  objectId: Id,
  objectNumber: nullable(Type.String()),
  state: literals(states),
  reason: nullable(Type.String({ description: 'Why it did what it did, or did nothing.' })),
  results: Type.Array(Result),
  attempts: Type.Integer({ minimum: 0 }),
  nextAt: nullable(MomentOut),
  createdAt: MomentOut,
  endedAt: nullable(MomentOut),
})

export const runQuery = object({
  sort: optional(Type.String({ maxLength: 60, description: 'createdAt or -createdAt (newest first).' })),
  cursor: listQuery.cursor,
  limit: listQuery.limit,
  ruleId: optional(Id),
  objectId: optional(Id),
  state: optional(literals(states)),
})
export type RunFilters = Pick<Static<typeof runQuery>, 'ruleId' | 'objectId' | 'state'>

export const DryRunBody = object({
  rule: RuleBody,
  since: Type.Unsafe<string>({ ...MomentText, description: 'Events from this moment on, the newest first.' }),
})
export const DryRunOut = object({
  looked: Type.Integer({ description: 'Events (or documents, of a look) that were tried: at most 200.' }),
  matched: Type.Integer({ description: 'Of these, for how many something would be done.' }),
  items: Type.Array(
    object({
      eventId: nullable(Id),
      eventType: nullable(Type.String()),
      at: nullable(MomentOut),
      objectKind: Type.String(),
      objectId: Id,
      objectNumber: nullable(Type.String()),
      matched: Type.Boolean(),
      reason: Type.String(),
      would: Type.Array(Type.String({ description: 'What would be done, as the document is now.' })),
    }),
  ),
})
export type DryRun = Static<typeof DryRunOut>
