import { Readable } from 'node:stream'
import type { Cell } from 'write-excel-file/node'
import { allowAlso } from '../../http/access.ts'
import { FileAnswer } from '../../http/file-answer.ts'
import { type InnerCall, innerCalls } from '../../http/inner-call.ts'
import { type AnyRoute, route } from '../../http/route.ts'
import { type JsonSchema, plain } from '../../http/strict-schema.ts'
import { invalidRequest } from '../../http/validation.ts'
import type { Context } from '../../kernel/context.ts'
import { Problem } from '../../kernel/problem.ts'
import { type Database, inTransaction } from '../../kernel/transaction.ts'
import { byteOrderMark, csvLines } from '../files/csv.ts'
import { workbook } from '../files/workbook.ts'
import { type Value, csvCell, valueOf, xlsxCell } from './cells.ts'
import {
  RowsExportBody,
  type ViewColumn,
  ViewExportQuery,
  mostChosen,
  readColumns,
  refuseUnknownColumns,
} from './columns.ts'
import { Readings } from './readings.ts'

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
  const listOf = (pointer: string, name: string, ctx: Context) => {
    const found = lists.get(name)
    if (found === undefined)
      throw invalidRequest([{ pointer, message: `must be one of: ${[...lists.keys()].join(', ')}` }])
    allowAlso(ctx, found.list.permission)
    return found
  }
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
        const columns = readColumns(query.columns, listOf('list', query.list, ctx).row)
        const pages = pagesOf(read, surroundings.db, ctx, query.list, query.search ?? '')
        return fileOf(query, columns, pages, readingsOf(read, surroundings.db, ctx), ctx)
      },
    }),
    route({
      method: 'POST',
      path: '/exports',
      summary: 'Save chosen rows of a list as a CSV or XLSX file',
      description: `Up to ${mostChosen} rows, by their ids, of a list that takes \`ids\`; else as \`GET /exports\`. Needs the permission of the list.`,
      tag: 'exports',
      permission: 'member',
      readOnly: true,
      body: RowsExportBody,
      response: undefined,
      file: '*/*',
      async handle(_, { ctx, body, surroundings }) {
        const { list, row } = listOf('/list', body.list, ctx)
        refuseUnknownColumns(body.columns, row, '/')
        if (!takesIds(list))
          throw invalidRequest([
            { pointer: '/list', message: 'must be a list whose rows can be asked for by `ids`' },
          ])
        const pages = pagesOfRows(read, surroundings.db, ctx, body)
        return fileOf(body, body.columns, pages, readingsOf(read, surroundings.db, ctx), ctx)
      },
    }),
  ]
}

