import { type Static, Type } from 'typebox'
import { literals, nullable, object, oneLine, text } from '../http/schemas.ts'
import { difference, recordEvents } from '../journal/events.ts'
import type { Context } from '../kernel/context.ts'
import { refuseStale, tidyOptional } from '../kernel/guards.ts'
import { ruleBroken } from '../kernel/problem.ts'
import { json, sql, statement } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'

/** What printed documents say of the company beside its name and address. */

const fields = {
  bank: nullable(oneLine(200)),
  account: nullable(
    oneLine(50, {
      description: 'IBAN, or the national number; spaces do not matter. Invoices ask to pay to it.',
    }),
  ),
  bic: nullable(oneLine(20)),
  register: nullable(text(500, { description: 'Register, court, share capital: in the footer.' })),
  note: nullable(text(2000, { description: 'On invoices, below the payment.' })),
  paper: literals(['a4', 'us-letter']),
  amountInWords: Type.Boolean({ description: 'On invoices and credit notes, in English and Polish.' }),
}
export const PrintSettingsChange = Type.Partial(Type.Object(fields))
export const PrintSettingsOut = object({
  ...fields,
  logo: nullable(object({ type: Type.String(), sha256: Type.String() })),
  version: Type.Integer({ minimum: 1, description: '1: never set.' }),
})
type PrintSettings = Static<typeof PrintSettingsOut>

const selectSettings = statement(
  'select_printing_settings',
  {
    bank: 'text?',
    account: 'text?',
    bic: 'text?',
    register: 'text?',
    note: 'text?',
    paper: 'text',
    amountInWords: 'bool',
    logo: json<{ type: string; sha256: string } | null>(),
    version: 'int',
  },
  (p: { companyId: string }) =>
    sql`select bank, account, bic, register, note, paper, amount_in_words,
      case when logo_type is not null then json_build_object('type', logo_type, 'sha256', logo_sha256) end as logo, version
      from printing_settings where company_id = ${p.companyId}`,
)
export const lockCompany = statement(
  'lock_company_of_printing',
  { id: 'uuid' },
  (p: { companyId: string }) =>
    sql`select company_id as id from companies where company_id = ${p.companyId} for no key update`,
)
const writeSettings = statement(
  'write_printing_settings',
  {},
  (p: Omit<PrintSettings, 'version' | 'logo'> & { companyId: string }) => sql`
    insert into printing_settings (company_id, bank, account, bic, register, note, paper, amount_in_words, version)
    values (${p.companyId}, ${p.bank}, ${p.account}, ${p.bic}, ${p.register}, ${p.note}, ${p.paper}, ${p.amountInWords}, 2)
    on conflict (company_id) do update set bank = excluded.bank, account = excluded.account, bic = excluded.bic,
      register = excluded.register, note = excluded.note, paper = excluded.paper,
      amount_in_words = excluded.amount_in_words, version = printing_settings.version + 1`,
)

const none: PrintSettings = {
  bank: null,
  account: null,
  bic: null,
  register: null,
  note: null,
  paper: 'a4',
  amountInWords: false,
  logo: null,
  version: 1,
}

export async function readPrintSettings(tx: Transaction, ctx: Context): Promise<PrintSettings> {
  return ((await tx.maybe(selectSettings, { companyId: ctx.company.id })) as PrintSettings | null) ?? none
}

export async function changePrintSettings(
  tx: Transaction,
  ctx: Context,
  changes: Static<typeof PrintSettingsChange>,
  ifMatch: number | null,
): Promise<void> {
  const companyId = ctx.company.id
  await tx.one(lockCompany, { companyId })
  const { version, logo: _, ...before } = await readPrintSettings(tx, ctx)
  refuseStale(version, ifMatch)
  const merged = { ...before, ...changes }
  const after = {
    ...merged,
    bank: tidyOptional(merged.bank),
    register: tidyOptional(merged.register),
    note: tidyOptional(merged.note),
    account: accountOf(merged.account),
    bic: bicOf(merged.bic),
  }
  const changed = difference(before, after)
  if (Object.keys(changed.after).length === 0) return
  tx.write(writeSettings, { companyId, ...after })
  recordEvents(tx, ctx, [
    { type: 'print-settings.changed', objectKind: 'company', objectId: companyId, ...changed },
  ])
}

/** A transfer to a mistyped account is hard to get back: the check digits of an IBAN are verified. */
function accountOf(text: string | null): string | null {
  const account = text?.replaceAll(/[\s-]/g, '').toUpperCase() ?? ''
  if (account === '') return null
  if (!/^[A-Z0-9]{4,34}$/.test(account))
    throw ruleBroken('invalid-account', '/account', 'An account has 4 to 34 letters and digits.')
  const iban = /^\d{26}$/.test(account) ? `PL${account}` : account
  if (/^[A-Z]{2}\d{2}/.test(iban) && !ibanAddsUp(iban))
    throw ruleBroken(
      'invalid-account',
      '/account',
      'The check digits of this account do not add up. Is a digit mistyped?',
    )
  return account
}

/** ISO 13616: moved, with letters as numbers, it leaves 1 when divided by 97. */
function ibanAddsUp(iban: string): boolean {
  const moved = iban.slice(4) + iban.slice(0, 4)
  const digits = moved.replaceAll(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55))
  return BigInt(digits) % 97n === 1n
}

function bicOf(text: string | null): string | null {
  const bic = text?.replaceAll(/\s/g, '').toUpperCase() ?? ''
  if (bic === '') return null
  if (!/^[A-Z0-9]{8}([A-Z0-9]{3})?$/.test(bic))
    throw ruleBroken('invalid-bic', '/bic', 'A BIC has 8 or 11 letters and digits.')
  return bic
}
