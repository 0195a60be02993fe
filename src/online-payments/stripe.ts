import { createHash } from 'node:crypto'
import { Stripe } from 'stripe'
import { type Decimal, decimal } from '../kernel/decimal.ts'
import { Problem } from '../kernel/problem.ts'
import type { CheckoutState, KnownRefund, Provider, RefundState, Told } from './provider.ts'

/** Currencies that Stripe counts in whole units, and those in thousandths; all others in hundredths. */
const whole = new Set([
  'BIF',
  'CLP',
  'DJF',
  'GNF',
  'JPY',
  'KMF',
  'KRW',
  'MGA',
  'PYG',
  'RWF',
  'VND',
  'VUV',
  'XAF',
  'XOF',
  'XPF',
])
const thousandths = new Set(['BHD', 'JOD', 'KWD', 'OMR', 'TND'])

function digitsOf(currency: string): number {
  return whole.has(currency) ? 0 : thousandths.has(currency) ? 3 : 2
}

/** @throws 422 where Stripe cannot take this amount exactly. */
function toStripe(amount: Decimal, currency: string): number {
  const units = amount.times(decimal(String(10 ** digitsOf(currency)))).toFixed()
  // Thousandths must end in 0.
  if (!/^\d{1,12}$/.test(units) || (thousandths.has(currency) && !units.endsWith('0'))) {
    throw new Problem(422, 'amount-not-payable', `${amount.toFixed()} ${currency} cannot be paid by Stripe.`)
  }
  return Number(units)
}

function fromStripe(units: number, currency: string): Decimal {
  return decimal(String(units)).div(decimal(String(10 ** digitsOf(currency))))
}

/** So long Stripe may take to answer. */
const patience = 15_000

interface StripeAccount {
  readonly key: string
  readonly webhookSecret: string | null
  /** Of the API, if not Stripe's: for tests. */
  readonly url?: string | undefined
}

/** Stripe Checkout: cards, BLIK, Przelewy24, SEPA and whatever else the account's settings offer. */
export function stripeProvider({ key, webhookSecret, url }: StripeAccount): Provider {
  const address = url === undefined ? null : new URL(url)
  const stripe = new Stripe(key, {
    maxNetworkRetries: 1,
    timeout: patience,
    telemetry: false,
    ...(address && {
      host: address.hostname,
      port: address.port,
      protocol: address.protocol === 'http:' ? 'http' : 'https',
    }),
  })
  return {
    async createCheckout(asked) {
      const metadata = { zapas_payment: asked.id }
      const session = await said(() =>
        stripe.checkout.sessions.create(
          {
            mode: 'payment',
            client_reference_id: asked.id,
            line_items: [
              {
                quantity: 1,
                price_data: {
                  currency: asked.currency.toLowerCase(),
                  unit_amount: toStripe(asked.amount, asked.currency),
                  product_data: { name: asked.title },
                },
              },
            ],
            metadata,
            payment_intent_data: { metadata, description: asked.title },
            locale: asked.language,
            success_url: asked.returnUrl,
            cancel_url: asked.returnUrl,
          },
          { idempotencyKey: keyFor('checkout', asked.id) },
        ),
      )
      if (session.url === null) throw unexpected('It gave no address to pay at.')
      return { providerId: session.id, address: session.url }
    },
    async stateOf(providerId) {
      return stateOfSession(
        await said(() => stripe.checkout.sessions.retrieve(providerId, { expand: ['payment_intent'] })),
      )
    },
    read(text, header) {
      if (webhookSecret === null) throw forged()
      let event: Stripe.Event
      try {
        event = stripe.webhooks.constructEvent(text, header('stripe-signature') ?? '', webhookSecret)
      } catch {
        throw forged()
      }
      return { eventId: event.id, type: event.type, about: aboutOf(event) }
    },
    async refund(asked) {
      const refund = await said(() =>
        stripe.refunds.create(
          {
            payment_intent: asked.payment,
            amount: toStripe(asked.amount, asked.currency),
            metadata: { zapas_refund: asked.id },
          },
          { idempotencyKey: keyFor('refund', asked.id) },
        ),
      )
      return refundOf(refund)
    },
    async stateOfRefund(providerRefund) {
      const expand = ['payment_intent']
      return knownRefund(await said(() => stripe.refunds.retrieve(providerRefund, { expand })))
    },
    async refundsOf(payment) {
      const expand = ['data.payment_intent']
      const asked = { payment_intent: payment, limit: 100, expand }
      return (await said(() => stripe.refunds.list(asked))).data.map(knownRefund)
    },
  }
}

