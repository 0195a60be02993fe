import { Plural } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { listQuery } from '../../../api/index.ts'
import { useCompany, useToday } from '../../../session/index.ts'
import { useFormat } from '../../../ui/format.ts'
import classes from '../documents.module.css'

/** Cells that lists and documents share. */

export function DateCell({ value }: { readonly value: string | null }) {
  const format = useFormat()
  return value === null ? null : <span data-figure>{format.date(value)}</span>
}

/** A date that should not have passed: red and with a word where it has. */
export function DueCell({ value, open }: { readonly value: string | null; readonly open: boolean }) {
  const format = useFormat()
  const today = useToday()
  if (value === null) return null
  const late = open && value < today
  return (
    <span data-figure className={late ? classes.late : undefined}>
      {format.date(value)}
    </span>
  )
}

/** How many days something is late; nothing where it is not. */
export function LateCell({ days }: { readonly days: number | null }) {
  if (days === null) return null
  return (
    <span data-figure className={classes.late}>
      <Plural value={days} one="# day" other="# days" />
    </span>
  )
}

/** An amount; its currency only where it is not the company's. */
export function MoneyCell({ amount, currency }: { readonly amount: string; readonly currency: string }) {
  const format = useFormat()
  const company = useCompany()
  return (
    <span data-figure>
      {format.money(amount, currency, currency === company.currency ? 'amount' : 'currency')}
    </span>
  )
}

export function WarehouseCell({ id }: { readonly id: string | null }) {
  const { data } = useQuery({ ...listQuery('warehouses', { limit: 200 }), staleTime: 300_000 })
  if (id === null) return null
  return data?.items.find((warehouse) => warehouse.id === id)?.name ?? ''
}

/** What the badge of goods moved says: those on their way are not received, though their transfer is posted. */
export function shownState(shipment: { readonly state: string; readonly inTransit: boolean }): string {
  return shipment.inTransit ? 'transit' : shipment.state
}
