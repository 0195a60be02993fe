import type { Action } from '../kinds.ts'

/** 'booked' is never stored: a count is, while its stock adjustment is posted. */
export const countStates = ['counting', 'to-approve', 'booked', 'cancelled'] as const
export type CountState = (typeof countStates)[number]

/** What may be done with a count, in the shape of the table in kinds.ts. */
export const countActions = {
  enter: { verb: 'write', from: ['counting'], to: null, summary: 'Enter what was counted' },
  finish: {
    verb: 'write',
    from: ['counting'],
    to: 'to-approve',
    summary: 'Finish counting: the differences wait for approval',
  },
  recount: {
    verb: 'write',
    from: ['counting', 'to-approve'],
    to: 'counting',
    summary: 'Have lines counted again; what was counted before stays beside',
  },
  'stock-adjustments': {
    verb: 'post',
    from: ['to-approve'],
    to: 'booked',
    summary: 'Approve and book: the differences become one posted stock adjustment',
  },
  cancel: {
    verb: 'cancel',
    from: ['counting', 'to-approve'],
    to: 'cancelled',
    summary: 'Cancel the count: nothing of it is booked',
  },
} as const satisfies Record<string, Action>
