import type { Context } from '../../kernel/context.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { snapshot } from '../../orders/index.ts'
import { findParty, loadParty, mergeParty } from '../../parties/index.ts'
import { selectBalances } from '../snapshot.ts'
import { countMoves, moveDocuments, moveOthers, movePointers } from './moves.ts'
import type { MergeInput, MergeOut } from './schemas.ts'

/**
 * Makes one party of two: what the duplicate has goes to the other, and the duplicate is archived with a link to it. Posted
 * documents go along, since what is owed is one person's: they keep the name, address and tax number that they were issued
 * with, which is what the books say; only the account changes in which they stand.
 * @throws what mergeParty of the parties throws
 */
export async function mergeParties(
  tx: Transaction,
  ctx: Context,
  id: string,
  input: MergeInput,
  ifMatch: number | null,
): Promise<MergeOut> {
  const companyId = ctx.company.id
  const { into } = input
  const merged = await mergeParty(tx, ctx, id, { id: into, version: input.version ?? null }, ifMatch)
  const move = { companyId, id, into }
  const [moved, balances] = await Promise.all([
    tx.all(countMoves, move),
    tx.all(selectBalances, { companyId, ids: [id] }),
  ])
  const kept = (await findParty(tx, companyId, into))!
  const party = snapshot(kept)
  for (const each of moveDocuments) tx.write(each, { ...move, party })
  for (const each of [...movePointers, ...moveOthers]) tx.write(each, move)
  return {
    party: (await loadParty(tx, companyId, into)) as MergeOut['party'],
    merged: { id, name: merged.duplicate.name },
    moved,
    ...merged.taken,
    balances: balances.map(({ currency, receivable, payable }) => ({ currency, receivable, payable })),
  }
}
