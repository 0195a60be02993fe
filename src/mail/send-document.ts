import { filesSentWith } from '../documents/index.ts'
import type { Context } from '../kernel/context.ts'
import { ruleBroken } from '../kernel/problem.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { type PrintedKind, keepDocument, nameOfPrint, printDocument } from '../printing/index.ts'
import { commonValues, findDocument, purposeOf, valuesOf } from './find-document.ts'
import { fill, fillSubject } from './placeholders.ts'
import { type Attachment, type Letter, presentLetter, queueMail } from './queue-mail.ts'
import { findAddressees, recipientsOf } from './recipients.ts'
import type { SendInput } from './schema.ts'
import { type MailSettings, readMailSettings } from './settings.ts'
import { currentText, refuseUnfit } from './templates.ts'

interface Hindrance {
  readonly code: string
  readonly message: string
}

/**
 * Sends a document: to the contacts that are written to about it, in the customer's language, with the very
 * file that is kept of it. What the caller says goes before what is proposed. A preview answers the mail and
 * what stands in its way.
 */
export async function sendDocument(
  tx: Transaction,
  ctx: Context,
  kind: PrintedKind,
  id: string,
  input: SendInput,
  preview: boolean,
) {
  const companyId = ctx.company.id
  const document = await findDocument(tx, ctx, kind, id)
  const [settings, parties] = await Promise.all([
    readMailSettings(tx, companyId),
    findAddressees(tx, companyId, [document.partyId]),
  ])
  const party = parties.get(document.partyId)!
  const purpose = purposeOf(document)
  const [text, common] = await Promise.all([
    currentText(tx, ctx, purpose, [input.language, party.language, ctx.company.language]),
    commonValues(tx, ctx, party.name),
  ])
  // What a person typed may name values as well, and is held to the same as a template.
  const words = { subject: input.subject ?? text.subject, body: input.body ?? text.body }
  refuseUnfit(words)
  const values = { ...common, ...valuesOf(ctx, document, text.language) }
  const to = input.to ?? recipientsOf(party, purpose)
  const hindrances = whatHinders(settings, to)
  if (!preview && hindrances[0] !== undefined) {
    const { code, message } = hindrances[0]
    throw ruleBroken(code, code === 'no-recipient' ? '/to' : '/host', message)
  }
  const files = await filesSentWith(tx, ctx, id, !preview)
  const more = files.map(({ name, type, content }): Attachment => ({
    fileName: name,
    mediaType: type,
    printedId: null,
    content,
  }))
  const attach = input.attach ?? true
  const letter: Letter = {
    purpose,
    language: text.language,
    partyId: party.id,
    to,
    cc: input.cc ?? [],
    subject: fillSubject(words.subject, values),
    body: fill(words.body, values),
    documents: [{ kind, id, number: document.number, stage: null, open: null }],
    attachments: attach
      ? [await attachmentOf(tx, ctx, kind, id, document.state, input.language, preview), ...more]
      : [],
  }
  refuseEmpty(letter)
  const mail = preview ? presentLetter(ctx, settings, letter) : queueMail(tx, ctx, settings, letter)
  return { mail, hindrances }
}

/** Without a server or a recipient nothing is sent. */
export function whatHinders(settings: MailSettings, to: readonly string[]): Hindrance[] {
  return [
    ...(settings.host === null
      ? [
          {
            code: 'no-mail-server',
            message: 'No mail server is set up. The owner does so in Settings, Mail.',
          },
        ]
      : []),
    ...(to.length === 0
      ? [
          {
            code: 'no-recipient',
            message: 'Nobody would get this mail. Enter an address, or give the customer one.',
          },
        ]
      : []),
  ]
}

/** The copy that is kept from now on, byte for byte; of a draft, which is not kept, the file as it is now. */
export async function attachmentOf(
  tx: Transaction,
  ctx: Context,
  kind: PrintedKind,
  id: string,
  state: string,
  language: string | undefined,
  preview: boolean,
): Promise<Attachment> {
  const mediaType = 'application/pdf'
  // Not that of the mail: there are documents in languages that no mail is written in.
  const wanted = { language }
  if (preview) return { fileName: await nameOfPrint(tx, ctx, kind, id, wanted), mediaType, printedId: null }
  if (state === 'draft') {
    const file = await printDocument(tx, ctx, kind, id, wanted)
    return { fileName: file.name, mediaType, printedId: null, content: await file.make() }
  }
  const kept = await keepDocument(tx, ctx, kind, id, wanted)
  return { fileName: kept.fileName, mediaType, printedId: kept.id }
}

function refuseEmpty({ subject, body }: Letter): void {
  if (subject === '') throw ruleBroken('empty-text', '/subject', 'A mail needs a subject.')
  if (body === '') throw ruleBroken('empty-text', '/body', 'A mail needs a text.')
}
