import { type Static, Type } from 'typebox'
import type { Surroundings } from '../http/outside.ts'
import { Version, nullable, object, optional } from '../http/schemas.ts'
import { recordEvents } from '../journal/events.ts'
import type { Context } from '../kernel/context.ts'
import { refuseStale } from '../kernel/guards.ts'
import { Problem, ruleBroken } from '../kernel/problem.ts'
import { seal, unseal } from '../kernel/sealed.ts'
import { sql, statement } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'
import type { Provider, ProviderName } from './provider.ts'
import { stripeProvider } from './stripe.ts'
import { testProvider } from './test-provider.ts'

const key = (prefixes: string, example: string) =>
  Type.String({
    pattern: `^(${prefixes})_[A-Za-z0-9_]{8,250}$`,
    maxLength: 260,
    'x-must': `a key of Stripe such as ${example}`,
  })

export const PaymentSettingsOut = object({
  testEnabled: Type.Boolean({ description: 'The test provider: no money moves.' }),
  stripeEnabled: Type.Boolean(),
  stripeKey: nullable(Type.String({ description: 'Its last four characters.' })),
  stripeWebhookSecret: nullable(Type.String({ description: 'Its last four characters.' })),
  webhookUrl: Type.String({ description: 'Where Stripe is told to send its events.' }),
  version: Version,
})
export const PaymentSettingsChange = object({
  testEnabled: optional(Type.Boolean()),
  stripeEnabled: optional(Type.Boolean()),
  stripeKey: optional(nullable(key('(sk|rk)_(test|live)', 'sk_live_…'))),
  stripeWebhookSecret: optional(nullable(key('whsec', 'whsec_…'))),
})
type PaymentSettingsChange = Static<typeof PaymentSettingsChange>

const columns = {
  testEnabled: 'bool',
  stripeEnabled: 'bool',
  stripeKey: 'text?',
  stripeWebhookSecret: 'text?',
  version: 'int',
} as const
const fields = sql`test_enabled, stripe_enabled, stripe_key, stripe_webhook_secret, version`

const selectSettings = statement(
  'select_online_payment_settings',
  columns,
  (p: { companyId: string }) =>
    sql`select ${fields} from online_payment_settings where company_id = ${p.companyId}`,
)
const makeSettings = statement(
  'make_online_payment_settings',
  {},
  (p: { companyId: string }) => sql`
    insert into online_payment_settings (company_id) values (${p.companyId}) on conflict (company_id) do nothing`,
)
const lockSettings = statement(
  'lock_online_payment_settings',
  columns,
  (p: { companyId: string }) =>
    sql`select ${fields} from online_payment_settings where company_id = ${p.companyId} for no key update`,
)
const setSettings = statement(
  'set_online_payment_settings',
  {},
  (p: {
    companyId: string
    testEnabled: boolean
    stripeEnabled: boolean
    stripeKey: string | null
    stripeWebhookSecret: string | null
  }) => sql`
    update online_payment_settings set test_enabled = ${p.testEnabled}, stripe_enabled = ${p.stripeEnabled}, stripe_key = ${p.stripeKey},
      stripe_webhook_secret = ${p.stripeWebhookSecret}, version = version + 1
    where company_id = ${p.companyId}`,
)
/** A customer may know how to pay and no more, so nothing else is read here. A demo can always be tried. */
const selectWays = statement(
  'select_ways_to_pay',
  { test: 'bool?', stripe: 'bool?' },
  (p: { companyId: string }) => sql`
    select c.demo or coalesce(s.test_enabled, false) as test, coalesce(s.stripe_enabled, false) as stripe
    from companies c left join online_payment_settings s on s.company_id = c.company_id
    where c.company_id = ${p.companyId}`,
)

interface Ways {
  readonly stripe: boolean
  readonly test: boolean
}

export async function waysToPay(tx: Transaction, companyId: string): Promise<Ways> {
  const { test, stripe } = await tx.one(selectWays, { companyId })
  return { test: test ?? false, stripe: stripe ?? false }
}

