import { companiesDue, loadCompany, systemContext } from '../identity/index.ts'
import { now } from '../kernel/clock.ts'
import type { Company, Context } from '../kernel/context.ts'
import { type RepeatOptions, type Repeated, repeat } from '../kernel/repeat.ts'
import { unseal } from '../kernel/sealed.ts'
import { sql, statement } from '../kernel/sql.ts'
import { type Database, type Transaction, inTransaction } from '../kernel/transaction.ts'
import { type ClaimedMail, claimMail, tidyQueue } from './claim-mail.ts'
import { type DeliverOptions, type Outcome, deliver } from './deliver.ts'
import { fill } from './placeholders.ts'
import { noteHandOver, recordOutcome, tell } from './record-outcome.ts'
import { passwordPurpose, readMailSettings } from './settings.ts'

/** What a mail is about, as far as a link to it needs to know. */
export interface LinkTarget {
  readonly partyId: string | null
  readonly documents: readonly { readonly kind: string; readonly id: string }[]
}
/**
 * Makes the link that a mail shows for {{link}}: the address of a page where the customer sees the documents;
 * null where there is none. Called when the mail is sent, for links are kept nowhere.
 */
export type LinkOf = (tx: Transaction, ctx: Context, target: LinkTarget) => Promise<string | null>

export interface MailWork extends DeliverOptions {
  /** Of the installation: passwords of mail servers are sealed with it. */
  readonly secret: string
  readonly linkOf: LinkOf
}

const companiesWithWork = statement(
  'companies_with_mail_work',
  { companyId: 'uuid' },
  (p: { now: Date }) => sql`select w as company_id from companies_with_mail_work(${p.now}::timestamptz) w`,
)

/** Sends what is due, for every company, until nothing is. */
export async function sendMails(db: Database, work: MailWork): Promise<void> {
  const due = await companiesDue(db, companiesWithWork)
  await Promise.all(due.map((companyId) => sendOfCompany(db, companyId, work)))
}

async function sendOfCompany(db: Database, companyId: string, work: MailWork): Promise<void> {
  const company = await loadCompany(db, companyId)
  if (company === null) return
  await inTransaction(db, { companyId }, async (tx) => {
    const { unclear, dropped } = await tidyQueue(tx, companyId, now())
    const ctx = systemContext(company, 'mail')
    await tell(tx, ctx, unclear, 'unclear', null)
    await tell(tx, ctx, dropped, 'cancelled', null)
  })
  // One after the other: servers count connections, and take offence at many.
  for (;;) {
    const claimed = await inTransaction(db, { companyId }, (tx) => claimMail(tx, companyId, now()))
    if (claimed === null) return
    // No transaction is open while the server takes its time.
    const outcome = await attempt(db, company, claimed, work)
    const ctx = systemContext(company, 'mail')
    await inTransaction(db, { companyId }, (tx) => recordOutcome(tx, ctx, claimed, outcome, Math.random()))
  }
}

async function attempt(
  db: Database,
  company: Company,
  claimed: ClaimedMail,
  work: MailWork,
): Promise<Outcome> {
  const companyId = company.id
  const { settings, body } = await inTransaction(db, { companyId }, async (tx) => ({
    settings: await readMailSettings(tx, companyId),
    body: await withLink(tx, systemContext(company, 'mail'), claimed, work.linkOf),
  }))
  const retry = (answer: string): Outcome => ({ state: 'retry', answer, refused: [] })
  const { host, fromAddress, fromName, replyTo } = settings
  if (host === null || fromAddress === null) return retry('No mail server is set up any more.')
  const password =
    settings.password === null ? null : unseal(work.secret, passwordPurpose(companyId), settings.password)
  if (settings.password !== null && password === null)
    return retry(
      'The password of the mail server cannot be read: the secret of the installation was changed. Enter it anew.',
    )
  return deliver(
    { ...settings, host, password },
    { ...claimed, body, from: { name: fromName ?? company.name, address: fromAddress }, replyTo },
    () => inTransaction(db, { companyId }, (tx) => noteHandOver(tx, companyId, claimed, now())),
    work,
  )
}

async function withLink(tx: Transaction, ctx: Context, mail: ClaimedMail, linkOf: LinkOf): Promise<string> {
  if (!/\{\{\s*link\s*\}\}/.test(mail.body)) return mail.body
  return fill(mail.body, { link: (await linkOf(tx, ctx, mail)) ?? '' })
}

/** Sends mail from now on. Several processes share the work. */
export function startMails(db: Database, work: MailWork, options: RepeatOptions = {}): Repeated {
  return repeat('mail', () => sendMails(db, work), options)
}
