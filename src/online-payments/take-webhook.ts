import type { Surroundings } from '../http/outside.ts'
import { loadCompany } from '../identity/index.ts'
import { isId } from '../kernel/ids.ts'
import { notFound } from '../kernel/problem.ts'
import { inTransaction } from '../kernel/transaction.ts'
import type { Cause } from './apply-state.ts'
import { ask, findOnlinePayment } from './ask.ts'
import type { ProviderName, Told } from './provider.ts'
import { selectToldOf } from './records.ts'
import { providerOf } from './settings.ts'
import { takeRefund } from './take-refund.ts'

/**
 * Takes a webhook of a provider. Only its signature is believed: what it is about is asked of the provider, so
 * an old one that comes late says what is true now. Of things that are not ours it takes no note.
 * @throws 400 where it is not signed as it must be.
 */
export async function takeWebhook(
  surroundings: Surroundings,
  companyId: string,
  name: ProviderName,
  text: string,
  header: (name: string) => string | null,
): Promise<void> {
  const { db } = surroundings
  const company = isId(companyId) ? await loadCompany(db, companyId) : null
  if (company === null) throw notFound('company')
  const provider = await inTransaction(
    db,
    { companyId },
    (tx) => providerOf(tx, companyId, name, surroundings),
    {
      readOnly: true,
    },
  )
  const told: Told = provider.read(text, header)
  const cause: Cause = { provider: name, told }
  if (told.about?.kind === 'refund')
    return takeRefund(surroundings, company, await provider.stateOfRefund(told.about.providerRefund), cause)
  if (told.about?.kind === 'refunds') {
    for (const known of await provider.refundsOf(told.about.payment))
      await takeRefund(surroundings, company, known, cause)
    return
  }
  if (told.about === null) return
  const { providerId } = told.about
  const reference = told.about.reference !== null && isId(told.about.reference) ? told.about.reference : null
  const found = await inTransaction(
    db,
    { companyId },
    (tx) => tx.maybe(selectToldOf, { companyId, provider: name, providerId, reference }),
    { readOnly: true },
  )
  if (found === null) return
  await ask(surroundings, company, await findOnlinePayment(surroundings, companyId, found.id), {
    providerId,
    cause,
  })
}
