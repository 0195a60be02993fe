import * as model from './model.ts'
import { type Call, type Done, type Move, adopt, all, money, paths } from './move.ts'
import type { Invoice, Payment, State } from './state.ts'
import type { World } from './world.ts'

/** What people do with money. */

/** The smallest amount of a currency, in thousandths. */
function step(world: World, currency: string): number {
  return 10 ** (3 - world.digits[currency]!)
}

/** Pays a claim or refunds a credit: all of it, a part, or more than there is. */
const pay: Move = (world, state, dice) => {
  const documents = all(state.invoices).filter((i) => i.state === 'posted' || dice.chance(3))
  const document = dice.recent(documents.filter((i) => model.left(i) > 0 || dice.chance(5)))
  if (!document) return null
  const other = dice.chance(20) ? world.currencies.find((c) => c !== document.currency) : undefined
  const left = model.left(document)
  const part = dice.chance(50)
  const over = dice.chance(6)
  const one = step(world, other ?? document.currency)
  const amount = over ? left + one : one * (1 + dice.int(Math.max(Math.floor(left / one), 1)))
  const claim = document.corrects === null
  const tooMuch = amount > left && !other && !(claim && world.settings.overpayment === 'credit')
  const refuse = document.state !== 'posted' || left <= 0 || (part && tooMuch)
  return {
    method: 'POST',
    path: `${paths[document.kind]}/${document.id}/payments`,
    body: {
      method: dice.one('bank', 'cash', 'card'),
      ...(part && { amount: money(amount) }),
      ...(other && { currency: other }),
    },
    // A small amount of another currency may be nothing in this one.
    must: refuse ? 'refuse' : other ? undefined : 'accept',
    apply: (done) => {
      adopt('payments')(done)
      const payment = done.model.state.payments[done.answer.id]!
      const mine = done.model.state.invoices[document.id]!
      const [settlement] = payment.settlements
      const taken = settlement ? (claim ? settlement.claimAmount : settlement.byAmount) : 0
      const right = !part ? left : other ? taken : Math.min(amount, left)
      if (taken !== right || taken <= 0 || taken > left || payment.settlements.length !== 1) {
        throw new Error(`${taken} of ${left} was settled, by the model ${right}`)
      }
      mine.settled += taken
      if (!claim) mine.refunded += taken
    },
  }
}

function claimsOf(state: State, party: string, direction: 'in' | 'out'): Invoice[] {
  const kind = direction === 'in' ? 'invoice' : 'bill'
  return all(state.invoices).filter(
    (i) => i.kind === kind && i.party === party && i.state === 'posted' && model.left(i) > 0,
  )
}

function post(payment: { id: string }, before: State): Call {
  return {
    method: 'POST',
    path: `/payments/${payment.id}/post`,
    must: before.payments[payment.id]!.state === 'draft' ? undefined : 'refuse',
    apply: (done) => settleFrom(done, payment.id),
  }
}

/** Takes the settlements of a payment as written, and carries each to the document that it pays. */
function settleFrom(done: Done, id: string): void {
  const before = done.model.state.payments[id]!
  const now = done.actual.payments[id]!
  const fresh = now.settlements.filter(
    (s) => !before.settlements.some((b) => b.claim === s.claim && b.claimAmount === s.claimAmount),
  )
  for (const { claim, claimAmount } of fresh) {
    const invoice = done.model.state.invoices[claim]!
    if (claimAmount <= 0 || claimAmount > model.left(invoice)) throw new Error(`${claimAmount} was settled`)
    invoice.settled += claimAmount
  }
  adopt('payments')({ ...done, answer: { ...done.answer, id } })
}

/** A payment on account, or over several documents; drafted and mostly posted. */
const payOnAccount: Move = (world, state, dice) => {
  const direction = dice.one<'in' | 'out'>('in', 'out')
  const partyId = dice.any(direction === 'in' ? world.customers : world.vendors)!
  const currency = dice.chance(25) ? world.currencies[1] : 'USD'
  const one = step(world, currency)
  const claims = claimsOf(state, partyId, direction)
    .filter((i) => i.currency === currency || dice.chance(20))
    .slice(-2)
  const allocations = claims
    .filter(() => dice.chance(60))
    .map((i) => ({
      invoiceId: i.id,
      amount: money(dice.chance(50) ? model.left(i) : step(world, i.currency)),
    }))
  const amount = money(one * (1 + dice.int(20_000)))
  const posts = !dice.chance(15)
  return {
    method: 'POST',
    path: '/payments',
    body: { direction, partyId, currency, amount, ...(allocations.length > 0 && { allocations }) },
    must: allocations.length === 0 ? 'accept' : undefined,
    apply: adopt('payments'),
    next: ({ answer, model: now }) => (posts ? post(answer, now.state) : null),
  }
}

