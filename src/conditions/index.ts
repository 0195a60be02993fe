/** Conditions in CEL, as rules and approvals ask them: what may be written, and what holds. */
export { Unanswerable, asFacts, expressionsIn, faultOf, fillIn, holds, reads, speaksOf } from './cel.ts'
