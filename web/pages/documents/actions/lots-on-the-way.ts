import { decimal, zero } from '../../../../src/kernel/decimal.ts'
import type { OneOf } from '../../../api/index.ts'

/** The lots and serial numbers of a transfer's line that have not arrived yet. */
export function lotsOnTheWay(line: OneOf<'stock-transfers'>['lines'][number]) {
  return line.lots.flatMap(({ number, expiresOn, quantity }) => {
    const there = line.lotsReceived.find((lot) => lot.number === number)?.quantity ?? '0'
    const left = decimal(quantity).minus(decimal(there))
    return left.gt(zero) ? [{ number, expiresOn, quantity: left.toFixed(), expired: false }] : []
  })
}
