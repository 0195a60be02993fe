import { recordEvents } from '../journal/events.ts'
import type { Context } from '../kernel/context.ts'
import { newId } from '../kernel/ids.ts'
import { notFound, ruleBroken } from '../kernel/problem.ts'
import { type Row, insertInto, sql, statement } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { allowAlso } from '../http/access.ts'
import { type AnyKind, permissionFor } from '../kinds.ts'
import { findParty } from '../parties/index.ts'
import { makeToken, pathOf } from './token.ts'

/** Kinds of documents that customers see by a link. */
export const portalKinds = ['sales-order', 'delivery-note', 'sales-return', 'invoice', 'credit-note'] as const
export type PortalKind = (typeof portalKinds)[number]

/** Days after which a link is over unless somebody says otherwise. */
export const usualDays = 90
export const mostDays = 730

const linkColumns = {
  id: 'uuid',
  partyId: 'uuid',
  documentKind: 'text?',
  documentId: 'uuid?',
  expiresAt: 'timestamptz',
  revokedAt: 'timestamptz?',
  revokedBy: 'text?',
  createdAt: 'timestamptz',
  createdBy: 'text',
  uses: 'int',
  lastUsedAt: 'timestamptz?',
} as const
type LinkRow = Row<typeof linkColumns>

const fields = sql`l.id, l.party_id, l.document_kind, l.document_id, l.expires_at, l.revoked_at, l.revoked_by, l.created_at,
  l.created_by, coalesce(u.times, 0)::int as uses, u.last_at as last_used_at`
const uses = sql`left join lateral (select sum(x.times) as times, max(x.last_at) as last_at from portal_uses x
  where x.company_id = l.company_id and x.link_id = l.id) u on true`

const selectLink = statement(
  'select_portal_link',
  linkColumns,
  (p: { companyId: string; id: string }) => sql`
    select ${fields} from portal_links l ${uses} where l.company_id = ${p.companyId} and l.id = ${p.id}`,
)
const selectLinksOfDocument = statement(
  'select_portal_links_of_document',
  linkColumns,
  (p: { companyId: string; documentId: string }) => sql`
    select ${fields} from portal_links l ${uses} where l.company_id = ${p.companyId} and l.document_id = ${p.documentId}
    order by l.id desc limit 100`,
)
const selectLinksOfParty = statement(
  'select_portal_links_of_party',
  linkColumns,
  (p: { companyId: string; partyId: string }) => sql`
    select ${fields} from portal_links l ${uses}
    where l.company_id = ${p.companyId} and l.party_id = ${p.partyId} and l.document_id is null order by l.id desc limit 100`,
)
const selectLatest = statement(
  'select_latest_portal_links',
  linkColumns,
  (p: { companyId: string; kinds: readonly string[] }) => sql`
    select ${fields} from portal_links l ${uses}
    where l.company_id = ${p.companyId} and coalesce(l.document_kind, 'parties') = any(${p.kinds}::text[]) order by l.id desc limit 100`,
)
const selectUses = statement(
  'select_portal_uses',
  {
    action: 'text',
    address: 'text',
    agent: 'text',
    firstAt: 'timestamptz',
    lastAt: 'timestamptz',
    times: 'int',
  },
  (p: { companyId: string; linkId: string }) => sql`
    select action, address, agent, first_at, last_at, times from portal_uses
    where company_id = ${p.companyId} and link_id = ${p.linkId} order by last_at desc, action limit 200`,
)
const selectDocument = statement(
  'select_document_for_link',
  { kind: 'text', state: 'text', number: 'text?', partyId: 'uuid?' },
  (p: { companyId: string; id: string }) => sql`
    select kind, state, number, party_id from documents where company_id = ${p.companyId} and id = ${p.id}`,
)
const setRevoked = statement(
  'revoke_portal_link',
  {},
  (p: { companyId: string; id: string; now: Date; by: string }) => sql`
    update portal_links set revoked_at = ${p.now}, revoked_by = ${p.by}
    where company_id = ${p.companyId} and id = ${p.id} and revoked_at is null`,
)
const insertLinks = insertInto('portal_links', [
  'companyId',
  'id',
  'partyId',
  'documentKind',
  'documentId',
  'tokenHash',
  'expiresAt',
  'createdAt',
  'createdBy',
])

/** A link that was made just now: the only time that its token is known. */
export interface MadeLink {
  readonly id: string
  readonly token: string
  /** Below the address of the installation: `/p/<token>`. */
  readonly path: string
  readonly expiresAt: Date
}

export type LinkTarget =
  | { readonly kind: PortalKind; readonly documentId: string }
  | { readonly partyId: string }