/** The same key for the same thing, whoever asks and how often. */
function keyFor(what: string, id: string): string {
  return `zapas-${what}-${createHash('sha256').update(id).digest('hex').slice(0, 40)}`
}

function aboutOf(event: Stripe.Event): Told['about'] {
  const object = event.data.object as {
    id?: string
    client_reference_id?: string | null
    payment_intent?: string | { id: string } | null
  }
  const { id, client_reference_id: reference = null } = object
  if (id === undefined) return null
  const payment = idOf(object.payment_intent ?? null)
  if (event.type === 'charge.refunded') return payment === null ? null : { kind: 'refunds', payment }
  if (event.type.startsWith('checkout.session.')) return { kind: 'checkout', providerId: id, reference }
  if (/^(refund\.|charge\.refund\.)/.test(event.type)) return { kind: 'refund', providerRefund: id }
  return null
}

function stateOfSession(session: Stripe.Checkout.Session): CheckoutState {
  const intent = session.payment_intent
  const payment = idOf(intent)
  if (session.payment_status === 'paid') {
    if (session.amount_total === null || session.currency === null)
      throw unexpected('It told of a payment without an amount.')
    const amount = fromStripe(session.amount_total, session.currency.toUpperCase())
    return { state: 'paid', amount, payment }
  }
  if (session.status === 'complete') {
    // A transfer or a debit is under way, or has failed after all.
    const status = typeof intent === 'object' ? intent?.status : null
    const failed = status === 'requires_payment_method' || status === 'canceled'
    return { state: failed ? 'failed' : 'processing', amount: null, payment }
  }
  return { state: session.status === 'expired' ? 'expired' : 'open', amount: null, payment }
}

/** Pending counts as done: the money is on its way, and a failure is told. */
function refundOf({ id, status }: Stripe.Refund): RefundState {
  return { providerRefund: id, state: status === 'failed' || status === 'canceled' ? 'failed' : 'done' }
}

function knownRefund(refund: Stripe.Refund): KnownRefund {
  const intent = refund.payment_intent
  const told = refund.metadata ?? {}
  const currency = refund.currency.toUpperCase()
  return {
    ...refundOf(refund),
    amount: fromStripe(refund.amount, currency),
    currency,
    payment: idOf(intent),
    checkout: (typeof intent === 'object' ? intent?.metadata['zapas_payment'] : null) ?? null,
    reference: told['zapas_refund'] ?? null,
    credit: told['credit_note'] ?? null,
  }
}

function idOf(of: string | { readonly id: string } | null): string | null {
  return typeof of === 'string' ? of : (of?.id ?? null)
}

function forged(): Problem {
  return new Problem(
    400,
    'bad-signature',
    'This webhook is not signed with the secret that is kept here (Settings > Online payment).',
  )
}

function unexpected(message: string): Problem {
  return new Problem(502, 'provider-failed', `Stripe answered something unexpected. ${message}`)
}

/** Stripe's refusals in words that a person can act on; never its key. */
async function said<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    if (
      error instanceof Stripe.errors.StripeAuthenticationError ||
      error instanceof Stripe.errors.StripePermissionError
    )
      throw new Problem(502, 'provider-refused', 'Stripe does not accept the key that is kept here.', {
        facts: { lasting: true },
      })
    if (error instanceof Stripe.errors.StripeInvalidRequestError)
      throw new Problem(502, 'provider-refused', `Stripe refused this: ${error.message.slice(0, 300)}`, {
        facts: { lasting: true },
      })
    if (error instanceof Stripe.errors.StripeError)
      throw new Problem(502, 'provider-failed', 'Stripe did not answer as it should. Try again in a minute.')
    throw error
  }
}
