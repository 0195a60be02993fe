import { type Static, Type } from 'typebox'
import { Version, literals, nullable, object, optional, oneLine, text } from '../http/schemas.ts'
import { difference, recordEvents } from '../journal/events.ts'
import type { Context } from '../kernel/context.ts'
import { refuseStale, tidyOptional } from '../kernel/guards.ts'
import { ruleBroken } from '../kernel/problem.ts'
import { isInternalHost } from '../kernel/public-addresses.ts'
import { seal } from '../kernel/sealed.ts'
import { json, sql, statement } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'

/** By which server the mail of a company leaves, and when reminders are due. */

const Address = Type.String({ format: 'email', maxLength: 254 })
const fields = {
  host: nullable(
    oneLine(253, { description: 'Of the mail server, such as smtp.example.com. Null: no mail is sent.' }),
  ),
  port: Type.Integer({ minimum: 1, maximum: 65535, description: 'Usually 587 (starttls) or 465 (tls).' }),
  security: literals(['tls', 'starttls', 'none'], {
    description:
      'tls: encrypted from the start; starttls: encrypted before anything is said, or not sent at all; none: in clear, only where no password is given.',
  }),
  userName: nullable(oneLine(254)),
  fromName: nullable(oneLine(200, { description: "Null: the company's name." })),
  fromAddress: nullable(Address),
  replyTo: nullable(Address),
  copyTo: nullable(Type.Unsafe<string>({ ...Address, description: 'Gets a blind copy of every mail.' })),
  internalAllowed: Type.Boolean({
    description:
      'The server may lie in a private network. This machine itself (loopback) must also be allowed by the installation: ZAPAS_MAIL_LOOPBACK.',
  }),
  reminders: Type.Boolean({ description: 'Payment reminders are sent by themselves, between 8 and 18 h.' }),
  reminderDays: Type.Array(Type.Integer({ minimum: 1, maximum: 365 }), {
    minItems: 1,
    maxItems: 3,
    description:
      'Days overdue at which the first, second and third reminder is due, each more than the last.',
  }),
}
const Password = nullable(
  text(500, { description: 'Kept encrypted and never shown. Null: none. Left out: as it is.' }),
)
export const MailSettingsChange = Type.Partial(Type.Object({ ...fields, password: Password }))
export const MailSettingsOut = object({
  ...fields,
  passwordSet: Type.Boolean(),
  version: Version,
})
export const MailTestBody = object({ to: optional(Address) })

const columns = {
  host: 'text?',
  port: 'int',
  security: 'text',
  userName: 'text?',
  fromName: 'text?',
  fromAddress: 'text?',
  replyTo: 'text?',
  copyTo: 'text?',
  internalAllowed: 'bool',
  reminders: 'bool',
  reminderDays: json<number[]>(),
  password: 'text?',
  version: 'int',
} as const

type Shown = Static<typeof MailSettingsOut>
/** With the password as it is kept: sealed. */
export interface MailSettings extends Omit<Shown, 'passwordSet'> {
  readonly password: string | null
}

const selectSettings = statement(
  'select_mail_settings',
  columns,
  (p: { companyId: string }) => sql`
    select host, port, security, user_name, from_name, from_address, reply_to, copy_to, internal_allowed, reminders,
      reminder_days, password, version
    from mail_settings where company_id = ${p.companyId}`,
)
const lockCompany = statement(
  'lock_company_of_mail',
  { id: 'uuid' },
  (p: { companyId: string }) =>
    sql`select company_id as id from companies where company_id = ${p.companyId} for no key update`,
)
const writeSettings = statement(
  'write_mail_settings',
  {},
  (p: Omit<MailSettings, 'version'> & { companyId: string }) => sql`
    insert into mail_settings (company_id, host, port, security, user_name, password, from_name, from_address, reply_to,
      copy_to, internal_allowed, reminders, reminder_days, version)
    values (${p.companyId}, ${p.host}, ${p.port}, ${p.security}, ${p.userName}, ${p.password}, ${p.fromName},
      ${p.fromAddress}, ${p.replyTo}, ${p.copyTo}, ${p.internalAllowed}, ${p.reminders},
      ${JSON.stringify(p.reminderDays)}::jsonb, 2)
    on conflict (company_id) do update set host = excluded.host, port = excluded.port, security = excluded.security,
      user_name = excluded.user_name, password = excluded.password, from_name = excluded.from_name,
      from_address = excluded.from_address, reply_to = excluded.reply_to, copy_to = excluded.copy_to,
      internal_allowed = excluded.internal_allowed, reminders = excluded.reminders,
      reminder_days = excluded.reminder_days, version = mail_settings.version + 1`,
)

