import { Type } from 'typebox'
import { FileAnswer } from '../http/file-answer.ts'
import { type AnyRoute, route } from '../http/route.ts'
import {
  CurrencyCode,
  DateText,
  Id,
  IdParams,
  MomentOut,
  literals,
  nullable,
  object,
  optional,
  text,
} from '../http/schemas.ts'
import { notFound } from '../kernel/problem.ts'
import { readBack } from '../kernel/transaction.ts'
import { kinds, permissionFor } from '../kinds.ts'
import { findBatch, findBatchFile, mostInBatch, startBatch } from './batches.ts'
import { findKeptFile, listKept } from './kept.ts'
import { contentOfProducts } from './of-product.ts'
import {
  type PrintedKind,
  formsOf,
  keepDocument,
  modelOf,
  printContent,
  printDocument,
  printedKinds,
  renderedFile,
  requireDocument,
} from './print-document.ts'
import type { Form } from './print-model.ts'
import { forms } from './print-model.ts'
import { legalFieldsRoutes } from './legal-fields.ts'
import { printCountSheet } from './print-count-sheet.ts'
import { printStatement } from './print-statement.ts'
import { settingsRoutes } from './settings-routes.ts'
import { anyLanguage, listTemplates, presentTemplate, requireForm, saveTemplate } from './templates.ts'
import { Language, printLanguage, printLanguages } from './words.ts'

const tag = 'printing'
const AskedLanguage = optional(
  Type.String({
    pattern: '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$',
    maxLength: 35,
    description:
      "Left out: the party's, else the company's. Worded in English, Polish, Arabic, Hebrew and Chinese.",
  }),
)

const KeptOut = object({
  id: Id,
  form: Type.String(),
  language: Type.String(),
  fileName: Type.String(),
  pages: Type.Integer(),
  pdfSha256: Type.String(),
  replacedSigns: Type.Array(Type.String(), {
    description: 'Signs that no font has; `\uFFFD` stands for them in the file.',
  }),
  createdBy: Type.String(),
  createdAt: MomentOut,
})
const withoutContent = ({ contentSha256: _, ...kept }: Awaited<ReturnType<typeof listKept>>[number]) => kept

function routesOf(kind: PrintedKind): AnyRoute[] {
  const path = kind === 'payment' ? 'payments' : kinds[kind].path
  const title = kind === 'payment' ? 'payment' : kinds[kind].title
  const choice = formsOf(kind)
  const wanted = {
    language: AskedLanguage,
    form: optional(literals(choice as [Form, ...Form[]])),
  }
  const Wanted = Type.Object(wanted)
  return [
    route({
      method: 'GET',
      path: `/${path}/{id}/pdf`,
      summary: `Print a ${title}: PDF/A-3`,
      description:
        'Byte for byte what was kept of it, if anything was; else as it is now. A draft says so across the page. Signs that no font has are replaced, and named in the header `Zapas-Replaced-Signs`.',
      tag,
      permission: permissionFor(kind, 'read'),
      params: IdParams,
      query: Wanted,
      response: undefined,
      file: 'application/pdf',
      handle: (tx, { ctx, params, query }) => printDocument(tx, ctx, kind, params.id, query),
    }),
    route({
      method: 'POST',
      path: `/${path}/{id}/pdfs`,
      summary: `Keep a ${title} as it is handed over`,
      description:
        'The file is kept byte for byte and is what is printed from now on, whatever becomes of template and address. Kept already: answers that copy.',
      tag,
      permission: permissionFor(kind, 'write'),
      params: IdParams,
      body: Wanted,
      bodyOptional: true,
      response: KeptOut,
      handle: async (tx, { ctx, params, body }) =>
        withoutContent(await keepDocument(tx, ctx, kind, params.id, body ?? {})),
    }),
    route({
      method: 'GET',
      path: `/${path}/{id}/pdfs`,
      summary: `What was kept of a ${title}, the latest first`,
      tag,
      permission: permissionFor(kind, 'read'),
      params: IdParams,
      response: object({ items: Type.Array(KeptOut) }),
      handle: async (tx, { ctx, params }) => {
        await requireDocument(tx, ctx, kind, params.id)
        return { items: (await listKept(tx, ctx, params.id)).map(withoutContent) }
      },
    }),
    route({
      method: 'GET',
      path: `/${path}/{id}/pdfs/{pdfId}`,
      summary: `A kept copy of a ${title}, byte for byte`,
      tag,
      permission: permissionFor(kind, 'read'),
      params: Type.Object({ id: Id, pdfId: Id }),
      response: undefined,
      file: 'application/pdf',
      handle: async (tx, { ctx, params }) => {
        await requireDocument(tx, ctx, kind, params.id)
        const { fileName: name, pdf } = await findKeptFile(tx, ctx, params.id, params.pdfId)
        return new FileAnswer(name, async () => pdf)
      },
    }),
  ]
}

