import { Readable } from 'node:stream'
import type { Cell } from 'write-excel-file/node'
import { allowAlso } from '../../http/access.ts'
import { FileAnswer } from '../../http/file-answer.ts'
import { innerCalls } from '../../http/inner-call.ts'
import { type AnyRoute, route } from '../../http/route.ts'
import { type JsonSchema, plain } from '../../http/strict-schema.ts'
import { invalidRequest } from '../../http/validation.ts'
import type { Context } from '../../kernel/context.ts'
import { Problem } from '../../kernel/problem.ts'
import { type Database, inTransaction } from '../../kernel/transaction.ts'
import { byteOrderMark, csvLines } from '../files/csv.ts'
import { workbook } from '../files/workbook.ts'
import { csvCell, valueOf, xlsxCell } from './cells.ts'
import { type ViewColumn, ViewExportQuery, readColumns } from './columns.ts'

/** Rows of one question to the list. */
const pageSize = 200
/** A workbook is made as a whole in memory; a CSV file has no end. */
const mostRowsOfWorkbook = 50_000

interface ListAnswer {
  readonly items: readonly unknown[]
  readonly nextCursor: string | null
}

/**
 * Every list of the API as a file: all rows that its filters leave, in its order, with the columns that are
 * asked for. The rows are the answers of the list itself, so an export shows what its reader may read and
 * nothing else. Each page is a transaction of its own: whoever downloads slowly holds nothing open.
 */
export function viewExportRoutes(routes: readonly AnyRoute[]): readonly AnyRoute[] {
  const lists = new Map(
    routes.flatMap((each) => {
      const row = each.method === 'GET' && !each.path.includes('{') ? rowOf(each) : null
      return row === null || !each.permission.includes(':') ? [] : [[each.path.slice(1), { list: each, row }]]
    }),
  )
  const read = innerCalls(routes)
  return [
    route({
      method: 'GET',
      path: '/exports',
      summary: 'Save a list as a CSV or XLSX file',
      description: `All rows that the filters leave; an XLSX file has ${mostRowsOfWorkbook} at the most. A text that a spreadsheet would run as a formula gets an apostrophe in front in CSV. Needs the permission of the list.`,
      tag: 'exports',
      permission: 'member',
      query: ViewExportQuery,
      response: undefined,
      file: '*/*',
      async handle(_, { ctx, query, surroundings }) {
        const found = lists.get(query.list)
        if (found === undefined)
          throw invalidRequest([
            { pointer: 'list', message: `must be one of: ${[...lists.keys()].join(', ')}` },
          ])
        allowAlso(ctx, found.list.permission)
        const columns = readColumns(query.columns, found.row)
        const pages = pagesOf(read, surroundings.db, ctx, query.list, query.search ?? '')
        // What is wrong with the filters is refused, and not found out in the middle of a file.
        const first = (await pages.next()).value ?? []
        const name = `${query.name ?? query.list.replace('/', '-')} ${ctx.today}.${query.format}`
        return query.format === 'csv'
          ? new FileAnswer(
              name,
              () => Promise.resolve(Readable.from(csvOf(first, pages, columns, ctx))),
              'text/csv; charset=utf-8',
            )
          : new FileAnswer(
              name,
              () => xlsxOf(first, pages, columns, ctx),
              'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
            )
      },
    }),
  ]
}

/** The schema of a row where the answer is a page of a list; null elsewhere. */
function rowOf({ response }: AnyRoute): JsonSchema | null {
  if (response === undefined) return null
  const { properties } = plain(response) as { properties?: Record<string, JsonSchema> }
  const items = properties?.['nextCursor'] === undefined ? undefined : properties['items']?.items
  return (items as JsonSchema | undefined) ?? null
}

type Page = readonly unknown[]

async function* pagesOf(
  read: ReturnType<typeof innerCalls>,
  db: Database,
  ctx: Context,
  list: string,
  search: string,
): AsyncGenerator<Page, undefined> {
  const { partyId, company } = ctx
  for (let cursor: string | null = null; ;) {
    const query = new URLSearchParams(search)
    query.set('limit', String(pageSize))
    if (cursor === null) query.delete('cursor')
    else query.set('cursor', cursor)
    const call = read('GET', `/${list}?${query.toString()}`, undefined, ctx)
    const scope = { companyId: company.id, partyId }
    const { items, nextCursor } = (await inTransaction(db, scope, (tx) => call.run(tx), {
      readOnly: true,
    })) as ListAnswer
    yield items
    if (nextCursor === null) return
    cursor = nextCursor
  }
}

async function* csvOf(
  first: Page,
  rest: AsyncIterable<Page>,
  columns: readonly ViewColumn[],
  ctx: Context,
): AsyncGenerator<string> {
  const page = (rows: Page) =>
    csvLines(rows.map((row) => columns.map((column) => csvCell(valueOf(row, column), ctx))))
  yield byteOrderMark + csvLines([columns.map(({ title }) => csvCell(title, ctx))]) + page(first)
  for await (const rows of rest) yield page(rows)
}

async function xlsxOf(
  first: Page,
  rest: AsyncIterable<Page>,
  columns: readonly ViewColumn[],
  ctx: Context,
): Promise<Uint8Array> {
  const sheet: Cell[][] = []
  const add = (rows: Page) => {
    if (sheet.length + rows.length > mostRowsOfWorkbook)
      throw new Problem(
        422,
        'too-many-rows',
        `An XLSX file has ${mostRowsOfWorkbook} rows at the most and this list has more. Narrow it by a filter, or save it as CSV.`,
      )
    for (const row of rows) sheet.push(columns.map((column) => xlsxCell(valueOf(row, column), ctx)))
  }
  add(first)
  for await (const rows of rest) add(rows)
  return workbook(
    columns.map(({ title }) => title),
    sheet,
  )
}
