import { type Static, Type } from 'typebox'
import {
  Id,
  MomentOut,
  Version,
  listQuery,
  literals,
  nullable,
  object,
  optional,
  rowIds,
  text,
} from '../http/schemas.ts'
import { MailAddresses } from './recipients.ts'

const mailStates = ['waiting', 'sending', 'sent', 'failed', 'unclear', 'bounced', 'cancelled'] as const

const MailDocumentOut = object({
  kind: Type.String(),
  id: Id,
  number: nullable(Type.String()),
  stage: nullable(Type.Integer({ description: 'Which reminder of this document it is; null: no reminder.' })),
})
const AttachmentOut = object({
  fileName: Type.String(),
  mediaType: Type.String(),
  pdfId: nullable(
    Type.Unsafe<string>({ ...Id, description: 'The kept copy of the document; null: not a kept one.' }),
  ),
})

export const MailItem = object({
  id: Id,
  purpose: Type.String({ description: 'A kind of document, quotation, reminder-1 to -3, or test.' }),
  language: Type.String(),
  partyId: nullable(Id),
  to: Type.Array(Type.String()),
  cc: Type.Array(Type.String()),
  bcc: Type.Array(Type.String()),
  subject: Type.String(),
  state: literals(mailStates, {
    description:
      'sent: a server took it. unclear: it was handed over, but no answer came; it is not sent again unless somebody asks for it.',
  }),
  attempts: Type.Integer({ minimum: 0 }),
  nextAt: nullable(MomentOut),
  lastAt: nullable(MomentOut),
  sentAt: nullable(MomentOut),
  answer: nullable(Type.String({ description: 'What the server, or Zapas, said last.' })),
  refused: Type.Array(Type.String(), {
    description: 'Recipients that the server refused while it took the mail for the others.',
  }),
  bouncedAt: nullable(MomentOut),
  bounceReason: nullable(Type.String()),
  documents: Type.Array(MailDocumentOut),
  version: Version,
  createdBy: Type.String(),
  createdAt: MomentOut,
})
export type MailListItem = Static<typeof MailItem>

export const MailOut = object({
  ...MailItem.properties,
  messageId: Type.String({ description: 'As it stands in the mail; the same at every attempt.' }),
  body: Type.String({ description: '{{link}} is filled in when the mail is sent.' }),
  html: Type.String(),
  attachments: Type.Array(AttachmentOut),
})
export type MailPresented = Static<typeof MailOut>

const Subject = text(300, { minLength: 1 })
const Body = text(20_000, {
  minLength: 1,
  description: 'Plain text. {{link}} stands for the link to the document, where there is one.',
})
export const TemplateLanguage = Type.String({
  pattern: '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$',
  maxLength: 35,
  examples: ['pl'],
  'x-must': 'a language such as "en" or "pl"',
})

export const SendBody = object({
  to: optional(MailAddresses),
  cc: optional(MailAddresses),
  subject: optional(Subject),
  body: optional(Body),
  language: optional(
    Type.Unsafe<string>({
      ...TemplateLanguage,
      description: "Left out: the customer's, else the company's.",
    }),
  ),
  attach: optional(
    Type.Boolean({ description: 'False: without the PDF and the files that are ticked to be sent with it.' }),
  ),
})
export type SendInput = Static<typeof SendBody>

const Hindrances = Type.Array(object({ code: Type.String(), message: Type.String() }), {
  description: 'Of a preview: what stands in the way of sending it.',
})
export const RecipientsBody = object({
  ids: Type.Array(Id, { minItems: 1, maxItems: 1000, uniqueItems: true }),
})
export const RecipientsOut = object({
  items: Type.Array(
    object({
      id: Id,
      to: Type.Array(Type.String(), {
        description: 'Who is written to about it unless somebody else is named.',
      }),
      hindrances: Type.Array(object({ code: Type.String(), message: Type.String() }), {
        description: 'What stands in the way of sending it; empty: nothing.',
      }),
    }),
    { description: 'In the order asked for, without those that there are not.' },
  ),
})
export type RecipientsOut = Static<typeof RecipientsOut>

export const SendOut = object({ mail: MailOut, hindrances: Hindrances })

export const ReminderBody = object({
  partyIds: optional(Type.Array(Id, { maxItems: 200, uniqueItems: true })),
  invoiceIds: optional(Type.Array(Id, { maxItems: 200, uniqueItems: true })),
})
export type ReminderInput = Static<typeof ReminderBody>

export const ReminderOut = object({
  mails: Type.Array(MailOut, { description: 'One per customer and currency.' }),
  skipped: Type.Array(
    object({
      partyId: Id,
      partyName: Type.String(),
      invoiceId: nullable(Id),
      number: nullable(Type.String()),
      code: Type.String(),
      message: Type.String(),
    }),
    { description: 'Overdue invoices that no reminder is sent for now, and why.' },
  ),
})
export type ReminderAnswer = Static<typeof ReminderOut>

export const mailQuery = object({
  sort: optional(Type.String({ maxLength: 60, description: 'id (oldest first) or -id.' })),
  cursor: listQuery.cursor,
  limit: listQuery.limit,
  ids: rowIds,
  documentId: optional(Id),
  partyId: optional(Id),
  state: optional(literals(mailStates)),
  trouble: optional(
    Type.Boolean({ description: 'Only those that somebody has to look at: failed, unclear, came back.' }),
  ),
})
export type MailFilters = Pick<Static<typeof mailQuery>, 'documentId' | 'partyId' | 'state' | 'trouble'>

export const BounceBody = object({
  reason: text(1000, {
    minLength: 1,
    description: 'What the notice says, such as "550 5.1.1 No such user".',
  }),
})

const templateHead = {
  purpose: Type.String(),
  language: Type.String(),
  version: Type.Integer({ minimum: 1, description: '1: never changed.' }),
  changed: Type.Boolean({ description: 'It is not the one that Zapas brings.' }),
  changedBy: nullable(Type.String()),
  changedAt: nullable(MomentOut),
}
export const TemplateList = object({ items: Type.Array(object(templateHead)) })
export const TemplateOut = object({
  ...templateHead,
  subject: Type.String(),
  body: Type.String(),
  builtIn: object({ subject: Type.String(), body: Type.String() }),
  versions: Type.Array(
    object({
      version: Type.Integer(),
      subject: nullable(Type.String({ description: 'Null: a reset to the built-in one.' })),
      body: nullable(Type.String()),
      createdBy: Type.String(),
      createdAt: MomentOut,
    }),
  ),
})
export const TemplateBody = object({ subject: Subject, body: Body })
export const TemplateTry = object({
  subject: Subject,
  body: Body,
  documentId: optional(
    Type.Unsafe<string>({
      ...Id,
      description: 'Of the kind that the template is for, an invoice for reminders. Left out: the latest.',
    }),
  ),
})
export const TriedOut = object({ subject: Type.String(), text: Type.String(), html: Type.String() })
