import type { Action, FollowUp } from '../../kinds.ts'

/**
 * What a stock reservation is, in the shape of the table in kinds.ts. It has no draft: it holds from the
 * moment that it is made. 'expired' is never stored; it follows from the time (R11).
 */
export const reservation = {
  path: 'stock-reservations',
  title: 'stock reservation',
  plural: 'stock reservations',
  side: 'customer',
  states: ['active', 'released', 'ordered', 'expired'],
  actions: {
    release: {
      verb: 'post',
      from: ['active', 'expired'],
      to: 'released',
      summary: 'Give back what is held, all of it or a part',
    },
    extend: {
      verb: 'post',
      from: ['active', 'expired'],
      to: 'active',
      summary: 'Hold longer; what has ended is held again if it is still there',
    },
  } satisfies Record<string, Action>,
  followUps: [
    {
      path: 'sales-orders',
      kind: 'sales-order',
      from: ['active'],
      summary: 'Make a sales order, which takes over what is held when it is confirmed',
    },
  ] satisfies FollowUp[],
} as const

export type ReservationState = (typeof reservation.states)[number]
