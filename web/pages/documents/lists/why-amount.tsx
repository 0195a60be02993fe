import { useLingui } from '@lingui/react/macro'
import { lazy } from 'react'
import type { AnyKind } from '../../../../src/kinds.ts'
import { WhyCell } from '../../../patterns/index.ts'
import { kindWords } from '../../../ui/kinds.ts'
import { MoneyCell } from './cells.tsx'

/** Comes with what a document looks like, once an amount is asked why. */
const DocumentReasons = lazy(() => import('../document/reasons.tsx'))

interface Props {
  readonly kind: AnyKind
  readonly row: { readonly id: string; readonly number: string | null; readonly currency: string }
  /** Id of the row of totals on the document's page. */
  readonly figure: 'net' | 'gross' | 'open' | 'amount' | 'left'
  readonly amount: string
}

/** An amount of a document that says what it consists of. */
export function WhyAmount({ kind, row, figure, amount }: Props) {
  const { i18n } = useLingui()
  return (
    <WhyCell
      name={row.number ?? i18n._(kindWords[kind].one)}
      because={<DocumentReasons kind={kind} id={row.id} figure={figure} />}
    >
      <MoneyCell amount={amount} currency={row.currency} />
    </WhyCell>
  )
}
