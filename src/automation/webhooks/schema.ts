import { type Static, Type } from 'typebox'
import {
  Id,
  MomentOut,
  Version,
  listQuery,
  literals,
  nullable,
  object,
  optional,
  oneLine,
  text,
} from '../../http/schemas.ts'

const fields = {
  name: oneLine(100, { minLength: 1, description: 'What it is for, such as "web shop".' }),
  url: text(2000, {
    minLength: 1,
    description: 'An https address. http only where internal addresses are allowed.',
  }),
  events: Type.Array(
    Type.String({
      pattern: '^(\\*|[a-z][a-z-]{0,60}\\.(\\*|[a-z][a-z-]{0,60}))$',
      examples: ['invoice.posted'],
      'x-must': 'a type of events such as "invoice.posted", "invoice.*" for all of a kind, or "*" for all',
    }),
    { minItems: 1, maxItems: 100, uniqueItems: true, description: 'Which events are sent.' },
  ),
  internalAllowed: Type.Boolean({
    description:
      'The address may lie inside (loopback, private networks) and use http. Only for programs of one’s own: whoever may set this can reach what this server can reach.',
  }),
  active: Type.Boolean({
    description:
      'False: nothing is sent. What happens meanwhile is not kept for it; what already waits is sent later.',
  }),
}

export const WebhookBody = object({
  name: fields.name,
  url: fields.url,
  events: fields.events,
  internalAllowed: optional(fields.internalAllowed),
  active: optional(fields.active),
})
export type WebhookInput = Static<typeof WebhookBody>

export const WebhookPatch = Type.Partial(Type.Object(fields))
export type WebhookChanges = Static<typeof WebhookPatch>

export const WebhookOut = object({
  id: Id,
  ...fields,
  pausedReason: nullable(Type.String({ description: 'Why Zapas itself made it inactive; null otherwise.' })),
  formerSecretUntil: nullable(
    Type.Unsafe<Date>({
      ...MomentOut,
      description: 'Until then what is sent is signed with the former secret too.',
    }),
  ),
  version: Version,
  createdAt: MomentOut,
})

export const WebhookWithSecret = object({
  ...WebhookOut.properties,
  secret: Type.String({
    description: 'Shown this once: what is received is verified with it (standardwebhooks.com).',
  }),
})

const states = ['waiting', 'delivered', 'failed'] as const

export const DeliveryOut = object({
  id: Id,
  webhookId: Id,
  eventId: Type.Unsafe<string>({
    ...Id,
    description: 'Sent as `webhook-id`, the same at every attempt and replay.',
  }),
  type: Type.String({ examples: ['invoice.posted'] }),
  objectKind: Type.String(),
  objectId: Id,
  state: literals(states),
  attempts: Type.Integer({ minimum: 0 }),
  nextAt: nullable(
    Type.Unsafe<Date>({ ...MomentOut, description: 'When it is tried next; null when it is over.' }),
  ),
  replay: Type.Boolean({ description: 'Sent again because somebody asked for it.' }),
  lastAt: nullable(MomentOut),
  lastStatus: nullable(
    Type.Integer({ description: 'HTTP status of the last answer; null when there was none.' }),
  ),
  lastError: nullable(Type.String({ description: 'What went wrong at the last attempt.' })),
  lastAnswer: nullable(
    Type.String({ description: 'The beginning of the last answer, at most 1,000 characters.' }),
  ),
  createdAt: MomentOut,
})

export const deliveryQuery = object({
  sort: optional(Type.String({ maxLength: 60, description: 'id (oldest first) or -id.' })),
  cursor: listQuery.cursor,
  limit: listQuery.limit,
  webhookId: optional(Id),
  eventId: optional(Id),
  state: optional(literals(states)),
})
export type DeliveryFilters = Pick<Static<typeof deliveryQuery>, 'webhookId' | 'eventId' | 'state'>
