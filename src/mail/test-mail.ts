import type { Context } from '../kernel/context.ts'
import { conflict } from '../kernel/problem.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { pageLanguage } from '../printing/index.ts'
import { testText } from './built-in.ts'
import { fill, fillSubject } from './placeholders.ts'
import { queueMail } from './queue-mail.ts'
import { readMailSettings } from './settings.ts'

/** Sends a mail that only tells whether mail gets through; to the sender's own address unless another is given. */
export async function sendTestMail(tx: Transaction, ctx: Context, to: string | undefined) {
  const settings = await readMailSettings(tx, ctx.company.id)
  if (settings.host === null || settings.fromAddress === null)
    throw conflict('no-mail-server', 'No mail server is set up yet. Save one first.')
  const language = pageLanguage(ctx.company.language)
  const values = { company: ctx.company.name }
  const text = testText[language]
  return queueMail(tx, ctx, settings, {
    purpose: 'test',
    language,
    partyId: null,
    to: [to ?? settings.fromAddress],
    cc: [],
    subject: fillSubject(text.subject, values),
    body: fill(text.body, values),
    documents: [],
    attachments: [],
  })
}
