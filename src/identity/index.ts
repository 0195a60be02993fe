import type { AuthHandler } from '../http/auth-handler.ts'
import type { Authenticate } from '../http/principal.ts'
import type { AnyRoute } from '../http/route.ts'
import { apiKeyRoutes } from './api-keys/routes.ts'
import { type AuthOptions, createAuth } from './auth.ts'
import { authenticateBy } from './authenticate.ts'
import { companyRoutes } from './companies/routes.ts'
import { eventRoutes } from './events/routes.ts'
import { meRoutes } from './me.ts'
import { numberSeriesRoutes } from './number-series/routes.ts'
import { forgetPrincipals } from './principal-cache.ts'
import { preferenceRoutes } from './preferences/routes.ts'
import { userRoutes } from './users/routes.ts'

/** Who signs in, to which companies, what they may do there, and the record of what they did. */
export { createApiKey } from './api-keys/create-key.ts'
export { KeyBody } from './api-keys/schema.ts'
export { listApiKeys } from './api-keys/list-keys.ts'
export { revokeApiKey } from './api-keys/revoke-key.ts'
export { asSystem, systemActor, systemContext } from './as-system.ts'
export type { AuthOptions } from './auth.ts'
export { changeCompany, refuseUnknownLanguage, refuseUnknownTimeZone } from './companies/change-company.ts'
export {
  type CompanyName,
  type Membership,
  findAllCompanies,
  findMemberships,
} from './companies/find-companies.ts'
export { loadCompany, readCompany } from './companies/load-company.ts'
export { CompanyNameOut, Language, Slug, TimeZone } from './companies/schema.ts'
export { forgetPrincipals, forgetPrincipalsHere, tellOthersToForget } from './principal-cache.ts'
export { purgeSignIns } from './purge-sign-ins.ts'
export { isSignedIn } from './signed-in.ts'
export { addAccount } from './users/add-account.ts'
export { changeMembership } from './users/change-membership.ts'
export { addMember, createUser } from './users/create-user.ts'
export { giveOneTimePassword } from './users/give-one-time-password.ts'
export { listUsers } from './users/list-users.ts'
export { Email, Password, PersonName, UserBody } from './users/schema.ts'

export const routes: AnyRoute[] = [
  ...meRoutes,
  ...preferenceRoutes,
  ...companyRoutes,
  ...userRoutes,
  ...apiKeyRoutes,
  ...eventRoutes,
  ...numberSeriesRoutes,
]

/** What the server needs to let people and programs in. */
export interface SignIn {
  /** Answers everything under /api/auth. */
  readonly authHandler: AuthHandler
  readonly authenticate: Authenticate
}

export function createSignIn(options: AuthOptions): SignIn {
  const auth = createAuth(options)
  return {
    async authHandler(request) {
      const response = await auth.handler(request)
      // Somebody signed in or out, or changed a password: what is remembered of sessions may be over.
      if (request.method === 'POST') await forgetPrincipals()
      return response
    },
    authenticate: authenticateBy(options.db, auth),
  }
}
export { companiesDue } from './companies/companies-due.ts'
