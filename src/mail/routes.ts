import { Type } from 'typebox'
import { type AnyRoute, route } from '../http/route.ts'
import { IdParams, object, optional, page } from '../http/schemas.ts'
import { readBack } from '../kernel/transaction.ts'
import { kinds, permissionFor } from '../kinds.ts'
import type { PrintedKind } from '../printing/index.ts'
import { cancelMail, recordBounce, sendAgain } from './change-mail.ts'
import { listMails, loadMail } from './list-mails.ts'
import { sentKinds } from './purposes.ts'
import { recipientsOfDocuments } from './recipients-of-documents.ts'
import { MailAddresses } from './recipients.ts'
import { remind } from './remind.ts'
import {
  BounceBody,
  MailItem,
  MailOut,
  RecipientsBody,
  RecipientsOut,
  ReminderBody,
  ReminderOut,
  SendBody,
  SendOut,
  TemplateBody,
  TemplateLanguage,
  TemplateList,
  TemplateOut,
  TemplateTry,
  TriedOut,
  mailQuery,
} from './schema.ts'
import { sendDocument } from './send-document.ts'
import {
  MailSettingsChange,
  MailSettingsOut,
  MailTestBody,
  changeMailSettings,
  presentMailSettings,
} from './settings.ts'
import { listMailTemplates, presentMailTemplate, requirePurpose, saveMailTemplate } from './templates.ts'
import { sendTestMail } from './test-mail.ts'
import { tryTemplate } from './try-template.ts'

const tag = 'Mail'

function sendRoute(kind: PrintedKind): AnyRoute {
  const path = kind === 'payment' ? 'payments' : kinds[kind].path
  const title = kind === 'payment' ? 'payment' : kinds[kind].title
  return route({
    method: 'POST',
    path: `/${path}/{id}/send`,
    summary: `Send a ${title} by mail`,
    description:
      'To the contacts that are written to about it, in the words of the template in their language, with the PDF that is kept of it. What the body says goes before that. It is queued and sent within seconds; `GET /mails/{id}` tells what became of it.',
    tag,
    permission: permissionFor(kind, 'write'),
    params: IdParams,
    body: SendBody,
    bodyOptional: true,
    response: SendOut,
    status: 201,
    previewable: true,
    handle: (tx, { ctx, params, body, preview }) =>
      sendDocument(tx, ctx, kind, params.id, body ?? {}, preview),
  })
}

function recipientsRoute(kind: PrintedKind): AnyRoute {
  const { path, plural } = kind === 'payment' ? { path: 'payments', plural: 'payments' } : kinds[kind]
  return route({
    method: 'POST',
    path: `/${path}/recipients`,
    summary: `Whom ${plural} would be sent to, and what stands in the way`,
    description: 'Before many are sent: nothing is made and nobody is written to.',
    tag,
    permission: permissionFor(kind, 'write'),
    readOnly: true,
    body: RecipientsBody,
    response: RecipientsOut,
    handle: (tx, { ctx, body }) => recipientsOfDocuments(tx, ctx, kind, body.ids),
  })
}

const remindRoute = route({
  method: 'POST',
  path: '/reminders',
  summary: 'Remind customers of what is overdue',
  description:
    'One mail for each customer and currency, with every invoice whose next reminder is due: of these customers, these invoices, or all. The schedule sends the same mails. No reminder of an invoice is sent twice.',
  tag,
  permission: 'invoice:write',
  body: ReminderBody,
  bodyOptional: true,
  response: ReminderOut,
  status: 201,
  previewable: true,
  handle: (tx, { ctx, body, preview }) => remind(tx, ctx, body ?? {}, { byHand: true, preview }),
})

const mailRoutes: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/mails',
    summary: 'List mails, the newest first',
    description: 'Without those about documents that the caller may not read.',
    tag,
    permission: 'mails:read',
    query: mailQuery,
    response: page(MailItem),
    handle: (tx, { ctx, query }) => listMails(tx, ctx, query),
  }),
  route({
    method: 'GET',
    path: '/mails/{id}',
    summary: 'Get a mail, with its text',
    tag,
    permission: 'mails:read',
    params: IdParams,
    response: MailOut,
    handle: (tx, { ctx, params }) => loadMail(tx, ctx, params.id),
  }),
  route({
    method: 'POST',
    path: '/mails/{id}/send-again',
    summary: 'Send a mail again that failed, came back, or is unclear',
    description: 'Under the same Message-ID. An unclear one may arrive twice: it was handed over already.',
    tag,
    permission: 'mails:write',
    params: IdParams,
    body: object({
      to: optional(Type.Unsafe<string[]>({ ...MailAddresses, description: 'Other recipients than before.' })),
    }),
    bodyOptional: true,
    response: MailOut,
    async handle(tx, { ctx, params, body, ifMatch }) {
      await sendAgain(tx, ctx, params.id, body?.to, ifMatch)
      return readBack(() => loadMail(tx, ctx, params.id))
    },
  }),
  route({
    method: 'POST',
    path: '/mails/{id}/cancel',
    summary: 'Take back a mail that waits, or give up one that is unclear',
    tag,
    permission: 'mails:write',
    params: IdParams,
    response: MailOut,
    async handle(tx, { ctx, params, ifMatch }) {
      await cancelMail(tx, ctx, params.id, ifMatch)
      return readBack(() => loadMail(tx, ctx, params.id))
    },
  }),
  route({
    method: 'POST',
    path: '/mails/{id}/bounce',
    summary: 'Record that a mail came back, as a provider told',
    description:
      'The id is the part of the Message-ID before the @. For the bounce notices of mail providers, by a small program with an API key. Told again it changes nothing.',
    tag,
    permission: 'mails:write',
    params: IdParams,
    body: BounceBody,
    response: MailOut,
    async handle(tx, { ctx, params, body }) {
      await recordBounce(tx, ctx, params.id, body.reason)
      return readBack(() => loadMail(tx, ctx, params.id))
    },
  }),
]

