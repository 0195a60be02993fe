import { Type } from 'typebox'
import { type AnyRoute, route } from '../http/route.ts'
import { Id, nullable, object } from '../http/schemas.ts'
import { CompanyNameOut } from './companies/schema.ts'
import { permissionsOfCaller } from './effective-permissions.ts'
import { isSignedIn, lacksSecondFactor } from './signed-in.ts'

const CompanyOfMe = object({
  id: Id,
  slug: Type.String(),
  name: Type.String(),
  currency: Type.String(),
  minorDigits: Type.Integer({ description: 'Decimals of the company currency.' }),
  timeZone: Type.String(),
  country: nullable(Type.String()),
  language: Type.String(),
  taxRounding: Type.String(),
  pricesIncludeTax: Type.Boolean(),
  backOrders: Type.Boolean(),
  reservationMinutes: Type.Integer(),
  paymentTermDays: Type.Integer(),
})

export const Me = object({
  type: Type.String({ description: '"user", or "key" for an API key.' }),
  id: Type.String(),
  name: Type.String(),
  email: nullable(Type.String({ description: 'Null for an API key.' })),
  mustChangePassword: Type.Boolean({
    description:
      'Signed in with a one-time password; everything else is refused until POST /api/auth/change-password.',
  }),
  twoFactorEnabled: Type.Boolean(),
  secondFactorMissing: Type.Boolean({
    description:
      'The company requires a second factor; everything else is refused until POST /api/auth/two-factor/enable and /verify-totp.',
  }),
  role: Type.String(),
  partyId: nullable(Type.String({ description: 'Of a customer’s login: whose documents it sees.' })),
  permissions: Type.Array(Type.String({ examples: ['sales-order:write'] })),
  company: CompanyOfMe,
  companies: Type.Array(CompanyNameOut, { description: 'All that this person belongs to.' }),
})

export const meRoutes: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/me',
    summary: 'Who is signed in, to which company, and what they may do',
    tag: 'Sign-in',
    permission: 'member',
    response: Me,
    async handle(_tx, { ctx }) {
      const { company, actor, role } = ctx
      const { id, slug, name, demo } = company
      const known = isSignedIn(actor) ? actor : null
      return {
        type: actor.type,
        id: actor.id,
        name: actor.name,
        email: known?.email ?? null,
        mustChangePassword: known?.mustChangePassword ?? false,
        twoFactorEnabled: known?.twoFactorEnabled ?? false,
        secondFactorMissing: known !== null && lacksSecondFactor(known, company),
        role,
        partyId: ctx.partyId,
        permissions: [...permissionsOfCaller(ctx)],
        company: {
          id,
          slug,
          name,
          currency: company.currency,
          minorDigits: company.minorDigits,
          timeZone: company.timeZone,
          country: company.country,
          language: company.language,
          taxRounding: company.taxRounding,
          pricesIncludeTax: company.pricesIncludeTax,
          backOrders: company.backOrders,
          reservationMinutes: company.reservationMinutes,
          paymentTermDays: company.paymentTermDays,
        },
        companies: known?.companies ?? [{ id, slug, name, demo, role }],
      }
    },
  }),
]
