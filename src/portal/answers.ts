import { recordEvents } from '../journal/events.ts'
import type { Context } from '../kernel/context.ts'
import { refuseStale, tidy, tidyOptional } from '../kernel/guards.ts'
import { newId } from '../kernel/ids.ts'
import { conflict, notFound, ruleBroken } from '../kernel/problem.ts'
import { sql, statement } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { permissionFor } from '../kinds.ts'
import { presentOrder } from '../orders/index.ts'
import { fingerprintOf, kindOfCovered, presentForCustomer } from './document.ts'
import { type PortalKind, allowLink, portalKinds } from './links.ts'

/** What a customer answers to a document by a link, and what the house says to that. */

const accept = statement(
  'accept_order_by_link',
  { at: 'timestamptz' },
  (p: {
    companyId: string
    orderId: string
    contentSha256: string
    linkId: string
    name: string
    address: string
    amount: string
    currency: string
    now: Date
  }) => sql`
    insert into portal_acceptances (company_id, order_id, content_sha256, link_id, name, address, amount, currency, at)
    values (${p.companyId}, ${p.orderId}, ${p.contentSha256}, ${p.linkId}, ${p.name}, ${p.address}, ${p.amount}::numeric, ${p.currency}, ${p.now})
    on conflict (company_id, order_id, content_sha256) do nothing returning at`,
)

/** Accepts the order as it is now. A second time, or by a second click, the first one counts. */
export async function acceptOrder(
  tx: Transaction,
  ctx: Context,
  id: string,
  name: string,
  address: string,
): Promise<void> {
  if ((await kindOfCovered(tx, ctx, id)) !== 'sales-order')
    throw conflict('not-an-order', 'Only an order or a quotation can be accepted.')
  const order = await presentOrder(tx, ctx, 'sales-order', id)
  if (order.state !== 'draft' && order.state !== 'confirmed')
    throw conflict('wrong-state', `This order is ${order.state}; it cannot be accepted any more.`)
  const accepted = await tx.maybe(accept, {
    companyId: ctx.company.id,
    orderId: id,
    contentSha256: fingerprintOf(order),
    linkId: ctx.actor.id,
    name: tidy(name, '/name'),
    address,
    amount: order.totals.gross.toFixed(),
    currency: order.currency,
    now: ctx.now,
  })
  if (accepted === null) return
  recordEvents(tx, ctx, [
    {
      type: 'sales-order.accepted',
      objectKind: 'sales-order',
      objectId: id,
      after: { acceptedBy: name.trim(), amount: order.totals.gross, currency: order.currency },
    },
  ])
}

/** So many open disputes a document may have; more is no conversation. */
const mostDisputes = 20

/** One at a time for a document: the count below would not see those that are on their way. */
const lockDisputes = statement(
  'lock_disputes_of_document',
  { locked: 'text' },
  (p: { documentId: string }) =>
    sql`select pg_advisory_xact_lock(hashtextextended('dispute ' || ${p.documentId}::text, 0))::text as locked`,
)

const dispute = statement(
  'dispute_by_link',
  { id: 'uuid' },
  (p: {
    companyId: string
    id: string
    linkId: string
    partyId: string
    kind: string
    documentId: string
    lineId: string | null
    lineText: string | null
    text: string
    name: string | null
    now: Date
  }) => sql`
    insert into portal_disputes (company_id, id, link_id, party_id, document_kind, document_id, line_id, line_text, text, name, at)
    select ${p.companyId}::uuid, ${p.id}::uuid, ${p.linkId}::uuid, ${p.partyId}::uuid, ${p.kind}::text, ${p.documentId}::uuid, ${p.lineId}::uuid,
      ${p.lineText}::text, ${p.text}::text, ${p.name}::text, ${p.now}::timestamptz
    where (select count(*) from portal_disputes d where d.company_id = ${p.companyId} and d.document_id = ${p.documentId}
      and d.resolved_at is null) < ${mostDisputes}::int
    returning id`,
)

export async function disputeDocument(
  tx: Transaction,
  ctx: Context,
  id: string,
  input: { lineId?: string | null; text: string; name?: string },
): Promise<void> {
  const kind = await kindOfCovered(tx, ctx, id)
  const document = await presentForCustomer(tx, ctx, kind, id)
  const lineId = input.lineId ?? null
  const line = lineId === null ? null : document.lines.find((each) => each.id === lineId)
  if (line === undefined) throw ruleBroken('unknown-line', '/lineId', 'This document has no such line.')
  const text = tidy(input.text, '/text')
  tx.write(lockDisputes, { documentId: id })
  const made = await tx.maybe(dispute, {
    companyId: ctx.company.id,
    id: newId(),
    linkId: ctx.actor.id,
    partyId: ctx.partyId!,
    kind,
    documentId: id,
    lineId,
    lineText: line === null ? null : line.description.slice(0, 2000),
    text,
    name: tidyOptional(input.name),
    now: ctx.now,
  })
  if (made === null)
    throw conflict(
      'too-many-disputes',
      `${mostDisputes} questions about this document are open already. Wait for an answer to them.`,
    )
  recordEvents(tx, ctx, [
    {
      type: `${kind}.disputed`,
      objectKind: kind,
      objectId: id,
      after: { disputeId: made.id, line: line?.description ?? null, text },
    },
  ])
}

