import { decimal } from '../kernel/decimal.ts'
import { Problem } from '../kernel/problem.ts'
import type { Provider } from './provider.ts'

/**
 * A provider with which no money moves: what the customer chose on its page is the truth. For the demo and
 * for trying out; a page of it says so in large letters. Its ids hold what was chosen, so that it keeps
 * nothing: `test_<payment>` is open.
 */
export function testProvider(
  chosen: { readonly outcome: 'paid' | 'failed'; readonly amount: string } | null,
): Provider {
  return {
    async createCheckout(asked) {
      return { providerId: `test_${asked.id}`, address: asked.returnUrl.replace(/^https?:\/\/[^/]+/, '') }
    },
    async stateOf(providerId) {
      if (chosen === null) return { state: 'open', amount: null, payment: null }
      const amount = chosen.outcome === 'paid' ? decimal(chosen.amount) : null
      return { state: chosen.outcome, amount, payment: providerId }
    },
    read() {
      throw new Problem(400, 'bad-signature', 'The test provider sends no webhooks.')
    },
    async refund({ id }) {
      return { providerRefund: `test_${id}`, state: 'done' }
    },
    async stateOfRefund() {
      throw noPlace()
    },
    async refundsOf() {
      throw noPlace()
    },
  }
}

/** Nothing happens at the test provider that was not asked for here. */
function noPlace(): Problem {
  return new Problem(404, 'not-found', 'The test provider keeps no refunds.')
}
