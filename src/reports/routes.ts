import { Type } from 'typebox'
import { allowAlso } from '../http/access.ts'
import { type AnyRoute, route } from '../http/route.ts'
import { DateText, Id, literals, object } from '../http/schemas.ts'
import { reportFile } from './file.ts'
import type { Context } from '../kernel/context.ts'
import type { Transaction } from '../kernel/transaction.ts'
import type { Permission } from '../permissions.ts'
import type { Grouping } from './group-by.ts'
import { movementColumns, movementsReport } from './movements.ts'
import { type Period, periodQuery } from './period.ts'
import { purchasesColumns, purchasesReport } from './purchases.ts'
import { type Answer, type Columns, answerSchema, mostInFile, mostOnPage } from './report.ts'
import { salesColumns, salesReport } from './sales.ts'
import { stockValueColumns, stockValueReport } from './stock-value.ts'
import { taxesColumns, taxesReport } from './taxes.ts'

const tag = 'Reports'
const by = Type.Optional(literals(['product', 'party', 'month']))

const names = ['stock-value', 'movements', 'sales', 'purchases', 'taxes'] as const
/**
 * What is to be read for each: the documents that its figures are made of. Costs are read by whoever reads bills, but
 * what the stock is worth stands in its levels, and so is read with them.
 */
const needs: Readonly<Record<(typeof names)[number], readonly [Permission, ...Permission[]]>> = {
  'stock-value': ['stock:read'],
  movements: ['stock:read'],
  sales: ['bill:read', 'invoice:read', 'credit-note:read'],
  purchases: ['bill:read', 'vendor-credit:read'],
  taxes: ['bill:read', 'vendor-credit:read', 'invoice:read', 'credit-note:read'],
}
const alsoNeeded = (report: (typeof names)[number]): string =>
  `Also needs ${needs[report]
    .slice(1)
    .map((each) => `\`${each}\``)
    .join(', ')}.`
/** @throws 403 */
function allowReport(ctx: Context, report: (typeof names)[number]): void {
  for (const each of needs[report]) allowAlso(ctx, each)
}

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
    permission: needs['stock-value'][0],
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
    permission: needs.movements[0],
    query: object({ ...periodQuery, warehouseId: Type.Optional(Id) }),
    response: answerSchema(movementColumns),
    handle: (tx, { ctx, query }) => movementsReport(tx, ctx, query, mostOnPage),
  }),
  route({
    method: 'GET',
    path: '/reports/sales',
    summary: 'Sales, cost and margin by product, customer or month',
    description: alsoNeeded('sales'),
    tag,
    permission: needs.sales[0],
    query: object({ ...periodQuery, by }),
    response: answerSchema(salesColumns),
    handle: (tx, { ctx, query }) => {
      allowReport(ctx, 'sales')
      return salesReport(tx, ctx, query, mostOnPage)
    },
  }),
  route({
    method: 'GET',
    path: '/reports/purchases',
    summary: 'Purchases by product, vendor or month',
    description: alsoNeeded('purchases'),
    tag,
    permission: needs.purchases[0],
    query: object({ ...periodQuery, by }),
    response: answerSchema(purchasesColumns),
    handle: (tx, { ctx, query }) => {
      allowReport(ctx, 'purchases')
      return purchasesReport(tx, ctx, query, mostOnPage)
    },
  }),
  route({
    method: 'GET',
    path: '/reports/taxes',
    summary: 'Tax of sales and purchases by rate',
    description: alsoNeeded('taxes'),
    tag,
    permission: needs.taxes[0],
    query: object(periodQuery),
    response: answerSchema(taxesColumns),
    handle: (tx, { ctx, query }) => {
      allowReport(ctx, 'taxes')
      return taxesReport(tx, ctx, query)
    },
  }),
  route({
    method: 'GET',
    path: '/reports/{report}/file',
    summary: 'A report as CSV or XLSX, all rows of it',
    description: `As the report of that name, ${mostInFile} rows at the most, and for whoever may read that. CSV is UTF-8 with the mark that spreadsheets look for, decimals with a point; cells that a spreadsheet would run are made text.`,
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
      allowReport(ctx, report)
      const answer = await make[report](tx, ctx, query)
      return reportFile(ctx, report, answer, query.format ?? 'csv')
    },
  }),
]