const none: MailSettings = {
  host: null,
  port: 587,
  security: 'starttls',
  userName: null,
  password: null,
  fromName: null,
  fromAddress: null,
  replyTo: null,
  copyTo: null,
  internalAllowed: false,
  reminders: false,
  reminderDays: [7, 21, 35],
  version: 1,
}

export async function readMailSettings(tx: Transaction, companyId: string): Promise<MailSettings> {
  return ((await tx.maybe(selectSettings, { companyId })) as MailSettings | null) ?? none
}

export async function presentMailSettings(tx: Transaction, companyId: string): Promise<Shown> {
  const { password, ...shown } = await readMailSettings(tx, companyId)
  return { ...shown, passwordSet: password !== null }
}

/** What the password of a company is sealed for. */
export function passwordPurpose(companyId: string): string {
  return `mail password of ${companyId}`
}

export async function changeMailSettings(
  tx: Transaction,
  ctx: Context,
  changes: Static<typeof MailSettingsChange>,
  secret: string,
  ifMatch: number | null,
): Promise<void> {
  const companyId = ctx.company.id
  await tx.one(lockCompany, { companyId })
  const { version, password: sealed, ...before } = await readMailSettings(tx, companyId)
  refuseStale(version, ifMatch)
  const { password: typed, ...others } = changes
  const after = complete({ ...before, ...others })
  const password =
    typed === undefined
      ? sealed
      : typed === null || typed === ''
        ? null
        : seal(secret, passwordPurpose(companyId), typed)
  refuseUnfit(after, password !== null)
  const changed = difference(
    { ...before, passwordSet: sealed !== null },
    { ...after, passwordSet: password !== null },
  )
  if (Object.keys(changed.after).length === 0 && password === sealed) return
  tx.write(writeSettings, { companyId, ...after, password })
  recordEvents(tx, ctx, [
    { type: 'mail-settings.changed', objectKind: 'company', objectId: companyId, ...changed },
  ])
}

type Plain = Omit<MailSettings, 'password' | 'version'>

function complete(merged: Plain): Plain {
  return {
    ...merged,
    host: tidyOptional(merged.host)?.toLowerCase() ?? null,
    userName: tidyOptional(merged.userName),
    fromName: tidyOptional(merged.fromName),
  }
}

function refuseUnfit(after: Plain, withPassword: boolean): void {
  const { host, fromAddress, reminderDays } = after
  if (host !== null) {
    if (!/^[a-z0-9.:_[\]-]+$/.test(host))
      throw ruleBroken(
        'invalid-host',
        '/host',
        'This must be the name of a server, such as smtp.example.com.',
      )
    if (!after.internalAllowed && isInternalHost(host))
      throw ruleBroken('internal-address', '/host', `${host} ${inside}`)
    if (fromAddress === null)
      throw ruleBroken('no-sender', '/fromAddress', 'Mail needs an address that it comes from.')
  }
  if (after.security === 'none' && withPassword)
    throw ruleBroken(
      'password-in-clear',
      '/security',
      'A password is only sent encrypted: choose tls or starttls, or leave the password out.',
    )
  if (reminderDays.some((days, i) => i > 0 && days <= reminderDays[i - 1]!))
    throw ruleBroken(
      'reminders-out-of-order',
      '/reminderDays',
      'Each reminder must be due later than the one before, such as 7, 21, 35 days.',
    )
}

/** What is said of an internal mail server, behind its name. */
export const inside =
  'is an internal address. Mail is handed to a server there only where "internalAllowed" is set.'
