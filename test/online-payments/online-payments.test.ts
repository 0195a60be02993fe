import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { checkCompany } from '../../src/check.ts'
import type { Surroundings } from '../../src/http/outside.ts'
import { setClock } from '../../src/kernel/clock.ts'
import { inTransaction } from '../../src/kernel/transaction.ts'
import { askProviders } from '../../src/online-payments/index.ts'
import type { Answered } from '../support/api.ts'
import { type Shop, openShop } from '../support/shop.ts'
import { type StripeServer, signed, startStripe } from './stripe-server.ts'

/** The real library of Stripe against a server that answers by Stripe's published shapes. */
const stripeKey = `sk_test_${randomBytes(12).toString('hex')}`
const webhookSecret = `whsec_${randomBytes(16).toString('hex')}`
const secret = 'a secret of tests, which protects nothing'

let stripe: StripeServer
let shop: Shop
let surroundings: Surroundings
let events = 0
beforeAll(async () => {
  stripe = await startStripe()
  shop = await openShop({ server: { stripeUrl: stripe.url } })
  surroundings = { db: shop.db, baseUrl: 'http://localhost', secret, stripeUrl: stripe.url }
  await shop.api('PATCH', '/online-payment-settings', {
    stripeEnabled: true,
    stripeKey,
    stripeWebhookSecret: webhookSecret,
  })
})
beforeEach(() => setClock(null))
afterAll(async () => {
  const check = await inTransaction(shop.db, { companyId: shop.company.id }, (tx) =>
    checkCompany(tx, shop.company.id),
  )
  expect(check).toEqual([])
  await shop.close()
  await stripe.close()
})

interface Begun {
  readonly invoice: Answered
  readonly token: string
  readonly id: string
  readonly url: string
  readonly session: string
}

async function invoiced(
  unitPrice = '100.00',
  head: object = {},
): Promise<{ invoice: Answered; token: string }> {
  const lines = [{ description: 'Service', quantity: '1', unit: 'pcs', unitPrice }]
  const draft = await shop.api('POST', '/invoices', {
    partyId: shop.customerId,
    currency: 'USD',
    ...head,
    lines,
  })
  const invoice = await shop.api('POST', `/invoices/${draft.id}/post`)
  const link = await shop.api('POST', '/portal-links', { documentKind: 'invoice', documentId: invoice.id })
  return { invoice, token: (link.url as string).split('/p/')[1]! }
}

async function begin(amount?: string, price?: string, head?: object): Promise<Begun> {
  const { invoice, token } = await invoiced(price, head)
  const documents = [{ id: invoice.id, ...(amount !== undefined && { amount }) }]
  const body = { provider: 'stripe', documents }
  const made = await shop.api('POST', `/portal/${token}/payments`, body, { as: null })
  return {
    invoice,
    token,
    id: made.id,
    url: made.url as string,
    session: (made.url as string).split('/').at(-1)!,
  }
}

/** Stripe tells of a session, or of anything else. */
function tell(type: string, object: object, more: { id?: string; secret?: string; at?: number } = {}) {
  const event = { id: more.id ?? `evt_${++events}`, type, data: { object } }
  const { body, header } = signed(event, more.secret ?? webhookSecret, more.at)
  const headers = { 'stripe-signature': header }
  return shop.send('POST', `/online-payments/${shop.company.id}/stripe`, body, {
    as: null,
    key: null,
    headers,
  })
}
const completed = (begun: Begun, id?: string) =>
  tell(
    'checkout.session.completed',
    { ...stripe.sessions.get(begun.session), object: 'checkout.session' },
    { ...(id !== undefined && { id }) },
  )

const stateOf = async (begun: Begun) =>
  (await shop.api('GET', `/portal/${begun.token}/payments/${begun.id}`, undefined, { as: null })).state
const invoiceOf = (begun: { invoice: Answered }) => shop.api('GET', `/invoices/${begun.invoice.id}`)
const paymentsOf = async (begun: Begun) => {
  const { links } = await invoiceOf(begun)
  const ids = links.filter((each) => each.kind === 'payment').map((each) => each.id)
  return Promise.all(ids.map((id) => shop.api('GET', `/payments/${id}`)))
}
const later = (minutes: number) => setClock(() => new Date(Date.now() + minutes * 60_000))

