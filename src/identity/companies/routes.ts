import { type AnyRoute, route } from '../../http/route.ts'
import { readBack } from '../../kernel/transaction.ts'
import { changeCompany } from './change-company.ts'
import { loadCompanyRow } from './company-row.ts'
import { CompanyOut, CompanyPatch } from './schema.ts'

const tag = 'Company'

export const companyRoutes: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/company',
    summary: 'Get the settings of the company',
    tag,
    permission: 'company:read',
    response: CompanyOut,
    handle: (tx, { ctx }) => loadCompanyRow(tx, ctx.company.id),
  }),
  route({
    method: 'PATCH',
    path: '/company',
    summary: 'Change settings of the company',
    description: 'They hold for what is made from now on; documents keep what they were made with.',
    tag,
    permission: 'company:write',
    body: CompanyPatch,
    response: CompanyOut,
    example: { body: { timeZone: 'Europe/Warsaw', backOrders: true } },
    async handle(tx, { body, ctx, ifMatch }) {
      await changeCompany(tx, ctx, body, ifMatch)
      return readBack(() => loadCompanyRow(tx, ctx.company.id))
    },
  }),
]