const postAny: Move = (_world, state, dice) => {
  const payment = dice.recent(all(state.payments).filter((y) => y.state === 'draft' || dice.chance(5)))
  return payment && post(payment, state)
}

function unallocated(payment: Payment): number {
  return payment.amount - payment.rounding - payment.settled
}

function isRefund(payment: Payment): boolean {
  return (payment.side === 'customer') === (payment.direction === 'out')
}

const allocate: Move = (_world, state, dice) => {
  const payments = all(state.payments).filter((y) => y.state === 'posted' && unallocated(y) > 0)
  const payment = dice.recent(payments)
  const claim = payment && dice.any(claimsOf(state, payment.party, payment.direction))
  if (!payment || !claim) return null
  const most =
    claim.currency === payment.currency
      ? Math.min(unallocated(payment), model.left(claim))
      : model.left(claim)
  const amount = most + (dice.chance(8) ? 1000 : 0)
  const same = claim.currency === payment.currency
  return {
    method: 'POST',
    path: `/payments/${payment.id}/allocate`,
    body: { allocations: [{ invoiceId: claim.id, amount: money(amount) }] },
    must:
      isRefund(payment) || amount > model.left(claim)
        ? 'refuse'
        : same && amount <= most
          ? 'accept'
          : undefined,
    apply: (done) => settleFrom(done, payment.id),
  }
}

const refund: Move = (world, state, dice) => {
  const payment = dice.recent(all(state.payments).filter((y) => y.state === 'posted'))
  if (!payment) return null
  const one = step(world, payment.currency)
  const left = unallocated(payment)
  const amount = dice.chance(50) ? left : one * (1 + dice.int(3000))
  const refuse = isRefund(payment) || amount <= 0 || amount > left
  return {
    method: 'POST',
    path: `/payments/${payment.id}/refund`,
    body: { amount: money(Math.max(amount, 0)) },
    must: refuse ? 'refuse' : 'accept',
    apply: (done) => {
      adopt('payments')(done)
      const mine = done.model.state.payments[payment.id]!
      mine.settled += amount
      mine.settlements.push(...done.actual.payments[done.answer.id]!.settlements)
    },
  }
}

/** What a payment paid is open again, what it refunded is there again. */
const cancel: Move = (_world, state, dice) => {
  const payment = dice.recent(all(state.payments).filter((y) => y.state !== 'cancelled' || dice.chance(5)))
  if (!payment) return null
  const paidBack = payment.settlements.some(
    (s) => s.by === payment.id && state.payments[s.claim] !== undefined,
  )
  const claims = claimsBehind(state, payment)
  // Whether a credit of what it paid was paid back out of it, the rules of the books say.
  const credits = all(state.invoices).filter((i) => i.corrects !== null && claims.includes(i.corrects))
  const refunded = credits.some((credit) => credit.refunded > 0)
  return {
    method: 'POST',
    path: `/payments/${payment.id}/cancel`,
    body: { reason: 'bounced' },
    must: payment.state === 'cancelled' || paidBack ? 'refuse' : refunded ? undefined : 'accept',
    apply: ({ model: { state: now } }) => {
      const mine = now.payments[payment.id]!
      for (const { claim, by, claimAmount, byAmount } of mine.settlements) {
        if (now.invoices[claim]) now.invoices[claim]!.settled -= claimAmount
        if (now.invoices[by]) {
          now.invoices[by]!.settled -= byAmount
          now.invoices[by]!.refunded -= byAmount
        }
        if (by !== payment.id && now.payments[by]) {
          now.payments[by]!.settled -= byAmount
          now.payments[by]!.settlements = now.payments[by]!.settlements.filter((s) => s.claim !== payment.id)
        }
      }
      mine.settlements = []
      mine.settled = 0
      mine.state = 'cancelled'
      for (const claim of claims) model.settleByCredits(now, claim)
    },
  }
}

/** The invoices that a payment paid, or whose credits it refunded. */
function claimsBehind(state: State, payment: Payment): string[] {
  const ends = payment.settlements.flatMap(({ claim, by }) => [state.invoices[claim], state.invoices[by]])
  return [...new Set(ends.flatMap((i) => (i ? [i.corrects ?? i.id] : [])))]
}

export const paymentMoves = {
  pay,
  'pay on account': payOnAccount,
  'post a payment': postAny,
  allocate,
  'pay back': refund,
  'cancel a payment': cancel,
} satisfies Record<string, Move>
