import type { Surroundings } from '../http/outside.ts'
import { selectPayable } from '../invoices/index.ts'
import { now } from '../kernel/clock.ts'
import type { Context } from '../kernel/context.ts'
import { type Decimal, decimal, fits, sum, zero } from '../kernel/decimal.ts'
import { newId } from '../kernel/ids.ts'
import { Problem, conflict, notFound, ruleBroken } from '../kernel/problem.ts'
import { type Transaction, inTransaction } from '../kernel/transaction.ts'
import type { ProviderName } from './provider.ts'
import { type Share, insertOnce, selectByRequest, selectOnlinePayment, setOpen, setState } from './records.ts'
import { providerOf, waysToPay } from './settings.ts'

interface Wish {
  readonly provider: ProviderName
  readonly documents: readonly { readonly id: string; readonly amount?: string }[]
  /** The same key again is the same payment. */
  readonly key: string
}

/**
 * Notes what a customer sets out to pay, with the rights that his link has: of documents that it does not
 * cover there is nothing to pay. The checkout is opened after that (`openCheckout`).
 * @returns its id.
 */
export async function startPayment(
  tx: Transaction,
  ctx: Context,
  linkId: string,
  wish: Wish,
): Promise<string> {
  const companyId = ctx.company.id
  const ids = wish.documents.map((each) => each.id)
  const [ways, payable] = await Promise.all([
    waysToPay(tx, companyId),
    tx.all(selectPayable, { companyId, ids }),
  ])
  if (!ways[wish.provider])
    throw ruleBroken('no-provider', '/provider', 'This way to pay is not offered (any more).')
  if (new Set(ids).size < ids.length)
    throw ruleBroken('named-twice', '/documents', 'Name each document once.')
  const shares: { invoiceId: string; amount: Decimal }[] = []
  for (const [i, { id, amount: asked }] of wish.documents.entries()) {
    const document = payable.find((each) => each.id === id)
    if (!document) throw notFound('document')
    if (document.currency !== payable[0]!.currency)
      throw ruleBroken('other-currency', `/documents/${i}/id`, 'Pay documents of one currency at a time.')
    if (document.open.lte(zero))
      throw conflict('already-paid', `${document.number} is paid already; nothing is open.`, { open: '0' })
    const amount = asked === undefined ? document.open : decimal(asked)
    if (!amount.gt(zero) || !fits(amount, document.minorDigits) || amount.gt(document.open)) {
      throw ruleBroken(
        'bad-amount',
        `/documents/${i}/amount`,
        `Enter an amount up to ${document.open.toFixed()} ${document.currency}, which is open on ${document.number}, with at most ${document.minorDigits} decimals.`,
        { open: document.open.toFixed() },
      )
    }
    shares.push({ invoiceId: id, amount })
  }
  const documents: Share[] = shares.map((each) => ({ ...each, amount: each.amount.toFixed() }))
  const made = await tx.maybe(insertOnce, {
    companyId,
    id: newId(),
    provider: wish.provider,
    linkId,
    key: wish.key,
    partyId: ctx.partyId!,
    currency: payable[0]!.currency,
    amount: sum(shares.map((each) => each.amount)).toFixed(),
    documents,
    now: ctx.now,
  })
  if (made !== null) return made.id
  const before = await tx.one(selectByRequest, { companyId, linkId, key: wish.key })
  if (
    before.provider !== wish.provider ||
    ids.some((id) => before.documents.every((d) => d.invoiceId !== id))
  )
    throw new Problem(
      422,
      'idempotency-key-reused',
      'This Idempotency-Key was sent before with another request. Use a new key for a new payment.',
      { errors: [{ pointer: 'Idempotency-Key', message: 'was used for another request' }] },
    )
  return before.id
}

interface Opened {
  readonly id: string
  /** Where the customer pays. */
  readonly url: string
}

/** Opens the checkout at the provider, outside of any transaction; again after a failure, it is the same one. */
export async function openCheckout(
  surroundings: Surroundings,
  companyId: string,
  id: string,
  asked: { readonly language: 'en' | 'pl'; readonly returnUrl: string; readonly title: string },
): Promise<Opened> {
  const { db } = surroundings
  const { row, provider } = await inTransaction(
    db,
    { companyId },
    async (tx) => {
      const found = await tx.one(selectOnlinePayment, { companyId, id })
      return {
        row: found,
        provider: await providerOf(tx, companyId, found.provider as ProviderName, surroundings),
      }
    },
    { readOnly: true },
  )
  if (row.address !== null) return { id, url: row.address }
  const { amount, currency, minorDigits } = row
  try {
    const checkout = await provider.createCheckout({ id, amount, currency, minorDigits, ...asked })
    await inTransaction(db, { companyId }, async (tx) => tx.write(setOpen, { companyId, id, ...checkout }))
    return { id, url: checkout.address }
  } catch (error) {
    // What the provider refuses for good is not tried again; anything else is, by the same key.
    if (error instanceof Problem && error.facts.lasting === true) {
      await inTransaction(db, { companyId }, async (tx) =>
        tx.write(setState, {
          companyId,
          id,
          state: 'failed',
          providerId: null,
          providerPayment: null,
          paymentId: null,
          error: error.message.slice(0, 1000),
          now: now(),
        }),
      )
    }
    throw error
  }
}
