import type { Context } from '../kernel/context.ts'
import type { Transaction } from '../kernel/transaction.ts'
import type { PrintedKind } from '../printing/index.ts'
import { findDocuments, purposeOf, whyNotSent } from './find-document.ts'
import { findAddressees, recipientsOf } from './recipients.ts'
import type { RecipientsOut } from './schema.ts'
import { whatHinders } from './send-document.ts'
import { readMailSettings } from './settings.ts'

/** Whom each of many documents would go to, and what stands in its way: what sending them one by one would do. */
export async function recipientsOfDocuments(
  tx: Transaction,
  ctx: Context,
  kind: PrintedKind,
  ids: readonly string[],
): Promise<RecipientsOut> {
  const [documents, settings] = await Promise.all([
    findDocuments(tx, ctx, kind, ids),
    readMailSettings(tx, ctx.company.id),
  ])
  const parties = await findAddressees(tx, ctx.company.id, [
    ...new Set(documents.flatMap(({ partyId }) => partyId ?? [])),
  ])
  const byId = new Map(documents.map((document) => [document.id, document]))
  return {
    items: ids.flatMap((id) => {
      const document = byId.get(id)
      if (document === undefined) return []
      const refusal = whyNotSent(kind, document)
      const party = document.partyId === null ? undefined : parties.get(document.partyId)
      const to = party === undefined ? [] : recipientsOf(party, purposeOf(document))
      const hindrances =
        refusal === null ? whatHinders(settings, to) : [{ code: refusal.code, message: refusal.message }]
      return [{ id, to, hindrances }]
    }),
  }
}