describe('settings', () => {
  it('keep the keys encrypted and show their last characters', async () => {
    const shown = await shop.send('GET', '/online-payment-settings')
    expect(shown.json).toMatchObject({ stripeKey: stripeKey.slice(-4), stripeEnabled: true })
    expect(shown.json.webhookUrl).toBe(`http://localhost/api/v1/online-payments/${shop.company.id}/stripe`)
    const { rows } = await shop.ownerDb.query('select s.*, e.after from online_payment_settings s, events e')
    expect(JSON.stringify(rows) + shown.text).not.toContain(stripeKey)
    const other = await shop.newCompany()
    const on = await shop.send('PATCH', '/online-payment-settings', { stripeEnabled: true }, { as: other })
    expect([on.status, on.json.errors[0]?.pointer]).toEqual([422, '/stripeKey'])
  })
})

describe('a payment by Stripe', () => {
  it('is opened with what Stripe needs, is told of by a webhook, posts itself and settles the invoice', async () => {
    const begun = await begin()
    const ask = stripe.asked.at(-1)!
    expect([ask.path, ask.auth]).toEqual(['POST /v1/checkout/sessions', `Bearer ${stripeKey}`])
    expect(Object.fromEntries(ask.form)).toMatchObject({
      mode: 'payment',
      'line_items[0][price_data][unit_amount]': '10000',
      'line_items[0][price_data][currency]': 'usd',
      'line_items[0][price_data][product_data][name]': begun.invoice.number,
      client_reference_id: begun.id,
      locale: 'en',
      success_url: `http://localhost/p/${begun.token}?payment=${begun.id}`,
    })
    // Which ways to pay there are, the account's settings say.
    expect([...ask.form.keys()].some((each) => each.startsWith('payment_method_types'))).toBe(false)
    expect(await stateOf(begun)).toBe('open')
    stripe.complete(begun.session)
    expect((await completed(begun)).status).toBe(200)
    expect(await invoiceOf(begun)).toMatchObject({ paymentStatus: 'paid', openAmount: '0' })
    expect(await paymentsOf(begun)).toMatchObject([
      { amount: '100', method: 'online', reference: begun.session, state: 'posted', unallocatedAmount: '0' },
    ])
    const history = (await shop.api('GET', `/invoices/${begun.invoice.id}/online-payments`)).items
    expect(history).toMatchObject([{ state: 'paid', amount: '100', error: null }])
  })

  it('is one payment, however often and however much at once it is told and asked', async () => {
    const begun = await begin()
    stripe.complete(begun.session)
    const told = await Promise.all([
      ...Array.from({ length: 4 }, () => completed(begun, 'evt_same')),
      ...Array.from({ length: 4 }, () => completed(begun)),
      stateOf(begun),
    ])
    expect(told.slice(0, 8).map((each) => (each as { status: number }).status)).toEqual(Array(8).fill(200))
    await completed(begun, 'evt_same')
    expect(await paymentsOf(begun)).toHaveLength(1)
    expect(await invoiceOf(begun)).toMatchObject({ openAmount: '0' })
  })

  it('is not believed without the right signature', async () => {
    const begun = await begin()
    const object = { ...stripe.sessions.get(begun.session), payment_status: 'paid', status: 'complete' }
    const forged = await Promise.all([
      tell('checkout.session.completed', object, { secret: 'whsec_ofSomebodyElse' }),
      tell('checkout.session.completed', object, { at: Date.now() - 3_600_000 }),
      shop.send(
        'POST',
        `/online-payments/${shop.company.id}/stripe`,
        JSON.stringify({ id: 'evt_x', data: { object } }),
        { as: null, key: null },
      ),
    ])
    expect(forged.map((each) => [each.status, each.json.code])).toEqual([
      [400, 'bad-signature'],
      [400, 'bad-signature'],
      [400, 'bad-signature'],
    ])
    // Signed, but not true at Stripe: what counts is what Stripe answers.
    expect((await tell('checkout.session.completed', object)).status).toBe(200)
    expect(await invoiceOf(begun)).toMatchObject({ paymentStatus: 'open', openAmount: '100' })
    const other = await shop.newCompany()
    const { body, header } = signed(
      { id: 'evt_y', type: 'checkout.session.completed', data: { object } },
      webhookSecret,
    )
    const theirs = await shop.send('POST', `/online-payments/${other.company.id}/stripe`, body, {
      as: null,
      key: null,
      headers: { 'stripe-signature': header },
    })
    expect(theirs.json.code).toBe('no-provider')
  })

  it('is found out when the webhook is lost: when the customer comes back, or by the clock', async () => {
    const [back, gone] = [await begin(), await begin()]
    stripe.complete(back.session)
    expect(await stateOf(back)).toBe('paid')
    expect(await invoiceOf(back)).toMatchObject({ paymentStatus: 'paid' })
    stripe.complete(gone.session)
    later(6)
    await askProviders(surroundings)
    setClock(null)
    expect(await invoiceOf(gone)).toMatchObject({ paymentStatus: 'paid' })
    const late = await completed(gone)
    expect([late.status, (await paymentsOf(gone)).length]).toEqual([200, 1])
  })

  it('only moves forward, in whatever order it is told', async () => {
    const begun = await begin()
    const intent = { id: 'pi_1', object: 'payment_intent', status: 'processing' } as const
    // A debit that takes days: told complete, not paid.
    stripe.complete(begun.session, { payment_status: 'unpaid', payment_intent: intent })
    await completed(begun)
    expect(await stateOf(begun)).toBe('processing')
    expect(await invoiceOf(begun)).toMatchObject({ paymentStatus: 'open' })
    stripe.complete(begun.session)
    await tell('checkout.session.async_payment_succeeded', stripe.sessions.get(begun.session)!)
    // What came late of an earlier state changes nothing.
    stripe.complete(begun.session, { status: 'expired', payment_status: 'unpaid' })
    await tell('checkout.session.expired', stripe.sessions.get(begun.session)!)
    expect(await stateOf(begun)).toBe('paid')
    expect(await paymentsOf(begun)).toHaveLength(1)
    const failed = await begin()
    const dead = { ...intent, status: 'requires_payment_method' }
    stripe.complete(failed.session, { payment_status: 'unpaid', payment_intent: dead })
    await tell('checkout.session.async_payment_failed', stripe.sessions.get(failed.session)!)
    expect(await stateOf(failed)).toBe('failed')
    const history = await shop.api('GET', `/audit?objectId=${failed.invoice.id}`)
    expect(history.items.map((each) => each.type)).toContain('invoice.online-payment-failed')
  })

  it('is not lost when the process ends between Stripe and the database', async () => {
    // The checkout was made, the answer never came; the customer clicks again.
    const { invoice, token } = await invoiced()
    const body = { provider: 'stripe', documents: [{ id: invoice.id }] }
    const click = () => shop.send('POST', `/portal/${token}/payments`, body, { as: null, key: 'one-click' })
    stripe.trouble.push(500, 500)
    expect((await click()).json.code).toBe('provider-failed')
    const [first, again] = [await click(), await click()]
    expect([first.status, again.json.url]).toEqual([200, first.json.url])
    // Made at Stripe, not written here: the webhook still finds it by our own id.
    const begun = await begin()
    await shop.ownerDb.query(
      `update online_payments set state = 'starting', provider_id = null, address = null where id = $1`,
      [begun.id],
    )
    stripe.complete(begun.session)
    await completed(begun)
    expect(await invoiceOf(begun)).toMatchObject({ paymentStatus: 'paid' })
  })

  it('that cannot be booked now says why, and is booked later', async () => {
    const begun = await begin(undefined, '50.00', { currency: 'EUR', exchangeRate: '1.10' })
    stripe.complete(begun.session)
    expect((await completed(begun)).status).toBe(200)
    const how = async () => (await shop.api('GET', `/invoices/${begun.invoice.id}/online-payments`)).items[0]!
    expect(await how()).toMatchObject({ state: 'paid', paymentId: null })
    expect((await how()).error).toMatch(/EUR/)
    await shop.api('POST', '/exchange-rates', { currency: 'EUR', date: '2020-01-01', rate: '1.1' })
    later(6)
    await askProviders(surroundings)
    setClock(null)
    expect(await how()).toMatchObject({ state: 'paid', error: null })
    expect(await invoiceOf(begun)).toMatchObject({ paymentStatus: 'paid' })
  })

  it('may be a part, more than is open, or of what was paid meanwhile: nothing is lost', async () => {
    const part = await begin('40.00')
    stripe.complete(part.session)
    await completed(part)
    expect(await invoiceOf(part)).toMatchObject({ paymentStatus: 'partial', openAmount: '60' })
    const more = { provider: 'stripe', documents: [{ id: part.invoice.id, amount: '60.01' }] }
    const refused = await shop.send('POST', `/portal/${part.token}/payments`, more, { as: null })
    expect([refused.status, refused.json.errors[0]?.pointer]).toEqual([422, '/documents/0/amount'])
    const meanwhile = await begin()
    await shop.api('POST', `/invoices/${meanwhile.invoice.id}/payments`, { amount: '70.00' })
    stripe.complete(meanwhile.session)
    await completed(meanwhile)
    const online = (await paymentsOf(meanwhile)).find((each) => each.method === 'online')
    expect(online).toMatchObject({ amount: '100', unallocatedAmount: '70' })
    const paid = await begin()
    await shop.api('POST', `/invoices/${paid.invoice.id}/payments`)
    stripe.complete(paid.session, { amount_total: 12_000 })
    await completed(paid)
    const { items } = await shop.api('GET', `/payments?partyId=${shop.customerId}&sort=-date&limit=200`)
    expect(items.find((each) => each.reference === paid.session)).toMatchObject({
      amount: '120',
      unallocatedAmount: '120',
    })
    expect(await invoiceOf(paid)).toMatchObject({ paymentStatus: 'paid', openAmount: '0' })
  })

  it('is refused in words where Stripe refuses', async () => {
    const { invoice, token } = await invoiced()
    stripe.trouble.push(400)
    const body = { provider: 'stripe', documents: [{ id: invoice.id }] }
    const answer = await shop.send('POST', `/portal/${token}/payments`, body, { as: null })
    expect([answer.status, answer.json.code]).toEqual([502, 'provider-refused'])
    expect(answer.text).not.toContain(stripeKey)
  })
})

