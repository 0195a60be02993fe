import { msg, plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react'
import { decimal } from '../../../src/kernel/decimal.ts'
import { useFormat } from '../../ui/format.ts'
import type { ChainEdge } from './chain-layout.ts'

/** Says what went along edges of a chain: '6 pcs', '3 lines', an amount; nothing where nothing did. */
export function useCarried(): (edges: readonly ChainEdge[]) => string {
  const { i18n } = useLingui()
  const format = useFormat()
  const words = ({ carries }: ChainEdge): string => {
    const { lines, quantity, unit, amount, currency } = carries
    if (quantity !== null && unit !== null) return format.quantity(quantity, unit)
    if (lines > 0) return i18n._(msg`${plural(lines, { one: '# line', other: '# lines' })}`)
    if (amount === null || currency === null || decimal(amount).eq('0')) return ''
    return format.money(amount, currency, 'currency')
  }
  return (edges) => [...new Set(edges.map(words))].filter((text) => text !== '').join(' · ')
}
