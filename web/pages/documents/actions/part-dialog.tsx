import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import {
  ActionDialog,
  type QuantityFields,
  type QuantityRow,
  QuantityTable,
  type RowInput,
  useQuantities,
} from '../../../patterns/index.ts'
import { pathOfKind } from '../../../ui/kinds.ts'
import type { TrackedProduct } from '../../../ui/lots/index.ts'
import type { DialogProps } from './dialog.tsx'

interface PartProps extends DialogProps {
  readonly rows: readonly QuantityRow[]
  readonly title: string
  readonly verb: string
  readonly done: string
  readonly heads: { readonly of: string; readonly done: string; readonly now: string }
  readonly answers?: DialogProps['kind']
  /** Of goods whose lots are told apart, by product. */
  readonly tracked?: ReadonlyMap<string, TrackedProduct>
  readonly fields?: Partial<QuantityFields>
  readonly bodyOf: (used: readonly { readonly row: QuantityRow; readonly input: RowInput }[]) => object
}

const untracked: ReadonlyMap<string, TrackedProduct> = new Map()

/** Quantities, and which goods they are where that is not told by them. */
export function PartDialog(props: PartProps) {
  const { t } = useLingui()
  const [rows] = useState(props.rows)
  const quantities = useQuantities(rows)
  const used = quantities.used.map((row) => ({ row, input: quantities.inputOf(row) }))
  const missing =
    quantities.unreadable !== null
      ? t`${quantities.unreadable.name}: this is not a quantity`
      : used.length === 0
        ? t`Enter how much of at least one line`
        : null
  return (
    <ActionDialog
      title={props.title}
      call={{
        resource: pathOfKind(props.kind),
        id: props.document.id,
        name: props.name,
        body: props.bodyOf(used),
      }}
      {...(props.answers === undefined && { ifMatch: props.document.version })}
      incomplete={missing}
      verb={props.verb}
      answers={props.answers ?? props.kind}
      wide
      done={() => props.done}
      onClose={props.onClose}
      lineName={(at) => quantities.used[at]?.name}
    >
      {(faults) => (
        <QuantityTable
          rows={rows}
          quantities={quantities}
          tracked={props.tracked ?? untracked}
          faults={faults}
          fields={{ ...props.heads, ...props.fields }}
        />
      )}
    </ActionDialog>
  )
}