/** The answer: what is wrong with the filters is refused, and not found out in the middle of a file. */
async function fileOf(
  asked: { readonly list: string; readonly format: 'csv' | 'xlsx'; readonly name?: string | undefined },
  columns: readonly ViewColumn[],
  pages: AsyncGenerator<Page, undefined>,
  readings: Readings,
  ctx: Context,
): Promise<FileAnswer | FileAnswer<Readable>> {
  const first = (await pages.next()).value ?? []
  const rows = cellsOf(first, pages, columns, readings)
  const name = `${asked.name ?? asked.list.replace('/', '-')} ${ctx.today}.${asked.format}`
  return asked.format === 'csv'
    ? new FileAnswer(
        name,
        () => Promise.resolve(Readable.from(csvOf(rows, columns, ctx))),
        'text/csv; charset=utf-8',
      )
    : new FileAnswer(
        name,
        () => xlsxOf(rows, columns, ctx),
        'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      )
}

function takesIds({ query }: AnyRoute): boolean {
  const { properties } = plain(query ?? {}) as { properties?: Record<string, JsonSchema> }
  return properties?.['ids'] !== undefined
}

/** The schema of a row where the answer is a page of a list; null elsewhere. */
function rowOf({ response }: AnyRoute): JsonSchema | null {
  if (response === undefined) return null
  const { properties } = plain(response) as { properties?: Record<string, JsonSchema> }
  const items = properties?.['nextCursor'] === undefined ? undefined : properties['items']?.items
  return (items as JsonSchema | undefined) ?? null
}

type Page = readonly unknown[]
type Call = ReturnType<typeof innerCalls>

async function* pagesOf(
  read: Call,
  db: Database,
  ctx: Context,
  list: string,
  search: string,
): AsyncGenerator<Page, undefined> {
  for (let cursor: string | null = null; ;) {
    const query = new URLSearchParams(search)
    query.set('limit', String(pageSize))
    if (cursor === null) query.delete('cursor')
    else query.set('cursor', cursor)
    const { items, nextCursor } = (await answerOf(
      read('GET', `/${list}?${query.toString()}`, undefined, ctx),
      db,
      ctx,
    )) as ListAnswer
    yield items
    if (nextCursor === null) return
    cursor = nextCursor
  }
}

/** Chosen rows in the order in which they were chosen, a page of the list at a time. */
async function* pagesOfRows(
  read: Call,
  db: Database,
  ctx: Context,
  {
    list,
    search = '',
    ids,
  }: { readonly list: string; readonly search?: string; readonly ids: readonly string[] },
): AsyncGenerator<Page, undefined> {
  for (let at = 0; at < ids.length; at += pageSize) {
    const wanted = ids.slice(at, at + pageSize)
    const query = new URLSearchParams(search)
    query.set('ids', wanted.join(','))
    for await (const page of pagesOf(read, db, ctx, list, query.toString())) {
      const found = new Map((page as { readonly id: string }[]).map((row) => [row.id, row]))
      yield wanted.flatMap((id) => found.get(id.toLowerCase()) ?? [])
    }
  }
}

function answerOf(call: InnerCall, db: Database, ctx: Context): Promise<unknown> {
  const scope = { companyId: ctx.company.id, partyId: ctx.partyId }
  return inTransaction(db, scope, (tx) => call.run(tx), { readOnly: true })
}

/** What other lists tell of a row, as far as the reader of the file may read them. */
function readingsOf(read: Call, db: Database, ctx: Context): Readings {
  return new Readings(async (address) => {
    const call = read('GET', address, undefined, ctx)
    return ctx.permissions.has(call.route.permission) ? answerOf(call, db, ctx) : null
  }, ctx)
}

/** The cells of a page after the other. */
async function* cellsOf(
  first: Page,
  rest: AsyncIterable<Page>,
  columns: readonly ViewColumn[],
  readings: Readings,
): AsyncGenerator<readonly Value[][]> {
  const cells = async (rows: Page) => {
    const read: Value[][] = []
    // One after the other: a file takes one connection to the database at a time.
    for (const row of rows) {
      const values: Value[] = []
      for (const column of columns) values.push(await valueOf(row, column, readings))
      read.push(values)
    }
    return read
  }
  yield await cells(first)
  for await (const rows of rest) yield await cells(rows)
}

async function* csvOf(
  pages: AsyncIterable<readonly Value[][]>,
  columns: readonly ViewColumn[],
  ctx: Context,
): AsyncGenerator<string> {
  let head = byteOrderMark + csvLines([columns.map(({ title }) => csvCell(title, ctx))])
  for await (const rows of pages) {
    yield head + csvLines(rows.map((row) => row.map((value) => csvCell(value, ctx))))
    head = ''
  }
}

async function xlsxOf(
  pages: AsyncIterable<readonly Value[][]>,
  columns: readonly ViewColumn[],
  ctx: Context,
): Promise<Uint8Array> {
  const sheet: Cell[][] = []
  for await (const rows of pages) {
    if (sheet.length + rows.length > mostRowsOfWorkbook)
      throw new Problem(
        422,
        'too-many-rows',
        `An XLSX file has ${mostRowsOfWorkbook} rows at the most and this list has more. Narrow it by a filter, or save it as CSV.`,
      )
    for (const row of rows) sheet.push(row.map((value) => xlsxCell(value, ctx)))
  }
  return workbook(
    columns.map(({ title }) => title),
    sheet,
  )
}
