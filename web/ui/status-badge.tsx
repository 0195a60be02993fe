import { useLingui } from '@lingui/react'
import type { AnyKind } from '../../src/kinds.ts'
import { type Dimension, type Status, columnStatus, derivedStatus, lifecycleStatus } from './status.ts'
import classes from './status-badge.module.css'

type Props =
  | { readonly status: Status }
  | { readonly kind: AnyKind; readonly state: string }
  | {
      readonly dimension: Dimension
      readonly value: string
      /** In a column whose head names the dimension. */
      readonly inColumn?: boolean
    }

/** A status as icon and word on a tint. Draws nothing where the table has no badge (nothing returned, say). */
export function StatusBadge(props: Props) {
  const { _ } = useLingui()
  const status = statusOf(props)
  if (status === null) return null
  const Icon = status.icon
  return (
    <span className={classes.badge} data-tone={status.tone} data-bordered data-cut>
      <Icon size={14} stroke={2} aria-hidden className={classes.icon} />
      {_(status.label)}
    </span>
  )
}

function statusOf(props: Props): Status | null {
  if ('status' in props) return props.status
  if ('kind' in props) return lifecycleStatus(props.kind, props.state)
  const { dimension, value, inColumn = false } = props
  return inColumn ? columnStatus(dimension, value) : derivedStatus(dimension, value)
}
