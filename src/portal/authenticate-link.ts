import type { FastifyRequest } from 'fastify'
import { shortened } from '../http/outside.ts'
import type { Authenticate } from '../http/principal.ts'
import { readCompany } from '../identity/index.ts'
import { recordEvents } from '../journal/events.ts'
import { now } from '../kernel/clock.ts'
import type { Actor, Company, Context } from '../kernel/context.ts'
import { dateIn } from '../kernel/dates.ts'
import { type Row, sql, statement } from '../kernel/sql.ts'
import { type Database, type Transaction, inTransaction } from '../kernel/transaction.ts'
import type { PortalKind } from './links.ts'
import { hashToken, isToken } from './token.ts'

const linkColumns = {
  companyId: 'uuid',
  id: 'uuid',
  partyId: 'uuid',
  partyName: 'text',
  documentKind: 'text?',
  documentId: 'uuid?',
  correctsId: 'uuid?',
  expiresAt: 'timestamptz',
} as const

const findLink = statement(
  'find_portal_link',
  linkColumns,
  (p: { hash: string; now: Date }) => sql`
    select company_id, id, party_id, party_name, document_kind, document_id, corrects_id, expires_at
    from portal_link_by_hash(${p.hash}::text, ${p.now}::timestamptz)`,
)

const countUse = statement(
  'note_portal_use',
  { times: 'int' },
  (p: {
    companyId: string
    linkId: string
    action: string
    address: string
    agent: string
    now: Date
  }) => sql`
    insert into portal_uses as u (company_id, link_id, hour, action, address, agent, first_at, last_at)
    values (${p.companyId}, ${p.linkId}, date_trunc('hour', ${p.now}::timestamptz, 'UTC'), ${p.action}, ${p.address}, ${p.agent},
      ${p.now}, ${p.now})
    on conflict (company_id, link_id, hour, action, address, agent)
      do update set times = u.times + 1, last_at = excluded.last_at
    returning times`,
)

/** What a request does, as the list of uses calls it. Asking how a payment stands is no use of its own. */
function actionOf(method: string, url: string): string | null {
  if (method === 'GET' && url.includes('/payments/')) return null
  if (url.endsWith('/pdf')) return 'downloaded'
  if (url.endsWith('/acceptance')) return 'accepted'
  if (url.endsWith('/disputes')) return 'disputed'
  if (url.includes('/payments')) return 'paying'
  return 'opened'
}

/**
 * Finds the link whose token is in the address; what is done by it is noted. Unknown, expired and revoked
 * are the same: null.
 */
export function authenticateLinkBy(db: Database): Authenticate {
  return async (request) => {
    const { token } = request.params as { token?: string }
    if (token === undefined || !isToken(token)) return null
    const found = await inTransaction(
      db,
      { companyId: null },
      (tx) => tx.maybe(findLink, { hash: hashToken(token), now: now() }),
      { readOnly: true },
    )
    if (found === null) return null
    const { companyId, documentId, correctsId } = found
    const company = await inTransaction(db, { companyId }, (tx) => readCompany(tx, companyId), {
      readOnly: true,
    })
    if (company === null) return null
    const actor = { type: 'key', id: found.id, name: `${found.partyName} (customer link)` } as const
    const documents = documentId === null ? null : [documentId, ...(correctsId === null ? [] : [correctsId])]
    return {
      company,
      actor,
      role: 'portal',
      partyId: found.partyId,
      permissions: new Set(['portal']),
      link: { id: found.id, documents },
      done: () => inTransaction(db, { companyId }, (tx) => noteUse(tx, request, found, company, actor)),
    }
  }
}

/** Notes what was done by a link, and tells of it where it is seen or saved for the first time in an hour. */
async function noteUse(
  tx: Transaction,
  request: FastifyRequest,
  link: Row<typeof linkColumns>,
  company: Company,
  actor: Actor,
): Promise<void> {
  const action = actionOf(request.method, request.routeOptions.url ?? '')
  if (action === null) return
  const moment = now()
  const { times } = await tx.one(countUse, {
    companyId: company.id,
    linkId: link.id,
    action,
    address: shortened(request.ip),
    agent: agentOf(request.headers['user-agent']),
    now: moment,
  })
  // What is accepted, disputed or paid leaves an event of its own.
  if (times > 1 || (action !== 'opened' && action !== 'downloaded')) return
  const ctx: Context = {
    company,
    actor,
    role: 'portal',
    permissions: new Set(),
    partyId: null,
    now: moment,
    today: dateIn(company.timeZone, moment),
    requestId: request.id,
  }
  const kind = (link.documentKind as PortalKind | null) ?? 'party'
  const objectId = link.documentId ?? link.partyId
  recordEvents(tx, ctx, [
    { type: `${kind}.link-${action}`, objectKind: kind, objectId, after: { linkId: link.id } },
  ])
}

function agentOf(header: string | undefined): string {
  return (header ?? '').replaceAll(/[^\x20-\x7e]/g, ' ').slice(0, 200)
}