describe('a refund', () => {
  it('is offered for what was paid online only, and else refused with the reason', async () => {
    const offer = async ({ id }: { readonly id: string }) => {
      const { allowed, reason, most } = await shop.api<{
        allowed: boolean
        reason: { code: string; message: string } | null
        most: string
      }>('GET', `/credit-notes/${id}/online-refunds`)
      return [allowed, reason?.code ?? null, most]
    }
    const credited = async ({ invoice }: { readonly invoice: { readonly id: string } }) => {
      const draft = await shop.api('POST', `/invoices/${invoice.id}/credit-notes`)
      expect(await offer(draft)).toEqual([false, 'nothing-left', '0'])
      return shop.api('POST', `/credit-notes/${draft.id}/post`)
    }
    const begun = await begin()
    stripe.complete(begun.session)
    await completed(begun)
    const credit = await credited(begun)
    expect(await offer(credit)).toEqual([true, null, '100'])
    const byBank = await begin()
    await shop.api('POST', `/invoices/${byBank.invoice.id}/payments`, { method: 'bank' })
    const other = await credited(byBank)
    expect(await offer(other)).toEqual([false, 'not-paid-online', '0'])
    const refusal = await shop.send('POST', `/credit-notes/${other.id}/online-refunds`)
    expect([refusal.status, refusal.json.code]).toEqual([409, 'not-paid-online'])
  })

  it('of a credit note goes back by Stripe, once, and is undone where it fails after all', async () => {
    const begun = await begin()
    stripe.complete(begun.session)
    await completed(begun)
    const draft = await shop.api('POST', `/invoices/${begun.invoice.id}/credit-notes`)
    const credit = await shop.api('POST', `/credit-notes/${draft.id}/post`)
    const refund = () => shop.send('POST', `/credit-notes/${credit.id}/online-refunds`, { amount: '30.00' })
    // Made at Stripe, but the answer was lost: asked again by the clock, it is the same refund.
    stripe.trouble.push(0, 500)
    expect((await refund()).status).toBe(502)
    expect((await refund()).json.code).toBe('refund-under-way')
    const offered = await shop.api('GET', `/credit-notes/${credit.id}/online-refunds`)
    expect(offered).toMatchObject({ allowed: false, reason: { code: 'refund-under-way' } })
    later(6)
    await askProviders(surroundings)
    setClock(null)
    expect(stripe.refunds.size).toBe(1)
    expect(await shop.api('GET', `/credit-notes/${credit.id}`)).toMatchObject({
      openAmount: '70',
      refundedAmount: '30',
    })
    const rest = await shop.api('POST', `/credit-notes/${credit.id}/online-refunds`)
    expect(rest).toMatchObject({ refunded: true })
    expect([...stripe.refunds.values()].map((each) => [each.amount, each.payment_intent])).toEqual([
      [3000, `pi_${begun.session}`],
      [7000, `pi_${begun.session}`],
    ])
    expect((await refund()).json.code).toBe('nothing-left')
    const [first] = [...stripe.refunds.values()]
    first!.status = 'failed'
    await tell('refund.failed', first!)
    await tell('refund.failed', first!)
    expect(await shop.api('GET', `/credit-notes/${credit.id}`)).toMatchObject({ openAmount: '30' })
  })
})

