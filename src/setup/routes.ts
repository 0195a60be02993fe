import { type AnyRoute, route } from '../http/route.ts'
import { page } from '../http/schemas.ts'
import { CompanyNameOut, findAllCompanies, findMemberships, isSignedIn } from '../identity/index.ts'
import packageJson from '../../package.json' with { type: 'json' }
import type { Context } from '../kernel/context.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { addCompany } from './add-company.ts'
import { hasUsers } from './first-owner.ts'
import { setUpOwner } from './owner-in-browser.ts'
import { CompanyBody, OwnerBody, OwnerOut, SetupOut } from './schema.ts'

export const routes: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/setup',
    summary: 'Whether the installation has an owner yet, and the demo',
    tag: 'Set-up',
    permission: 'public',
    response: SetupOut,
    // Where customers have logins somebody made them, and theirs may not look at accounts.
    handle: async (tx, { ctx }) => ({
      needsOwner: ctx.partyId === null && !(await hasUsers(tx)),
      demoLoaded: ctx.partyId === null && (await findAllCompanies(tx)).some((company) => company.demo),
      version: packageJson.version,
    }),
  }),
  route({
    method: 'POST',
    path: '/setup/owner',
    summary: 'Make the first account, owner of the first company',
    description: 'Possible once, while there is no account at all. Sign in with it at /api/auth afterwards.',
    tag: 'Set-up',
    permission: 'public',
    body: OwnerBody,
    response: OwnerOut,
    status: 201,
    handle: (tx, { body, ctx }) => setUpOwner(tx, { now: ctx.now, requestId: ctx.requestId }, body),
  }),
  route({
    method: 'GET',
    path: '/companies',
    summary: 'List the companies that you belong to',
    tag: 'Company',
    permission: 'member',
    response: page(CompanyNameOut),
    handle: async (tx, { ctx }) => ({ items: await companiesOf(tx, ctx), nextCursor: null }),
  }),
  route({
    method: 'POST',
    path: '/companies',
    summary: 'Make another company and become its owner',
    description:
      'For the owner of a company, who must have chosen it (Zapas-Company). One in Poland (country PL) begins with the prefixes of documents that are usual there, and a warehouse with a Polish name.',
    tag: 'Company',
    permission: 'company:write',
    body: CompanyBody,
    response: CompanyNameOut,
    status: 201,
    example: { body: { name: 'Second company', currency: 'EUR' } },
    async handle(tx, { body, ctx }) {
      const { id, slug, name, demo, role } = await addCompany(tx, ctx, body)
      return { id, slug, name, demo, role }
    },
  }),
]

/** Read anew, so that a company just made is there; what a customer's login may not read, sign-in knew. */
async function companiesOf(tx: Transaction, ctx: Context) {
  if (ctx.actor.type === 'user' && ctx.partyId === null) {
    const own = await findMemberships(tx, ctx.actor.id)
    return own.map(({ id, slug, name, demo, role }) => ({ id, slug, name, demo, role }))
  }
  if (isSignedIn(ctx.actor)) return ctx.actor.companies
  const { id, slug, name } = ctx.company
  return [{ id, slug, name, demo: false, role: ctx.role }]
}
