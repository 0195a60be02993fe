import { decimal, min, zero } from '../../../src/kernel/decimal.ts'

interface Claim {
  readonly id: string
  readonly currency: string
  readonly openAmount: string
}

/**
 * What an amount settles of open documents, in the order given, until nothing is left.
 * @returns amounts by id, in the currency of the documents; those in another one are left to the person
 */
export function propose(
  claims: readonly Claim[],
  amount: string,
  currency: string,
): ReadonlyMap<string, string> {
  let rest = decimal(amount)
  const amounts = new Map<string, string>()
  for (const claim of claims) {
    if (claim.currency !== currency || rest.lte(zero)) continue
    const taken = min(rest, decimal(claim.openAmount))
    amounts.set(claim.id, taken.toFixed())
    rest = rest.minus(taken)
  }
  return amounts
}
