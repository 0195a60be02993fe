import type { FastifyRequest } from 'fastify'
import type { Authenticate, Principal } from '../http/principal.ts'
import { now } from '../kernel/clock.ts'
import { Problem, notFound } from '../kernel/problem.ts'
import { type Database, inTransaction } from '../kernel/transaction.ts'
import { findKey, noteUse } from './api-keys/find-key.ts'
import { isKey, prefixOf } from './api-keys/key-text.ts'
import type { Auth } from './auth.ts'
import { type Membership, findMemberships } from './companies/find-companies.ts'
import { loadCompany } from './companies/load-company.ts'
import { effectivePermissions, permissionsOfKey } from './effective-permissions.ts'
import { rememberedPrincipal } from './principal-cache.ts'
import { seenAs } from './see-as.ts'
import { type SignedIn, lacksSecondFactor } from './signed-in.ts'

/** What is open before the sign-in is complete: a one-time password replaced, a second factor set up. */
const openBefore = new Set(['/api/v1/me', '/api/v1/setup'])

/**
 * Finds out who a request comes from: by the API key of `Authorization: Bearer`, which belongs to one
 * company, or by the session cookie, with the company that `Zapas-Company` names (slug or id; without it
 * the first one joined).
 */
export function authenticateBy(db: Database, auth: Auth): Authenticate {
  return async (request) => {
    const company = headerOf(request, 'zapas-company').trim()
    const { authorization } = request.headers
    if (authorization !== undefined) {
      const key = /^Bearer +(\S+) *$/i.exec(authorization)?.[1]
      if (key === undefined || prefixOf(key) === null) return null
      return rememberedPrincipal(key, company, () => principalOfKey(db, key, company))
    }
    const session = sessionCookie(request.headers.cookie)
    if (session === null) return null
    const principal = await rememberedPrincipal(session, company, () =>
      principalOfSession(db, auth, session, company),
    )
    if (principal === null) return null
    refuseIncomplete(principal, request)
    return seenAs(principal, request)
  }
}

async function principalOfKey(db: Database, text: string, company: string): Promise<Principal | null> {
  const rows = await inTransaction(db, { companyId: null }, (tx) => findKey(tx, prefixOf(text)!), {
    readOnly: true,
  })
  // Prefixes are random, not unique: the hash decides.
  const key = rows.find((row) => isKey(text, row.hash))
  if (key === undefined || key.revokedAt !== null) return null
  if (key.expiresAt !== null && key.expiresAt <= now()) return null
  const [settings] = await Promise.all([loadCompany(db, key.companyId), noteUse(db, key)])
  if (settings === null) return null
  // Another company than the key's is, for this key, as good as none.
  if (company !== '' && company !== settings.slug && company.toLowerCase() !== settings.id) {
    throw notFound('company')
  }
  const permissions = permissionsOfKey(key)
  const { id, slug, name, demo } = settings
  const actor: SignedIn = {
    type: 'key',
    id: key.id,
    name: key.name,
    email: null,
    mustChangePassword: false,
    twoFactorEnabled: false,
    permissions,
    companies: [{ id, slug, name, demo, role: key.role }],
  }
  return { company: settings, actor, role: key.role, partyId: key.partyId, permissions }
}

async function principalOfSession(
  db: Database,
  auth: Auth,
  cookie: string,
  company: string,
): Promise<Principal | null> {
  const session = await auth.api.getSession({
    headers: new Headers({ cookie }),
    // The answer could not carry a new cookie; the web app renews it by GET /api/auth/get-session.
    query: { disableRefresh: true },
  })
  if (session === null) return null
  const { user } = session
  const memberships = await inTransaction(db, { companyId: null }, (tx) => findMemberships(tx, user.id), {
    readOnly: true,
  })
  const membership = choose(memberships, company)
  const settings = await loadCompany(db, membership.id)
  if (settings === null) throw notFound('company')
  const permissions = effectivePermissions(membership)
  const actor: SignedIn = {
    type: 'user',
    id: user.id,
    name: user.name,
    email: user.email,
    mustChangePassword: user.mustChangePassword,
    twoFactorEnabled: user.twoFactorEnabled ?? false,
    permissions,
    companies: memberships.map(({ id, slug, name, demo, role }) => ({ id, slug, name, demo, role })),
  }
  return { company: settings, actor, role: membership.role, partyId: membership.partyId, permissions }
}

/** A company that one does not belong to is answered like one that does not exist. */
function choose(memberships: readonly Membership[], company: string): Membership {
  const [first] = memberships
  if (first === undefined) {
    throw new Problem(
      403,
      'no-company',
      'Your account belongs to no company any more. An owner can add it again under Settings > Users.',
    )
  }
  if (company === '') return first
  const id = company.toLowerCase()
  const chosen = memberships.find((each) => each.slug === company || each.id === id)
  if (chosen === undefined) throw notFound('company')
  return chosen
}

function refuseIncomplete(principal: Principal, request: FastifyRequest): void {
  const actor = principal.actor as SignedIn
  if (openBefore.has(request.url.split('?', 1)[0]!)) return
  if (actor.mustChangePassword) {
    throw new Problem(
      403,
      'password-change-required',
      'You signed in with a one-time password. Choose one of your own first: POST /api/auth/change-password with currentPassword and newPassword.',
    )
  }
  if (!lacksSecondFactor(actor, principal.company)) return
  throw new Problem(
    403,
    'second-factor-required',
    `${principal.company.name} requires a second factor. Set one up first: POST /api/auth/two-factor/enable with your password, then /api/auth/two-factor/verify-totp with a code of your authenticator app.`,
  )
}

/** The session cookie as the browser sent it; its name has a prefix when it is secure. */
function sessionCookie(header: string | undefined): string | null {
  return /(?:^|; *)((?:__Host-)?better-auth\.session_token=[^;]+)/.exec(header ?? '')?.[1] ?? null
}

function headerOf(request: FastifyRequest, name: string): string {
  const value = request.headers[name]
  return typeof value === 'string' ? value : ''
}
