import { createHash } from 'node:crypto'
import { FileAnswer } from '../http/file-answer.ts'
import type { Context } from '../kernel/context.ts'
import { notFound, ruleBroken } from '../kernel/problem.ts'
import { sql, statement } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { type AnyKind, type InvoiceKind, type OrderKind, type ShipmentKind, kinds } from '../kinds.ts'
import { type House, findHouse, footerOf, houseBlock } from './house.ts'
import { type Kept, findKept, findKeptPdf, keep } from './kept.ts'
import { asSvg } from './logo.ts'
import { contentOfInvoice } from './of-invoice.ts'
import { contentOfOrder } from './of-order.ts'
import { contentOfPayment } from './of-payment.ts'
import { contentOfShipment } from './of-shipment.ts'
import type { Content, Form, PrintModel, Printable } from './print-model.ts'
import { renderPdf } from './render/renderer.ts'
import { currentSource } from './templates.ts'
import { blockApart, setApart } from './set-apart.ts'
import { Language, type Word, printLanguage } from './words.ts'

/** Kinds that are printed. */
export type PrintedKind = Exclude<AnyKind, 'stock-reservation'>
export const printedKinds: readonly PrintedKind[] = [...(Object.keys(kinds) as PrintedKind[]), 'payment']

/** The forms in which a kind is printed, the usual one first. */
export function formsOf(kind: PrintedKind): readonly Form[] {
  if (kind === 'sales-order') return ['sales-order', 'quotation']
  if (kind === 'delivery-note') return ['delivery-note', 'pick-list']
  return [kind]
}

const selectReader = statement(
  'select_printing_reader',
  { kind: 'text', state: 'text', language: 'text?' },
  (p: { companyId: string; id: string }) => sql`
    select d.kind, d.state, p.language from documents d left join parties p on p.company_id = d.company_id and p.id = d.party_id
    where d.company_id = ${p.companyId} and d.id = ${p.id}`,
)

export interface Wanted {
  /** Left out: the usual one; of a draft sales order the quotation. */
  readonly form?: Form | undefined
  /** Left out: the party's, else the company's. */
  readonly language?: string | undefined
}

/** Everything that a template prints of a document. */
export async function modelOf(
  tx: Transaction,
  ctx: Context,
  kind: PrintedKind,
  id: string,
  wanted: Wanted,
): Promise<{ printable: Printable; model: PrintModel }> {
  const [reader, house] = await Promise.all([
    tx.maybe(selectReader, { companyId: ctx.company.id, id }),
    findHouse(tx, ctx),
  ])
  if (!reader || reader.kind !== kind) throw notFound(titleOf(kind))
  const language = new Language(printLanguage(wanted.language, reader.language, ctx.company.language))
  const usual = kind === 'sales-order' && reader.state === 'draft' ? 'quotation' : formsOf(kind)[0]!
  const form = wanted.form ?? usual
  if (!formsOf(kind).includes(form)) {
    throw ruleBroken(
      'unknown-form',
      '/form',
      `A ${titleOf(kind)} is printed as ${formsOf(kind).join(' or ')}, not as ${form}.`,
    )
  }
  const { content, date } = await contentOf(tx, ctx, house, kind, id, form, language)
  const family = kind === 'payment' ? 'payment' : kinds[kind].family
  const final = !['draft', 'cancelled', 'reversed'].includes(reader.state)
  const printable = {
    form,
    content,
    language,
    date,
    final,
    moves: family === 'invoice' || family === 'payment',
  }
  return { printable, model: completeModel(house, form, content, language) }
}

/**
 * The caller was asked for the permission of `kind`: a document of another kind is none to him.
 * @throws 404
 */
export async function requireDocument(
  tx: Transaction,
  ctx: Context,
  kind: PrintedKind,
  id: string,
): Promise<void> {
  const found = await tx.maybe(selectReader, { companyId: ctx.company.id, id })
  if (found?.kind !== kind) throw notFound(titleOf(kind))
}

function titleOf(kind: PrintedKind): string {
  return kind === 'payment' ? kind : kinds[kind].title
}

async function contentOf(
  tx: Transaction,
  ctx: Context,
  house: House,
  kind: PrintedKind,
  id: string,
  form: Form,
  language: Language,
): Promise<{ content: Content; date: string }> {
  if (kind === 'payment') {
    const { content, payment } = await contentOfPayment(tx, ctx, house, id, language)
    return { content, date: payment.date }
  }
  const { family } = kinds[kind]
  if (family === 'order') {
    const { content, order } = await contentOfOrder(
      tx,
      ctx,
      house,
      kind as OrderKind,
      id,
      form as OrderKind,
      language,
    )
    return { content, date: order.orderDate }
  }
  if (family === 'shipment') {
    const { content, shipment } = await contentOfShipment(
      tx,
      ctx,
      house,
      kind as ShipmentKind,
      id,
      form as ShipmentKind,
      language,
    )
    return { content, date: shipment.date }
  }
  const { content, invoice } = await contentOfInvoice(tx, ctx, house, kind as InvoiceKind, id, language)
  return { content, date: invoice.date }
}

