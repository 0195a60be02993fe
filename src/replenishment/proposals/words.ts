import { type Decimal, zero } from '../../kernel/decimal.ts'
import type { Outlook, Projected } from './projection.ts'

/** A proposal in words, with the figures that lead to it. */
export function inWords(x: Projected, { demandDays }: Outlook): string {
  const said = (value: Decimal): string => value.toFixed()
  const counted = [
    `${said(x.onHand)} on hand`,
    ...(x.expired.gt(zero) ? [`${said(x.expired)} of it expired`] : []),
    ...(x.incoming.gt(zero) ? [`${said(x.incoming)} on order`] : []),
    ...(x.drafted.gt(zero) ? [`${said(x.drafted)} on drafts of orders`] : []),
  ].join(', ')
  const ordered = `${said(x.outgoing)} ${x.outgoing.eq('1') ? 'is' : 'are'} ordered or reserved`
  const going = x.demand.gt(x.outgoing)
    ? `${said(x.demand)} will go out at ${said(x.demandPerDay)} a day, as in the last ${demandDays} days (${ordered})`
    : ordered
  const later = x.later.gt(zero) ? ` ${said(x.later)} more are on order for later.` : ''
  const sum = `By ${x.until}: ${counted}; ${going}. That leaves ${said(x.projected)} ${x.unit}`
  if (!x.projected.lt(x.minimum)) return `${sum}, not less than the minimum ${said(x.minimum)}.${later}`
  const lacking = x.maximum.minus(x.projected)
  const least =
    x.vendorMinimum !== null && x.vendorMinimum.gt(lacking)
      ? `; the vendor sells at least ${said(x.vendorMinimum)}`
      : ''
  const packs = x.packSize.eq('1') ? '' : `, in packs of ${said(x.packSize)}`
  return `${sum}, less than the minimum ${said(x.minimum)}. Up to the maximum ${said(x.maximum)} it takes ${said(lacking)}${least}${packs}: ${said(x.quantity)}.${later}`
}