const BatchOut = object({
  id: Id,
  kind: Type.String(),
  state: literals(['waiting', 'running', 'done', 'failed']),
  printed: Type.Integer({ description: 'Documents that are through, those that failed among them.' }),
  total: Type.Integer(),
  failures: Type.Array(object({ id: Id, number: nullable(Type.String()), message: Type.String() })),
  pages: nullable(Type.Integer()),
  createdAt: MomentOut,
})
const BatchParams = Type.Object({ batchId: Id })

/** Many documents into one file. Those who may write: what counts is kept as it is handed over. */
function batchRoutesOf(kind: PrintedKind): AnyRoute[] {
  const path = kind === 'payment' ? 'payments' : kinds[kind].path
  const title = kind === 'payment' ? 'payment' : kinds[kind].title
  const permission = permissionFor(kind, 'write')
  return [
    route({
      method: 'POST',
      path: `/${path}/print-batches`,
      summary: `Print many documents into one PDF, in the background (${title})`,
      description: 'In the order given. Ask for the batch until it is `done`, then for its file.',
      tag,
      permission,
      body: object({
        ids: Type.Array(Id, { minItems: 1, maxItems: mostInBatch }),
        form: optional(literals(formsOf(kind) as [Form, ...Form[]])),
        language: AskedLanguage,
      }),
      response: BatchOut,
      status: 201,
      async handle(tx, { ctx, body }) {
        const id = await startBatch(tx, ctx, kind, body)
        return readBack(() => findBatch(tx, ctx, kind, id))
      },
    }),
    route({
      method: 'GET',
      path: `/${path}/print-batches/{batchId}`,
      summary: `How far a batch is (${title})`,
      tag,
      permission,
      params: BatchParams,
      response: BatchOut,
      handle: (tx, { ctx, params }) => findBatch(tx, ctx, kind, params.batchId),
    }),
    route({
      method: 'GET',
      path: `/${path}/print-batches/{batchId}/pdf`,
      summary: `The file of a batch that is done; kept for three days (${title})`,
      tag,
      permission,
      params: BatchParams,
      response: undefined,
      file: 'application/pdf',
      handle: (tx, { ctx, params }) => findBatchFile(tx, ctx, kind, params.batchId),
    }),
  ]
}

const statementRoute = route({
  method: 'GET',
  path: '/parties/{id}/statement/pdf',
  summary: 'Print the statement of account of a customer in one currency',
  tag,
  permission: 'invoice:read',
  params: IdParams,
  query: Type.Object({
    from: optional(DateText),
    to: optional({ ...DateText, description: 'Left out: today.' } as typeof DateText),
    currency: optional({
      ...CurrencyCode,
      description: "Left out: the party's, else the company's.",
    } as typeof CurrencyCode),
    language: AskedLanguage,
  }),
  response: undefined,
  file: 'application/pdf',
  handle: (tx, { ctx, params, query }) => printStatement(tx, ctx, params.id, query),
})

const labelRoute = route({
  method: 'GET',
  path: '/products/{id}/label/pdf',
  summary: 'Print labels of a product, one to a page',
  tag,
  permission: 'products:read',
  params: IdParams,
  query: Type.Object({
    copies: optional(Type.Integer({ minimum: 1, maximum: 500 })),
    language: AskedLanguage,
  }),
  response: undefined,
  file: 'application/pdf',
  handle: async (tx, { ctx, params, query }) => {
    const language = new Language(printLanguage(query.language, ctx.company.language))
    const lines = [{ productId: params.id, copies: query.copies ?? 1 }]
    const content = await contentOfProducts(tx, ctx, lines, language)
    return printContent(tx, ctx, 'product-label', content, language)
  },
})

const labelsRoute = route({
  method: 'POST',
  path: '/products/labels/pdf',
  summary: 'Print labels of several products, one to a page',
  tag,
  permission: 'products:read',
  readOnly: true,
  body: object({
    lines: Type.Array(object({ productId: Id, copies: Type.Integer({ minimum: 1, maximum: 500 }) }), {
      minItems: 1,
      maxItems: 200,
    }),
    language: AskedLanguage,
  }),
  response: undefined,
  file: 'application/pdf',
  handle: async (tx, { ctx, body }) => {
    const language = new Language(printLanguage(body.language, ctx.company.language))
    const content = await contentOfProducts(tx, ctx, body.lines, language)
    return printContent(tx, ctx, 'product-label', content, language)
  },
})

const countSheetRoute = route({
  method: 'GET',
  path: '/stock-counts/{id}/pdf',
  summary: 'Print the sheet of a stock count',
  description: 'In the order of the places. What the books have is only on it where it is not counted blind.',
  tag,
  permission: 'stock-adjustment:read',
  params: IdParams,
  query: Type.Object({ language: AskedLanguage }),
  response: undefined,
  file: 'application/pdf',
  handle: (tx, { ctx, params, query }) => printCountSheet(tx, ctx, params.id, query.language),
})

