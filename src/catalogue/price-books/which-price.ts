import type { Static } from 'typebox'
import type { Context } from '../../kernel/context.ts'
import { decimal, one } from '../../kernel/decimal.ts'
import { notFound } from '../../kernel/problem.ts'
import { sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { findProducts } from '../products/find-products.ts'
import { unitOf } from '../units.ts'
import { type PriceChoice, choosePrices } from './choose-prices.ts'
import type { WhichPriceQuery } from './schema.ts'

const findPartyCurrency = statement(
  'find_party_currency',
  { currency: 'text?' },
  (p: { companyId: string; id: string }) =>
    sql`select currency from parties where company_id = ${p.companyId} and id = ${p.id}`,
)

/** Answers 'which price applies?' for one product, the way documents choose it. */
export async function whichPrice(
  tx: Transaction,
  ctx: Context,
  query: Static<typeof WhichPriceQuery>,
): Promise<PriceChoice & { currency: string }> {
  const companyId = ctx.company.id
  const [products, party] = await Promise.all([
    findProducts(tx, companyId, [query.productId]),
    query.partyId === undefined ? null : tx.maybe(findPartyCurrency, { companyId, id: query.partyId }),
  ])
  const product = products.get(query.productId)
  if (!product) throw notFound('product')
  if (query.partyId !== undefined && party === null) throw notFound('party')
  const currency = query.currency ?? party?.currency ?? ctx.company.currency
  const [choice] = await choosePrices(tx, ctx, {
    side: query.side ?? 'sales',
    partyId: query.partyId ?? null,
    currency,
    date: query.date ?? ctx.today,
    priceBookId: query.priceBookId ?? null,
    lines: [
      {
        productId: product.id,
        unit: unitOf(product, query.unit ?? null, 'unit').unit,
        quantity: query.quantity === undefined ? one : decimal(query.quantity),
      },
    ],
  })
  return { ...choice!, currency }
}
