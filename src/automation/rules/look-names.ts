/** What a rule can look for by the clock. */
export const lookNames = [
  'overdue-invoices',
  'overdue-bills',
  'late-sales-orders',
  'late-purchase-orders',
  'ending-reservations',
  'low-stock',
  'purchase-proposals',
] as const
export type LookName = (typeof lookNames)[number]
