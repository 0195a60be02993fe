import { randomBytes } from 'node:crypto'
import { difference, recordEvents } from '../../journal/events.ts'
import type { Context } from '../../kernel/context.ts'
import { refuseStale, tidy } from '../../kernel/guards.ts'
import { newId } from '../../kernel/ids.ts'
import { insertInto, sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { updateRow } from '../../kernel/update-row.ts'
import { refuseUnknownEvents } from '../known-events.ts'
import { refuseAddress } from './addresses.ts'
import type { WebhookChanges, WebhookInput } from './schema.ts'
import { lockWebhook } from './webhook-row.ts'

/** Hours that the former secret goes on signing beside the new one. */
const formerSecretHours = 24

const columns = ['name', 'url', 'events', 'internalAllowed', 'active', 'pausedReason'] as const
const insertWebhooks = insertInto('webhooks', ['companyId', 'id', ...columns, 'secret', 'createdAt'])
const updateWebhook = updateRow('webhooks', columns)

const setSecret = statement(
  'set_webhook_secret',
  {},
  (p: { companyId: string; id: string; secret: string; until: Date }) => sql`
    update webhooks set former_secret = secret, former_secret_until = ${p.until}::timestamptz, secret = ${p.secret},
      version = version + 1
    where company_id = ${p.companyId} and id = ${p.id}`,
)

const deleteRow = statement(
  'delete_webhook',
  {},
  (p: { companyId: string; id: string }) =>
    sql`delete from webhooks where company_id = ${p.companyId} and id = ${p.id}`,
)

/** @returns the secret as well, to be shown once. */
export function createWebhook(
  tx: Transaction,
  ctx: Context,
  input: WebhookInput,
): { id: string; secret: string } {
  refuseUnknownEvents(input.events)
  const fields = complete({ internalAllowed: false, active: true, ...input })
  const id = newId()
  const secret = makeSecret()
  tx.write(insertWebhooks, {
    rows: [{ companyId: ctx.company.id, id, ...fields, pausedReason: null, secret, createdAt: ctx.now }],
  })
  recordEvents(tx, ctx, [{ type: 'webhook.created', objectKind: 'webhook', objectId: id, after: fields }])
  return { id, secret }
}

export async function changeWebhook(
  tx: Transaction,
  ctx: Context,
  id: string,
  changes: WebhookChanges,
  ifMatch: number | null,
): Promise<void> {
  const { version, pausedReason, ...row } = await lockWebhook(tx, ctx.company.id, id)
  refuseStale(version, ifMatch)
  refuseUnknownEvents(changes.events ?? [])
  const before = complete(row)
  const after = complete({ ...before, ...changes })
  const changed = difference(before, after)
  if (Object.keys(changed.after).length === 0) return
  // Whoever switches it on again has looked at the reason.
  const reason = after.active ? null : pausedReason
  tx.write(updateWebhook, { companyId: ctx.company.id, id, row: { ...after, pausedReason: reason } })
  recordEvents(tx, ctx, [{ type: 'webhook.changed', objectKind: 'webhook', objectId: id, ...changed }])
}

/** Makes a new secret; the former one signs beside it for a day, so that the receiver can change over. */
export async function changeSecret(tx: Transaction, ctx: Context, id: string): Promise<string> {
  await lockWebhook(tx, ctx.company.id, id)
  const secret = makeSecret()
  const until = new Date(ctx.now.getTime() + formerSecretHours * 3_600_000)
  tx.write(setSecret, { companyId: ctx.company.id, id, secret, until })
  recordEvents(tx, ctx, [{ type: 'webhook.secret-changed', objectKind: 'webhook', objectId: id }])
  return secret
}

/** Deletes it with its deliveries: what waits is not sent any more. */
export async function deleteWebhook(
  tx: Transaction,
  ctx: Context,
  id: string,
  ifMatch: number | null,
): Promise<void> {
  const { version, ...row } = await lockWebhook(tx, ctx.company.id, id)
  refuseStale(version, ifMatch)
  tx.write(deleteRow, { companyId: ctx.company.id, id })
  recordEvents(tx, ctx, [
    { type: 'webhook.deleted', objectKind: 'webhook', objectId: id, before: complete(row), after: null },
  ])
}

/** What may be set, checked. @throws 422 for an address that nothing is sent to. */
function complete(input: Required<WebhookInput>): Required<WebhookInput> {
  const url = tidy(input.url, '/url')
  refuseAddress(url, input.internalAllowed)
  return {
    name: tidy(input.name, '/name'),
    url,
    events: [...input.events],
    internalAllowed: input.internalAllowed,
    active: input.active,
  }
}

/** As standardwebhooks.com asks: 24 to 64 random bytes in base64 behind a prefix. */
function makeSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`
}