const none = {
  testEnabled: false,
  stripeEnabled: false,
  stripeKey: null,
  stripeWebhookSecret: null,
  version: 1,
}

function placeOf(companyId: string, field: string): string {
  return `${companyId} online-payment ${field}`
}

/** Where the provider sends what happens. */
function webhookPath(companyId: string): string {
  return `/api/v1/online-payments/${companyId}/stripe`
}

export async function readPaymentSettings(tx: Transaction, ctx: Context, { secret, baseUrl }: Surroundings) {
  const companyId = ctx.company.id
  const row = (await tx.maybe(selectSettings, { companyId })) ?? none
  const ending = (field: 'stripeKey' | 'stripeWebhookSecret'): string | null => {
    const sealed = row[field]
    if (sealed === null) return null
    return unseal(secret, placeOf(companyId, field), sealed)?.slice(-4) ?? '????'
  }
  return {
    testEnabled: row.testEnabled,
    stripeEnabled: row.stripeEnabled,
    stripeKey: ending('stripeKey'),
    stripeWebhookSecret: ending('stripeWebhookSecret'),
    webhookUrl: baseUrl + webhookPath(companyId),
    version: row.version,
  }
}

export async function changePaymentSettings(
  tx: Transaction,
  ctx: Context,
  change: PaymentSettingsChange,
  ifMatch: number | null,
  { secret }: Surroundings,
): Promise<void> {
  const companyId = ctx.company.id
  tx.write(makeSettings, { companyId })
  const before = await tx.one(lockSettings, { companyId })
  refuseStale(before.version, ifMatch)
  const sealed = (field: 'stripeKey' | 'stripeWebhookSecret'): string | null => {
    const given = change[field]
    if (given === undefined) return before[field]
    return given === null ? null : seal(secret, placeOf(companyId, field), given)
  }
  const after = {
    testEnabled: change.testEnabled ?? before.testEnabled,
    stripeEnabled: change.stripeEnabled ?? before.stripeEnabled,
    stripeKey: sealed('stripeKey'),
    stripeWebhookSecret: sealed('stripeWebhookSecret'),
  }
  if (after.stripeEnabled && after.stripeKey === null)
    throw ruleBroken('no-key', '/stripeKey', 'Enter the secret key of your Stripe account first.')
  tx.write(setSettings, { companyId, ...after })
  recordEvents(tx, ctx, [
    {
      type: 'company.online-payment-changed',
      objectKind: 'company',
      objectId: companyId,
      before: { testEnabled: before.testEnabled, stripeEnabled: before.stripeEnabled },
      // Of keys only whether they changed.
      after: {
        testEnabled: after.testEnabled,
        stripeEnabled: after.stripeEnabled,
        ...(change.stripeKey !== undefined && { stripeKey: '(changed)' }),
        ...(change.stripeWebhookSecret !== undefined && { stripeWebhookSecret: '(changed)' }),
      },
    },
  ])
}

/**
 * The provider as the company has set it up; it may be switched off for new payments and still be asked about
 * earlier ones.
 * @throws 409 where no key is kept, or one that this installation cannot read.
 */
export async function providerOf(
  tx: Transaction,
  companyId: string,
  name: ProviderName,
  { secret, stripeUrl }: Surroundings,
): Promise<Provider> {
  if (name === 'test') return testProvider(null)
  const row = (await tx.maybe(selectSettings, { companyId })) ?? none
  const open = (field: 'stripeKey' | 'stripeWebhookSecret'): string | null =>
    row[field] === null ? null : unseal(secret, placeOf(companyId, field), row[field])
  const stripeKey = open('stripeKey')
  if (stripeKey === null) {
    throw new Problem(
      409,
      'no-provider',
      'Payments by Stripe are not set up, or the secret of this installation is another one since. Enter the keys again under Settings > Online payment.',
    )
  }
  return stripeProvider({ key: stripeKey, webhookSecret: open('stripeWebhookSecret'), url: stripeUrl })
}