describe('a refund made at Stripe', () => {
  const paid = async (price?: string) => {
    const begun = await begin(undefined, price)
    stripe.complete(begun.session)
    await completed(begun)
    return begun
  }
  const refundsOf = async (begun: Begun) => {
    const { items } = await shop.api('GET', `/payments?partyId=${shop.customerId}&direction=out&limit=200`)
    const ids = [...stripe.refunds.values()]
      .filter((each) => each.payment_intent === `pi_${begun.session}`)
      .map((each) => each.id)
    return items.filter((each) => ids.includes(each.reference as string) && each.state === 'posted')
  }
  const charge = (begun: Begun) =>
    tell('charge.refunded', { id: 'ch_1', object: 'charge', payment_intent: `pi_${begun.session}` })

  it('goes against the payment, once, however often, at once and by which event it is told', async () => {
    const begun = await paid()
    const refund = stripe.payBack(begun.session, 3000)
    const told = await Promise.all([
      ...Array.from({ length: 3 }, () => tell('refund.created', refund, { id: 'evt_refund' })),
      tell('refund.updated', refund),
      tell('charge.refund.updated', refund),
      charge(begun),
    ])
    expect(told.map((each) => each.status)).toEqual(Array(6).fill(200))
    expect(await refundsOf(begun)).toMatchObject([
      { amount: '30', direction: 'out', side: 'customer', method: 'online', reference: refund.id },
    ])
    // 70.00 of the payment still pay the invoice, of which 30.00 are open again.
    const [payment] = (await paymentsOf(begun)).filter((each) => each.direction === 'in')
    expect(payment).toMatchObject({ amount: '100', unallocatedAmount: '0' })
    expect(await invoiceOf(begun)).toMatchObject({ paymentStatus: 'partial', openAmount: '30' })
    // Then the rest, of which only the charge is told.
    stripe.payBack(begun.session, 7000)
    await charge(begun)
    expect((await refundsOf(begun)).map((each) => each.amount)).toHaveLength(2)
    expect(await invoiceOf(begun)).toMatchObject({ paymentStatus: 'open', openAmount: '100' })
  })

  it('goes by the credit note that it names', async () => {
    const begun = await paid()
    const draft = await shop.api('POST', `/invoices/${begun.invoice.id}/credit-notes`)
    const credit = await shop.api('POST', `/credit-notes/${draft.id}/post`)
    const refund = stripe.payBack(begun.session, 4000, { credit_note: credit.number! })
    await tell('refund.created', refund)
    await tell('refund.created', refund)
    expect(await shop.api('GET', `/credit-notes/${credit.id}`)).toMatchObject({
      openAmount: '60',
      refundedAmount: '40',
    })
    expect(await invoiceOf(begun)).toMatchObject({ paymentStatus: 'paid' })
    // What is left of the payment at Stripe counts both kinds of refund.
    const rest = await shop.send('POST', `/credit-notes/${credit.id}/online-refunds`, { amount: '60.01' })
    expect(rest.json.code).toBe('bad-amount')
    // It failed after all.
    refund.status = 'failed'
    await tell('refund.failed', refund)
    await tell('refund.failed', refund)
    expect(await shop.api('GET', `/credit-notes/${credit.id}`)).toMatchObject({ openAmount: '100' })
  })

  it('may be told before the payment, and of one that was made here nothing is taken over', async () => {
    const begun = await begin()
    stripe.complete(begun.session)
    const refund = stripe.payBack(begun.session, 2500)
    expect((await tell('refund.created', refund)).status).toBe(200)
    await completed(begun)
    expect(await refundsOf(begun)).toMatchObject([{ amount: '25' }])
    expect(await invoiceOf(begun)).toMatchObject({ paymentStatus: 'partial', openAmount: '25' })
    const other = await paid()
    const draft = await shop.api('POST', `/invoices/${other.invoice.id}/credit-notes`)
    const credit = await shop.api('POST', `/credit-notes/${draft.id}/post`)
    // The answer of Stripe is lost; its webhook comes before the clock.
    stripe.trouble.push(0, 500)
    await shop.send('POST', `/credit-notes/${credit.id}/online-refunds`)
    await tell('refund.created', [...stripe.refunds.values()].at(-1)!)
    expect(await refundsOf(other)).toMatchObject([{ amount: '100' }])
    expect(await shop.api('GET', `/credit-notes/${credit.id}`)).toMatchObject({ openAmount: '0' })
  })

  it('is not believed without the right signature, nor more than Stripe says, nor of a stranger', async () => {
    const begun = await paid()
    const refund = stripe.payBack(begun.session, 1000)
    const forged = await tell('refund.created', refund, { secret: 'whsec_ofSomebodyElse' })
    const old = await tell('refund.created', refund, { at: Date.now() - 3_600_000 })
    expect([forged.json.code, old.json.code]).toEqual(['bad-signature', 'bad-signature'])
    expect(await refundsOf(begun)).toEqual([])
    // Signed, with another amount than Stripe knows.
    await tell('refund.created', { ...refund, amount: 9900 })
    expect(await refundsOf(begun)).toMatchObject([{ amount: '10' }])
    // Paid back here and there: what cannot be booked says so on the invoice's page.
    const twice = await paid()
    const [payment] = await paymentsOf(twice)
    await shop.api('POST', `/payments/${payment!.id}/cancel`)
    const late = await tell('refund.created', stripe.payBack(twice.session, 1000))
    expect(late.status).toBe(409)
    const [how] = (await shop.api('GET', `/invoices/${twice.invoice.id}/online-payments`)).items
    expect(how!.error).toMatch(/^10 USD was paid back at the provider and is not booked: /)
  })
})

