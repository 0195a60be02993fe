import { allowAlso } from '../../http/access.ts'
import { type AnyRoute, route } from '../../http/route.ts'
import { IdParams, object } from '../../http/schemas.ts'
import type { Context } from '../../kernel/context.ts'
import { readBack, type Transaction } from '../../kernel/transaction.ts'
import { Type } from 'typebox'
import type { Field, Importer } from '../imports/importer.ts'
import { importerOf, importers } from '../imports/importers.ts'
import {
  addImport,
  changeImport,
  deleteImport,
  largestFile,
  startImport,
  stopImport,
} from './change-imports.ts'
import { presentImport, presentItem } from './present-import.ts'
import { type ImportRow, loadImport, selectFaults, selectImports } from './records.ts'
import { rejectedRows } from './rejected-rows.ts'
import { FaultsOut, ImportChange, ImportItem, ImportOut, KindsOut, UploadQuery } from './schema.ts'

const tag = 'imports'
const permission = 'imports:write'
/** Records whose faults are shown; all of them are in the file of rejected rows. */
const shownRejects = 200

function allowed(ctx: Context): readonly Importer[] {
  return importers.filter((each) => ctx.permissions.has(each.permission))
}

function fieldOut(importer: Importer, field: Field) {
  return {
    name: field.name,
    title: field.title,
    type: field.type,
    required: field.required ?? false,
    key: importer.key.includes(field.name),
    choices: field.choices === undefined ? null : Object.keys(field.choices),
    description: field.description ?? null,
  }
}

async function load(tx: Transaction, ctx: Context, id: string): Promise<ImportRow> {
  const row = await loadImport(tx, { companyId: ctx.company.id, id })
  allowAlso(ctx, importerOf(row.what).permission)
  return row
}

function present(tx: Transaction, ctx: Context, id: string) {
  return readBack(async () => presentImport(await load(tx, ctx, id), ctx.company))
}

const startRoutes = (['check', 'run'] as const).map((how) =>
  route({
    method: 'POST',
    path: `/imports/{id}/${how}`,
    summary: {
      check: 'Try an import in the background: everything is done and taken back',
      run: 'Import a file in the background',
    }[how],
    tag,
    permission,
    params: IdParams,
    response: ImportOut,
    handle: async (tx, { ctx, params, ifMatch }) => {
      await startImport(tx, ctx, params.id, how === 'check', ifMatch)
      return present(tx, ctx, params.id)
    },
  }),
)

export const importRoutes: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/imports/kinds',
    summary: 'What can be imported, with its fields',
    description: 'Only what the permissions of the caller allow.',
    tag,
    permission,
    response: KindsOut,
    handle: async (_, { ctx }) => ({
      items: allowed(ctx).map((importer) => ({
        what: importer.what,
        title: importer.title,
        fields: importer.fields.map((field) => fieldOut(importer, field)),
      })),
    }),
  }),
  route({
    method: 'GET',
    path: '/imports',
    summary: 'The files that were sent to be imported, the last one first',
    description: 'They are kept for 14 days.',
    tag,
    permission,
    response: object({ items: Type.Array(ImportItem) }),
    handle: async (tx, { ctx }) => {
      const kinds = allowed(ctx).map((each) => each.what)
      const rows = await tx.all(selectImports, { companyId: ctx.company.id, kinds })
      return { items: rows.map(presentItem) }
    },
  }),
  route({
    method: 'POST',
    path: '/imports',
    summary: `Send a file to be imported: the body is the file, CSV or XLSX, of at most ${largestFile / 1024 / 1024} MiB`,
    description:
      'Its format and columns are proposed; nothing is imported yet. Needs the permission of what is imported besides.',
    tag,
    permission,
    query: UploadQuery,
    upload: largestFile,
    response: ImportOut,
    status: 201,
    handle: async (tx, { ctx, query, body }) =>
      present(tx, ctx, await addImport(tx, ctx, query.what, query.name, body as unknown as Buffer)),
  }),
  route({
    method: 'GET',
    path: '/imports/{id}',
    summary: 'An import: how the file is read, how far it is, and what came of it',
    tag,
    permission,
    params: IdParams,
    response: ImportOut,
    handle: async (tx, { ctx, params }) => presentImport(await load(tx, ctx, params.id), ctx.company),
  }),
  route({
    method: 'PATCH',
    path: '/imports/{id}',
    summary: 'Say how a file is to be read: its format, the columns of fields, what becomes of rows at fault',
    tag,
    permission,
    params: IdParams,
    body: ImportChange,
    response: ImportOut,
    handle: async (tx, { ctx, params, body, ifMatch }) => {
      await changeImport(tx, ctx, params.id, body, ifMatch)
      return present(tx, ctx, params.id)
    },
  }),
  ...startRoutes,
  route({
    method: 'POST',
    path: '/imports/{id}/stop',
    summary: 'Stop an import that waits or is under way',
    description:
      'Of all or nothing, nothing is kept; otherwise the batches that were written stay, and the rest is not read.',
    tag,
    permission,
    params: IdParams,
    response: ImportOut,
    handle: async (tx, { ctx, params, ifMatch }) => {
      await stopImport(tx, ctx, params.id, ifMatch)
      return present(tx, ctx, params.id)
    },
  }),
  route({
    method: 'GET',
    path: '/imports/{id}/faults',
    summary: 'What is wrong with rows of a file, by row and field',
    tag,
    permission,
    params: IdParams,
    response: FaultsOut,
    handle: async (tx, { ctx, params }) => {
      await load(tx, ctx, params.id)
      const key = { companyId: ctx.company.id, id: params.id }
      const found = await tx.all(selectFaults, { ...key, limit: shownRejects + 1 })
      return {
        items: found.slice(0, shownRejects).flatMap(({ faults }) => faults),
        more: found.length > shownRejects,
      }
    },
  }),
  route({
    method: 'GET',
    path: '/imports/{id}/rejected',
    summary: 'The rows at fault as a CSV file, each with what is wrong with it',
    tag,
    permission,
    params: IdParams,
    response: undefined,
    file: '*/*',
    handle: async (tx, { ctx, params, surroundings }) => {
      const row = await load(tx, ctx, params.id)
      return rejectedRows(surroundings.db, { companyId: ctx.company.id, id: row.id }, row)
    },
  }),
  route({
    method: 'DELETE',
    path: '/imports/{id}',
    summary: 'Delete the file of an import; what was imported stays',
    tag,
    permission,
    params: IdParams,
    response: undefined,
    status: 204,
    handle: (tx, { ctx, params, ifMatch }) => deleteImport(tx, ctx, params.id, ifMatch),
  }),
]
