import { Type } from 'typebox'
import { type AnyRoute, route } from '../../http/route.ts'
import { Empty, IdParams, MomentText, listQuery, object, page } from '../../http/schemas.ts'
import { readBack } from '../../kernel/transaction.ts'
import { listDeliveries, listWebhooks, loadDelivery } from './list-webhooks.ts'
import { replayDelivery, replayFailed } from './replay.ts'
import {
  DeliveryOut,
  WebhookBody,
  WebhookOut,
  WebhookPatch,
  WebhookWithSecret,
  deliveryQuery,
} from './schema.ts'
import { testWebhook } from './test-webhook.ts'
import { loadWebhook } from './webhook-row.ts'
import { changeSecret, changeWebhook, createWebhook, deleteWebhook } from './write-webhooks.ts'

const tag = 'Webhooks'
const hidden = { secret: 'shown once, in the first answer; make a new one' }

export const webhookRoutes: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/webhooks',
    summary: 'List webhooks',
    description: 'Sorts by name and id.',
    tag,
    permission: 'webhooks:read',
    query: object({ sort: listQuery.sort, cursor: listQuery.cursor, limit: listQuery.limit }),
    response: page(WebhookOut),
    handle: (tx, { query, ctx }) => listWebhooks(tx, ctx.company.id, query),
  }),
  route({
    method: 'GET',
    path: '/webhooks/{id}',
    summary: 'Get a webhook, without its secret',
    tag,
    permission: 'webhooks:read',
    params: IdParams,
    response: WebhookOut,
    handle: (tx, { params, ctx }) => loadWebhook(tx, ctx.company.id, params.id),
  }),
  route({
    method: 'POST',
    path: '/webhooks',
    summary: 'Make a webhook: events from now on are sent to an address; its secret is shown once',
    description:
      'By the Standard Webhooks convention: signed, at least once, in order for each document, repeated for three days.',
    tag,
    permission: 'webhooks:write',
    body: WebhookBody,
    response: WebhookWithSecret,
    status: 201,
    example: {
      body: { name: 'Web shop', url: 'https://shop.example.com/zapas', events: ['invoice.*'] },
    },
    withoutSecrets: (answer) => ({ ...answer, ...hidden }),
    async handle(tx, { body, ctx }) {
      const { id, secret } = createWebhook(tx, ctx, body)
      return readBack(async () => ({ ...(await loadWebhook(tx, ctx.company.id, id)), secret }))
    },
  }),
  route({
    method: 'PATCH',
    path: '/webhooks/{id}',
    summary: 'Change a webhook, or stop and resume it',
    tag,
    permission: 'webhooks:write',
    params: IdParams,
    body: WebhookPatch,
    response: WebhookOut,
    async handle(tx, { params, body, ctx, ifMatch }) {
      await changeWebhook(tx, ctx, params.id, body, ifMatch)
      return readBack(() => loadWebhook(tx, ctx.company.id, params.id))
    },
  }),
  route({
    method: 'DELETE',
    path: '/webhooks/{id}',
    summary: 'Delete a webhook with its deliveries',
    tag,
    permission: 'webhooks:write',
    params: IdParams,
    response: Empty,
    status: 204,
    handle: (tx, { params, ctx, ifMatch }) => deleteWebhook(tx, ctx, params.id, ifMatch),
  }),
  route({
    method: 'POST',
    path: '/webhooks/{id}/new-secret',
    summary: 'Make a new secret; the former one signs beside it for 24 hours',
    tag,
    permission: 'webhooks:write',
    params: IdParams,
    response: WebhookWithSecret,
    withoutSecrets: (answer) => ({ ...answer, ...hidden }),
    async handle(tx, { params, ctx }) {
      const secret = await changeSecret(tx, ctx, params.id)
      return readBack(async () => ({ ...(await loadWebhook(tx, ctx.company.id, params.id)), secret }))
    },
  }),
  route({
    method: 'POST',
    path: '/webhooks/{id}/test',
    summary: 'Send a test event to a webhook',
    tag,
    permission: 'webhooks:write',
    params: IdParams,
    response: DeliveryOut,
    status: 201,
    async handle(tx, { params, ctx }) {
      const id = await testWebhook(tx, ctx, params.id)
      return readBack(() => loadDelivery(tx, ctx.company.id, id))
    },
  }),
  route({
    method: 'POST',
    path: '/webhooks/{id}/replay',
    summary: 'Send again what was given up since a moment and not received meanwhile',
    tag,
    permission: 'webhooks:write',
    params: IdParams,
    body: object({ from: MomentText }),
    response: object({ replayed: Type.Integer({ minimum: 0, description: 'How many are sent again.' }) }),
    async handle(tx, { params, body, ctx }) {
      return { replayed: await replayFailed(tx, ctx, params.id, body.from) }
    },
  }),
  route({
    method: 'GET',
    path: '/webhook-deliveries',
    summary: 'List what was sent and what waits, the newest first',
    tag,
    permission: 'webhooks:read',
    query: deliveryQuery,
    response: page(DeliveryOut),
    handle: (tx, { query, ctx }) => listDeliveries(tx, ctx.company.id, query),
  }),
  route({
    method: 'GET',
    path: '/webhook-deliveries/{id}',
    summary: 'Get a delivery',
    tag,
    permission: 'webhooks:read',
    params: IdParams,
    response: DeliveryOut,
    handle: (tx, { params, ctx }) => loadDelivery(tx, ctx.company.id, params.id),
  }),
  route({
    method: 'POST',
    path: '/webhook-deliveries/{id}/replay',
    summary: 'Send an event once more',
    tag,
    permission: 'webhooks:write',
    params: IdParams,
    response: DeliveryOut,
    status: 201,
    async handle(tx, { params, ctx }) {
      const id = await replayDelivery(tx, ctx, params.id)
      return readBack(() => loadDelivery(tx, ctx.company.id, id))
    },
  }),
]