const settingsRoutes: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/mail-settings',
    summary: 'By which server mail leaves, and when reminders are due',
    tag,
    permission: 'company:read',
    response: MailSettingsOut,
    handle: (tx, { ctx }) => presentMailSettings(tx, ctx.company.id),
  }),
  route({
    method: 'PATCH',
    path: '/mail-settings',
    summary: 'Change the mail server or the reminders',
    tag,
    permission: 'company:write',
    body: MailSettingsChange,
    response: MailSettingsOut,
    async handle(tx, { ctx, body, ifMatch, surroundings }) {
      await changeMailSettings(tx, ctx, body, surroundings.secret, ifMatch)
      return readBack(() => presentMailSettings(tx, ctx.company.id))
    },
  }),
  route({
    method: 'POST',
    path: '/mail-settings/test',
    summary: 'Send a test mail',
    description:
      "To the sender's own address unless another is given; `GET /mails/{id}` tells whether it got through.",
    tag,
    permission: 'company:write',
    body: MailTestBody,
    bodyOptional: true,
    response: MailOut,
    status: 201,
    handle: (tx, { ctx, body }) => sendTestMail(tx, ctx, body?.to),
  }),
]

const TemplateParams = Type.Object({ purpose: Type.String({ maxLength: 40 }), language: TemplateLanguage })

const templateRoutes: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/mail-templates',
    summary: 'The templates of mails, by purpose and language',
    tag,
    permission: 'company:read',
    response: TemplateList,
    handle: async (tx, { ctx }) => ({ items: await listMailTemplates(tx, ctx) }),
  }),
  route({
    method: 'GET',
    path: '/mail-templates/{purpose}/{language}',
    summary: 'A mail template with the built-in one and its versions',
    tag,
    permission: 'company:read',
    params: TemplateParams,
    response: TemplateOut,
    handle: (tx, { ctx, params }) =>
      presentMailTemplate(tx, ctx, requirePurpose(params.purpose), params.language),
  }),
  route({
    method: 'PATCH',
    path: '/mail-templates/{purpose}/{language}',
    summary: 'Save a mail template as a new version; any language may have one',
    tag,
    permission: 'company:write',
    params: TemplateParams,
    body: TemplateBody,
    response: TemplateOut,
    async handle(tx, { ctx, params, body, ifMatch }) {
      const purpose = requirePurpose(params.purpose)
      await saveMailTemplate(tx, ctx, purpose, params.language, body, ifMatch)
      return readBack(() => presentMailTemplate(tx, ctx, purpose, params.language))
    },
  }),
  route({
    method: 'POST',
    path: '/mail-templates/{purpose}/{language}/reset',
    summary: 'Go back to the mail template that Zapas brings; the versions stay',
    tag,
    permission: 'company:write',
    params: TemplateParams,
    response: TemplateOut,
    async handle(tx, { ctx, params, ifMatch }) {
      const purpose = requirePurpose(params.purpose)
      await saveMailTemplate(tx, ctx, purpose, params.language, null, ifMatch)
      return readBack(() => presentMailTemplate(tx, ctx, purpose, params.language))
    },
  }),
  route({
    method: 'POST',
    path: '/mail-templates/{purpose}/{language}/try',
    summary: 'Show what a template that is not saved would say of a real document',
    tag,
    permission: 'company:write',
    params: TemplateParams,
    body: TemplateTry,
    readOnly: true,
    response: TriedOut,
    handle: (tx, { ctx, params, body: { documentId, ...text } }) =>
      tryTemplate(tx, ctx, requirePurpose(params.purpose), params.language, text, documentId),
  }),
]

export const routes: AnyRoute[] = [
  ...sentKinds.map(sendRoute),
  ...sentKinds.map(recipientsRoute),
  remindRoute,
  ...mailRoutes,
  ...settingsRoutes,
  ...templateRoutes,
]