/**
 * Makes a link by which a customer sees one document (or, of a party, all of its open items) without a
 * sign-in, and answers it. For `{{link}}` in a mail: put the address of the installation before `path`.
 *
 * Every call makes another link, for only a hash of the token is kept: one mail, one link, which can be
 * revoked without those of other mails. It is over after `days` (90 unless said). Nothing is checked of what
 * the caller may do: ask for `portal-links:write` and for the permission to read the document before.
 *
 * @throws 404 without that document or party; 422 where a customer may not see it (a draft invoice).
 */
export async function makePortalLink(
  tx: Transaction,
  ctx: Context,
  target: LinkTarget,
  days: number = usualDays,
): Promise<MadeLink> {
  const about = await aboutOf(tx, ctx, target)
  const id = newId()
  const token = makeToken()
  const expiresAt = new Date(ctx.now.getTime() + days * 86_400_000)
  tx.write(insertLinks, {
    rows: [
      {
        companyId: ctx.company.id,
        id,
        partyId: about.partyId,
        documentKind: about.kind,
        documentId: about.documentId,
        tokenHash: token.hash,
        expiresAt,
        createdAt: ctx.now,
        createdBy: ctx.actor.name,
      },
    ],
  })
  recordEvents(tx, ctx, [
    {
      type: `${about.kind ?? 'party'}.link-made`,
      objectKind: about.kind ?? 'party',
      objectId: about.documentId ?? about.partyId,
      after: { linkId: id, expiresAt },
    },
  ])
  return { id, token: token.text, path: pathOf(token.text), expiresAt }
}

interface About {
  readonly partyId: string
  readonly kind: PortalKind | null
  readonly documentId: string | null
}

async function aboutOf(tx: Transaction, ctx: Context, target: LinkTarget): Promise<About> {
  const companyId = ctx.company.id
  if ('partyId' in target) {
    const party = await findParty(tx, companyId, target.partyId)
    if (!party) throw notFound('party')
    return { partyId: party.id, kind: null, documentId: null }
  }
  const document = await tx.maybe(selectDocument, { companyId, id: target.documentId })
  if (!document || document.kind !== target.kind || document.partyId === null) throw notFound('document')
  const shown = target.kind === 'sales-order' ? document.state !== 'cancelled' : document.state === 'posted'
  if (!shown) {
    throw ruleBroken(
      'not-for-customers',
      '/documentId',
      `A customer sees orders, and other documents once they are posted. This one is ${document.state}.`,
    )
  }
  return { partyId: document.partyId, kind: target.kind, documentId: target.documentId }
}

/** @throws 404 */
export async function loadLink(tx: Transaction, ctx: Context, id: string): Promise<LinkRow> {
  const link = await tx.maybe(selectLink, { companyId: ctx.company.id, id })
  if (!link) throw notFound('link')
  allowLink(ctx, link.documentKind)
  return link
}

/** A link shows what it is for: whoever may not read that has nothing to do with the link. */
export function allowLink(ctx: Context, kind: string | null): void {
  allowAlso(ctx, kind === null ? 'parties:read' : permissionFor(kind as AnyKind, 'read'))
}

export async function listLinks(
  tx: Transaction,
  ctx: Context,
  of: { readonly documentId?: string | undefined; readonly partyId?: string | undefined },
): Promise<LinkRow[]> {
  const companyId = ctx.company.id
  if (of.documentId !== undefined) {
    const links = await tx.all(selectLinksOfDocument, { companyId, documentId: of.documentId })
    for (const link of links) allowLink(ctx, link.documentKind)
    return links
  }
  if (of.partyId === undefined) {
    const kinds = ['parties', ...portalKinds].filter((kind) => ctx.permissions.has(`${kind}:read`))
    return tx.all(selectLatest, { companyId, kinds })
  }
  return tx.all(selectLinksOfParty, { companyId, partyId: of.partyId })
}

export async function listUses(tx: Transaction, ctx: Context, id: string) {
  await loadLink(tx, ctx, id)
  return tx.all(selectUses, { companyId: ctx.company.id, linkId: id })
}

/** Nobody comes by it any more. Revoking what is revoked changes nothing. */
export async function revokeLink(tx: Transaction, ctx: Context, id: string): Promise<void> {
  const link = await loadLink(tx, ctx, id)
  if (link.revokedAt !== null) return
  tx.write(setRevoked, { companyId: ctx.company.id, id, now: ctx.now, by: ctx.actor.name })
  recordEvents(tx, ctx, [
    {
      type: `${(link.documentKind as PortalKind | null) ?? 'party'}.link-revoked`,
      objectKind: link.documentKind ?? 'party',
      objectId: link.documentId ?? link.partyId,
      after: { linkId: id },
    },
  ])
}