const disputeColumns = {
  id: 'uuid',
  documentKind: 'text',
  documentId: 'uuid',
  lineId: 'uuid?',
  lineText: 'text?',
  text: 'text',
  name: 'text?',
  at: 'timestamptz',
  resolvedAt: 'timestamptz?',
  resolvedBy: 'text?',
  resolution: 'text?',
  version: 'int',
} as const
const disputeFields = sql`id, document_kind, document_id, line_id, line_text, text, name, at, resolved_at, resolved_by, resolution, version`

const selectDisputes = statement(
  'select_portal_disputes',
  disputeColumns,
  (p: { companyId: string; documentId: string }) => sql`
    select ${disputeFields} from portal_disputes where company_id = ${p.companyId} and document_id = ${p.documentId} order by id`,
)
const selectOpenDisputes = statement(
  'select_open_portal_disputes',
  disputeColumns,
  (p: { companyId: string; kinds: readonly string[] }) => sql`
    select ${disputeFields} from portal_disputes
    where company_id = ${p.companyId} and resolved_at is null and document_kind = any(${p.kinds}::text[]) order by id limit 200`,
)
const lockDispute = statement(
  'lock_portal_dispute',
  disputeColumns,
  (p: { companyId: string; id: string }) => sql`
    select ${disputeFields} from portal_disputes where company_id = ${p.companyId} and id = ${p.id} for no key update`,
)
const setResolved = statement(
  'resolve_portal_dispute',
  disputeColumns,
  (p: { companyId: string; id: string; now: Date; by: string; resolution: string }) => sql`
    update portal_disputes set resolved_at = ${p.now}, resolved_by = ${p.by}, resolution = ${p.resolution}, version = version + 1
    where company_id = ${p.companyId} and id = ${p.id} returning ${disputeFields}`,
)

/** Those of a document; without one, all that wait for an answer. */
export async function listDisputes(tx: Transaction, ctx: Context, documentId: string | undefined) {
  if (documentId === undefined) {
    const kinds = portalKinds.filter((kind) => ctx.permissions.has(permissionFor(kind, 'read')))
    return tx.all(selectOpenDisputes, { companyId: ctx.company.id, kinds })
  }
  const disputes = await tx.all(selectDisputes, { companyId: ctx.company.id, documentId })
  for (const each of disputes) allowLink(ctx, each.documentKind)
  return disputes
}

/** Answers a dispute; the customer reads the answer on the same page. */
export async function resolveDispute(
  tx: Transaction,
  ctx: Context,
  id: string,
  resolution: string,
  ifMatch: number | null,
) {
  const companyId = ctx.company.id
  const found = await tx.maybe(lockDispute, { companyId, id })
  if (!found) throw notFound('dispute')
  allowLink(ctx, found.documentKind)
  refuseStale(found.version, ifMatch)
  if (found.resolvedAt !== null) throw conflict('wrong-state', `${found.resolvedBy} resolved this already.`)
  const text = tidy(resolution, '/resolution')
  recordEvents(tx, ctx, [
    {
      type: `${found.documentKind as PortalKind}.dispute-resolved`,
      objectKind: found.documentKind,
      objectId: found.documentId,
      after: { disputeId: id, resolution: text },
    },
  ])
  return tx.one(setResolved, { companyId, id, now: ctx.now, by: ctx.actor.name, resolution: text })
}

const selectAcceptances = statement(
  'list_portal_acceptances',
  { contentSha256: 'text', name: 'text', amount: 'numeric', currency: 'text', at: 'timestamptz' },
  (p: { companyId: string; orderId: string }) => sql`
    select content_sha256, name, amount, currency, at from portal_acceptances
    where company_id = ${p.companyId} and order_id = ${p.orderId} order by at desc`,
)

/** Who accepted an order, and whether it is still that order. */
export async function listAcceptances(tx: Transaction, ctx: Context, id: string) {
  const [order, found] = await Promise.all([
    presentOrder(tx, ctx, 'sales-order', id),
    tx.all(selectAcceptances, { companyId: ctx.company.id, orderId: id }),
  ])
  const now = fingerprintOf(order)
  return found.map(({ contentSha256, ...each }) => ({ ...each, current: contentSha256 === now }))
}