describe('the test provider', () => {
  it('is offered where it was switched on; no money moves and the payment says so', async () => {
    const { invoice, token } = await invoiced()
    const body = { provider: 'test', documents: [{ id: invoice.id }] }
    const stranger = { as: null }
    const off = await shop.send('POST', `/portal/${token}/payments`, body, { as: null })
    expect(off.json.code).toBe('no-provider')
    await shop.api('PATCH', '/online-payment-settings', { testEnabled: true })
    const begun = await shop.api('POST', `/portal/${token}/payments`, body, { as: null })
    const test = (outcome: string) =>
      shop.send('POST', `/portal/${token}/payments/${begun.id}/test`, { outcome }, { as: null })
    const stripes = await begin()
    const at = `/portal/${stripes.token}/payments`
    const wrong = await shop.send('POST', `${at}/${stripes.id}/test`, { outcome: 'paid' }, stranger)
    expect(wrong.status).toBe(409)
    const foreign = await shop.send('GET', `${at}/${begun.id}`, undefined, stranger)
    expect(foreign.status).toBe(404)
    const answers = await Promise.all([test('paid'), test('paid'), test('failed')])
    expect(answers.map((each) => each.status)).toEqual([200, 200, 200])
    const after = await invoiceOf({ invoice })
    if (after.paymentStatus !== 'paid') await test('paid')
    const { links } = await invoiceOf({ invoice })
    const payments = links.filter((each) => each.kind === 'payment')
    expect(payments).toHaveLength(1)
    const payment = await shop.api('GET', `/payments/${payments[0]!.id}`)
    expect(payment).toMatchObject({ method: 'test', notes: 'Test payment, no money moved' })
  })
})
