import type { FileAnswer } from '../http/file-answer.ts'
import type { Context } from '../kernel/context.ts'
import { refuseBackwards } from '../kernel/guards.ts'
import { notFound } from '../kernel/problem.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { findParty } from '../parties/index.ts'
import { findHouse } from './house.ts'
import { contentOfStatement } from './of-statement.ts'
import { printContent } from './print-document.ts'
import { Language, printLanguage } from './words.ts'

/**
 * The statement of account of a customer in one currency.
 * @param tried a source in place of the template.
 */
export async function printStatement(
  tx: Transaction,
  ctx: Context,
  partyId: string,
  asked: {
    readonly from?: string | undefined
    readonly to?: string | undefined
    readonly currency?: string | undefined
    readonly language?: string | undefined
  },
  tried: string | null = null,
): Promise<FileAnswer> {
  const party = await findParty(tx, ctx.company.id, partyId)
  if (!party) throw notFound('party')
  const language = new Language(printLanguage(asked.language, party.language, ctx.company.language))
  const query = {
    from: asked.from ?? null,
    to: asked.to ?? ctx.today,
    currency: asked.currency ?? party.currency ?? ctx.company.currency,
  }
  if (query.from !== null) refuseBackwards(query.from, query.to)
  const content = await contentOfStatement(tx, ctx, await findHouse(tx, ctx), partyId, query, language)
  return printContent(tx, ctx, 'statement', content, language, tried)
}