const FormParams = Type.Object({ form: Type.String({ maxLength: 40 }) })
/** Of which language's template something is said; left out: the one for all. */
const TemplateLanguage = optional(
  literals([anyLanguage, ...printLanguages], {
    description: "'any': the template for every language that has none of its own.",
  }),
)
const TemplateQuery = Type.Object({ language: TemplateLanguage })
const templateHead = {
  form: literals(forms),
  language: Type.String({ description: "'any': for every language that has none of its own." }),
  version: Type.Integer({ minimum: 1, description: '1: never changed.' }),
  changed: Type.Boolean({ description: 'It is not the one that Zapas brings.' }),
  changedBy: nullable(Type.String()),
  changedAt: nullable(MomentOut),
}
const Source = text(100_000, {
  description: 'Typst. Everything of the document is in `doc`; see docs/printing.md.',
})
const TemplateOut = object({
  ...templateHead,
  source: Type.String(),
  builtIn: Type.String(),
  versions: Type.Array(
    object({
      version: Type.Integer(),
      source: nullable(Type.String({ description: 'Null: a reset to the built-in one.' })),
      createdBy: Type.String(),
      createdAt: MomentOut,
    }),
  ),
})

const templateRoutes: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/templates',
    summary: 'The templates of printed documents',
    tag,
    permission: 'company:read',
    response: object({ items: Type.Array(object(templateHead)) }),
    handle: async (tx, { ctx }) => ({ items: await listTemplates(tx, ctx) }),
  }),
  route({
    method: 'GET',
    path: '/templates/{form}',
    summary: 'A template with its source, the built-in one and its versions',
    tag,
    permission: 'company:read',
    params: FormParams,
    query: TemplateQuery,
    response: TemplateOut,
    handle: (tx, { ctx, params, query }) =>
      presentTemplate(tx, ctx, requireForm(params.form), query.language ?? anyLanguage),
  }),
  route({
    method: 'PATCH',
    path: '/templates/{form}',
    summary: 'Save a template as a new version; documents kept before stay as they are',
    tag,
    permission: 'company:write',
    params: FormParams,
    query: TemplateQuery,
    body: object({ source: Source }),
    response: TemplateOut,
    async handle(tx, { ctx, params, query, body, ifMatch }) {
      const form = requireForm(params.form)
      const language = query.language ?? anyLanguage
      await saveTemplate(tx, ctx, { form, language }, body.source, ifMatch)
      return readBack(() => presentTemplate(tx, ctx, form, language))
    },
  }),
  route({
    method: 'POST',
    path: '/templates/{form}/reset',
    summary:
      'Go back to the template that Zapas brings (of a language: to the one for all); the versions stay',
    tag,
    permission: 'company:write',
    params: FormParams,
    query: TemplateQuery,
    response: TemplateOut,
    async handle(tx, { ctx, params, query, ifMatch }) {
      const form = requireForm(params.form)
      const language = query.language ?? anyLanguage
      await saveTemplate(tx, ctx, { form, language }, null, ifMatch)
      return readBack(() => presentTemplate(tx, ctx, form, language))
    },
  }),
  route({
    method: 'POST',
    path: '/templates/{form}/try',
    summary: 'Print a real document with a source that is not saved',
    tag,
    permission: 'company:write',
    params: FormParams,
    body: object({
      source: Source,
      documentId: {
        ...Id,
        description:
          'Of a statement: the customer; of a label: the product; of a count sheet: the stock count.',
      },
      language: AskedLanguage,
    }),
    readOnly: true,
    response: undefined,
    file: 'application/pdf',
    handle: async (tx, { ctx, params, body }) => {
      const form = requireForm(params.form)
      if (form === 'statement') return printStatement(tx, ctx, body.documentId, body, body.source)
      if (form === 'count-sheet') return printCountSheet(tx, ctx, body.documentId, body.language, body.source)
      if (form === 'product-label') {
        const language = new Language(printLanguage(body.language, ctx.company.language))
        const lines = [{ productId: body.documentId, copies: 1 }]
        const content = await contentOfProducts(tx, ctx, lines, language)
        return printContent(tx, ctx, form, content, language, body.source)
      }
      const kind = printedKinds.find((each) => formsOf(each).includes(form))
      if (kind === undefined) throw notFound('document of this form')
      const { printable, model } = await modelOf(tx, ctx, kind, body.documentId, {
        form,
        language: body.language,
      })
      return renderedFile(body.source, model, printable.date)
    },
  }),
]

export const printingRoutes: AnyRoute[] = [
  ...printedKinds.flatMap((kind) => [...routesOf(kind), ...batchRoutesOf(kind)]),
  statementRoute,
  labelRoute,
  labelsRoute,
  countSheetRoute,
  ...legalFieldsRoutes,
  ...templateRoutes,
  ...settingsRoutes,
]