/** What all forms have in common. */
function completeModel(house: House, form: Form, content: Content, language: Language): PrintModel {
  return {
    ...(language.direction === 'rtl' ? setApart(content, language) : content),
    form,
    'number-or-title': content.number ?? content.title,
    language: language.tag,
    direction: language.direction,
    paper: house.paper === 'us-letter' ? 'us-letter' : 'a4',
    words: { page: language.word('page'), of: language.word('of') },
    logo: house.logo === null ? null : asSvg(Buffer.from(house.logo, 'base64')),
    seller: blockApart(houseBlock(house, language.word(houseIs(form)), language), language),
    footer: footerOf(house, language),
  }
}

/** What the company is in a document. */
function houseIs(form: Form): Word {
  if (['purchase-order', 'bill', 'vendor-credit'].includes(form)) return 'buyer'
  return ['sales-order', 'quotation', 'invoice', 'credit-note', 'delivery-note'].includes(form)
    ? 'seller'
    : 'company'
}

function fileName(model: PrintModel): string {
  const number = model.number ? `-${model.number}` : ''
  return `${model.title}${number}`.replaceAll(/[\\/:*?"<>|\s]+/g, '-') + '.pdf'
}

/** Midnight UTC of the document's date: the same document is the same file. */
function timestampOf(date: string): Date {
  return new Date(`${date}T00:00:00Z`)
}

function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** What was kept, where it is still what the document says. */
async function stillValid(
  tx: Transaction,
  ctx: Context,
  id: string,
  printable: Printable,
  contentSha256: string,
): Promise<Kept | null> {
  if (!printable.final) return null
  const kept = await findKept(tx, ctx, id, printable.form, printable.language.tag)
  return kept && (printable.moves || kept.contentSha256 === contentSha256) ? kept : null
}

/** The document as PDF: byte for byte what was kept of it, else rendered now. */
export async function printDocument(
  tx: Transaction,
  ctx: Context,
  kind: PrintedKind,
  id: string,
  wanted: Wanted,
): Promise<FileAnswer> {
  const { printable, model } = await modelOf(tx, ctx, kind, id, wanted)
  const kept = await stillValid(tx, ctx, id, printable, sha256(JSON.stringify(model)))
  if (kept) {
    const pdf = await findKeptPdf(tx, ctx, id, kept.id)
    const file = new FileAnswer(kept.fileName, async () => pdf)
    file.replacedSigns = kept.replacedSigns
    return file
  }
  const source = await currentSource(tx, ctx, printable.form, printable.language.tag)
  return renderedFile(source, model, printable.date)
}

/** The file that a template makes of a document, made after the transaction. */
export function renderedFile(source: string, model: PrintModel, date: string): FileAnswer {
  const file: FileAnswer = new FileAnswer(fileName(model), async () => {
    const { pdf, replaced } = await renderPdf(source, model, timestampOf(date))
    file.replacedSigns = replaced
    return pdf
  })
  return file
}

/** What the file of a document would be called, without making it. */
export async function nameOfPrint(
  tx: Transaction,
  ctx: Context,
  kind: PrintedKind,
  id: string,
  wanted: Wanted,
): Promise<string> {
  return fileName((await modelOf(tx, ctx, kind, id, wanted)).model)
}

/** Keeps the document as it is handed over now; from then on this file is what is printed again. */
export async function keepDocument(
  tx: Transaction,
  ctx: Context,
  kind: PrintedKind,
  id: string,
  wanted: Wanted,
): Promise<Kept> {
  const { printable, model } = await modelOf(tx, ctx, kind, id, wanted)
  if (!printable.final) {
    throw ruleBroken(
      'not-final',
      '/id',
      `This ${titleOf(kind)} is a draft or does not count any more: it can be printed, but no copy of it is kept as sent. Confirm or post it first.`,
    )
  }
  const contentSha256 = sha256(JSON.stringify(model))
  const kept = await stillValid(tx, ctx, id, printable, contentSha256)
  if (kept) return kept
  const { pdf, pages, replaced } = await renderPdf(
    await currentSource(tx, ctx, printable.form, printable.language.tag),
    model,
    timestampOf(printable.date),
  )
  return keep(tx, ctx, {
    documentId: id,
    kind,
    form: printable.form,
    language: printable.language.tag,
    contentSha256,
    fileName: fileName(model),
    pdf,
    pdfSha256: sha256(pdf),
    pages,
    replacedSigns: [...replaced],
  })
}

/**
 * Prints what is no document of a chain: a statement, a label.
 * @param tried a source in place of the template.
 */
export async function printContent(
  tx: Transaction,
  ctx: Context,
  form: Form,
  content: Content,
  language: Language,
  tried: string | null = null,
): Promise<FileAnswer> {
  const [house, source] = await Promise.all([
    findHouse(tx, ctx),
    tried ?? currentSource(tx, ctx, form, language.tag),
  ])
  const model = completeModel(house, form, content, language)
  return renderedFile(source, model, ctx.today)
}
