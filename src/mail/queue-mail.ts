import { recordEvents } from '../journal/events.ts'
import type { Context } from '../kernel/context.ts'
import type { Decimal } from '../kernel/decimal.ts'
import { newId } from '../kernel/ids.ts'
import { insertInto } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'
import type { AnyKind } from '../kinds.ts'
import { htmlOf } from './placeholders.ts'
import type { Purpose } from './purposes.ts'
import type { MailPresented } from './schema.ts'
import type { MailSettings } from './settings.ts'

const insertMails = insertInto('mails', [
  'companyId',
  'id',
  'purpose',
  'language',
  'partyId',
  'messageId',
  'toAddresses',
  'ccAddresses',
  'bccAddresses',
  'subject',
  'body',
  'nextAt',
  'createdBy',
  'createdAt',
])
const insertDocuments = insertInto('mail_documents', [
  'companyId',
  'mailId',
  'documentId',
  'kind',
  'number',
  'stage',
  'openAmount',
  'at',
])
const insertAttachments = insertInto('mail_attachments', [
  'companyId',
  'mailId',
  'position',
  'fileName',
  'mediaType',
  'printedId',
  'content',
])

/** A file that goes with a mail: a copy that was kept of a document, or bytes of its own. */
export interface Attachment {
  readonly fileName: string
  readonly mediaType: string
  /** Null while it is only shown what would be sent, and for what is not kept. */
  readonly printedId: string | null
  readonly content?: Uint8Array
}

export interface Letter {
  readonly purpose: Purpose | 'test'
  readonly language: string
  readonly partyId: string | null
  readonly to: readonly string[]
  readonly cc: readonly string[]
  readonly subject: string
  readonly body: string
  readonly documents: readonly {
    readonly kind: AnyKind
    readonly id: string
    readonly number: string | null
    readonly stage: number | null
    readonly open: Decimal | null
  }[]
  readonly attachments: readonly Attachment[]
}

/** The mail as it would be, or is, queued. */
export function presentLetter(ctx: Context, settings: MailSettings, letter: Letter): MailPresented {
  const id = newId()
  const domain = settings.fromAddress?.split('@')[1] ?? 'localhost'
  const bcc = settings.copyTo === null ? [] : [settings.copyTo]
  return {
    id,
    purpose: letter.purpose,
    language: letter.language,
    partyId: letter.partyId,
    to: [...letter.to],
    cc: [...letter.cc],
    bcc,
    subject: letter.subject,
    state: 'waiting',
    attempts: 0,
    nextAt: ctx.now,
    lastAt: null,
    sentAt: null,
    answer: null,
    refused: [],
    bouncedAt: null,
    bounceReason: null,
    documents: letter.documents.map(({ kind, id: documentId, number, stage }) => ({
      kind,
      id: documentId,
      number,
      stage,
    })),
    version: 1,
    createdBy: ctx.actor.name,
    createdAt: ctx.now,
    messageId: `<${id}@${domain}>`,
    body: letter.body,
    html: htmlOf(letter.body, letter.language),
    attachments: letter.attachments.map(({ fileName, mediaType, printedId }) => ({
      fileName,
      mediaType,
      pdfId: printedId,
    })),
  }
}

/**
 * Puts a mail into the queue, in the transaction of whatever it tells of: it is sent when that is committed,
 * and only then.
 */
export function queueMail(
  tx: Transaction,
  ctx: Context,
  settings: MailSettings,
  letter: Letter,
): MailPresented {
  const companyId = ctx.company.id
  const mail = presentLetter(ctx, settings, letter)
  tx.write(insertMails, {
    rows: [
      {
        companyId,
        id: mail.id,
        purpose: mail.purpose,
        language: mail.language,
        partyId: mail.partyId,
        messageId: mail.messageId,
        toAddresses: mail.to,
        ccAddresses: mail.cc,
        bccAddresses: mail.bcc,
        subject: mail.subject,
        body: mail.body,
        nextAt: ctx.now,
        createdBy: mail.createdBy,
        createdAt: ctx.now,
      },
    ],
  })
  if (letter.documents.length > 0)
    tx.write(insertDocuments, {
      rows: letter.documents.map(({ kind, id: documentId, number, stage, open }) => ({
        companyId,
        mailId: mail.id,
        documentId,
        kind,
        number,
        stage,
        openAmount: open,
        at: ctx.now,
      })),
    })
  if (letter.attachments.length > 0)
    tx.write(insertAttachments, {
      rows: letter.attachments.map(({ fileName, mediaType, printedId, content }, i) => ({
        companyId,
        mailId: mail.id,
        position: i + 1,
        fileName,
        mediaType,
        printedId,
        content: content === undefined ? null : `\\x${Buffer.from(content).toString('hex')}`,
      })),
    })
  recordEvents(
    tx,
    ctx,
    letter.documents.map(({ kind, id: objectId, stage }) => ({
      type: `${kind}.${stage === null ? 'mailed' : 'reminded'}`,
      objectKind: kind,
      objectId,
      after: {
        mailId: mail.id,
        to: mail.to.join(', '),
        subject: mail.subject,
        ...(stage !== null && { stage }),
      },
    })),
  )
  return mail
}
