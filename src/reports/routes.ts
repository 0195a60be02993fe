import { Type } from 'typebox'
import { type AnyRoute, route } from '../http/route.ts'
import { DateText, Id, literals, object } from '../http/schemas.ts'
import { forbidden } from '../kernel/problem.ts'
import { reportFile } from './file.ts'
import type { Context } from '../kernel/context.ts'
import type { Transaction } from '../kernel/transaction.ts'
import type { Grouping } from './group-by.ts'
import { movementColumns, movementsReport } from './movements.ts'
import { type Period, periodQuery } from './period.ts'
import { purchasesColumns, purchasesReport } from './purchases.ts'
import { type Answer, type Columns, answerSchema, mostInFile, mostOnPage } from './report.ts'
import { salesColumns, salesReport } from './sales.ts'
import { stockValueColumns, stockValueReport } from './stock-value.ts'
import { taxesColumns, taxesReport } from './taxes.ts'

const tag = 'Reports'
/** Costs and what vendors are paid stand in them: nothing for a customer's login. */
const money = 'bill:read'
const by = Type.Optional(literals(['product', 'party', 'month']))

const names = ['stock-value', 'movements', 'sales', 'purchases', 'taxes'] as const
type Asked = Period & { on?: string | undefined; warehouseId?: string | undefined; by?: Grouping | undefined }

/** Each report whole, for a file. */
const make: Readonly<
  Record<(typeof names)[number], (tx: Transaction, ctx: Context, asked: Asked) => Promise<Answer<Columns>>>
> = {
  'stock-value': (tx, ctx, asked) => stockValueReport(tx, ctx, asked, mostInFile),
  movements: (tx, ctx, asked) => movementsReport(tx, ctx, asked, mostInFile),
  sales: (tx, ctx, asked) => salesReport(tx, ctx, asked, mostInFile),
  purchases: (tx, ctx, asked) => purchasesReport(tx, ctx, asked, mostInFile),
  taxes: taxesReport,
}

export const routes: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/reports/stock-value',
    summary: 'What the stock was worth at the end of a day, by product and warehouse',
    tag,
    permission: money,
    query: object({
      on: Type.Optional({ ...DateText, description: 'Today when left out.' }),
      warehouseId: Type.Optional(Id),
    }),
    response: answerSchema(stockValueColumns),
    handle: (tx, { ctx, query }) => stockValueReport(tx, ctx, query, mostOnPage),
  }),
  route({
    method: 'GET',
    path: '/reports/movements',
    summary: 'What came and went by product between two balances',
    tag,
    permission: 'stock:read',
    query: object({ ...periodQuery, warehouseId: Type.Optional(Id) }),
    response: answerSchema(movementColumns),
    handle: (tx, { ctx, query }) => movementsReport(tx, ctx, query, mostOnPage),
  }),
  route({
    method: 'GET',
    path: '/reports/sales',
    summary: 'Sales, cost and margin by product, customer or month',
    tag,
    permission: money,
    query: object({ ...periodQuery, by }),
    response: answerSchema(salesColumns),
    handle: (tx, { ctx, query }) => salesReport(tx, ctx, query, mostOnPage),
  }),
  route({
    method: 'GET',
    path: '/reports/purchases',
    summary: 'Purchases by product, vendor or month',
    tag,
    permission: money,
    query: object({ ...periodQuery, by }),
    response: answerSchema(purchasesColumns),
    handle: (tx, { ctx, query }) => purchasesReport(tx, ctx, query, mostOnPage),
  }),
  route({
    method: 'GET',
    path: '/reports/taxes',
    summary: 'Tax of sales and purchases by rate',
    tag,
    permission: money,
    query: object(periodQuery),
    response: answerSchema(taxesColumns),
    handle: (tx, { ctx, query }) => taxesReport(tx, ctx, query),
  }),
  route({
    method: 'GET',
    path: '/reports/{report}/file',
    summary: 'A report as CSV or XLSX, all rows of it',
    description: `As the report of that name, ${mostInFile} rows at the most. CSV is UTF-8 with the mark that spreadsheets look for, decimals with a point; cells that a spreadsheet would run are made text.`,
    tag,
    permission: 'stock:read',
    params: object({ report: literals(names) }),
    query: object({
      ...periodQuery,
      on: Type.Optional(DateText),
      warehouseId: Type.Optional(Id),
      by,
      format: Type.Optional(literals(['csv', 'xlsx'])),
    }),
    file: '*/*',
    response: undefined,
    handle: async (tx, { ctx, params: { report }, query }) => {
      if (report !== 'movements' && !ctx.permissions.has(money))
        throw forbidden('This report shows costs. Your role does not see bills; ask an owner.')
      const answer = await make[report](tx, ctx, query)
      return reportFile(ctx, report, answer, query.format ?? 'csv')
    },
  }),
]
