import type { Context } from '../../kernel/context.ts'
import { type Row, type Sql, sql } from '../../kernel/sql.ts'

/** What the figures of a level are measured against: when, and which lots have expired by then. */
export type AsOf = Pick<Context, 'now' | 'today'>

/** The figures of a level as they are at a moment, in the order of `liveFigures`. */
export const liveColumns = {
  onHand: 'numeric',
  reserved: 'numeric',
  available: 'numeric',
  incoming: 'numeric',
  outgoing: 'numeric',
  forecast: 'numeric',
  quarantined: 'numeric',
  value: 'numeric',
} as const
export type LiveLevel = Row<typeof liveColumns>

/** A hold ends at its expiry, whether or not a job has swept it (R11). */
const liveReserved = sql`(l.reserved - ended.quantity)`
/** Expired lots are on hand and cannot be sold; what is held of them is counted with the reserved (S31). */
export const liveAvailable = sql`(l.on_hand - ${liveReserved} - unsold.quantity)`
export const forecast = sql`(l.on_hand + l.incoming - l.outgoing)`

export const liveFigures: Sql = sql`l.on_hand, ${liveReserved} as reserved, ${liveAvailable} as available,
  l.incoming, l.outgoing, ${forecast} as forecast, l.quarantined, l.value`

/**
 * Joins to `stock_levels l` and `products p` what the stored row cannot know because time passes: holds
 * that have ended (`ended`) and lots that have expired (`unsold`).
 */
export function joinLive({ now, today }: AsOf): Sql {
  return sql`
    cross join lateral (
      select coalesce(sum(d.reserved), 0) as quantity from stock_demands d
      where d.company_id = l.company_id and d.product_id = l.product_id and d.warehouse_id = l.warehouse_id
        and d.expires_at <= ${now}
    ) ended
    cross join lateral (
      select coalesce(sum(greatest(lot.free, 0)), 0) as quantity
      from expired_lots(l.company_id, l.product_id, l.warehouse_id, ${now}, ${today}) lot where p.tracking <> 'none'
    ) unsold`
}
