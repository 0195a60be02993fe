/** What stands before a document: rules that let a draft count only when somebody of a role approves of it. */
export { findNeeded, refuseOutgrown, refuseUnapproved, withApprovals } from './needed.ts'
export { askEarlyForRulesBefore, eventBefore, findRulesBefore } from './rules-before.ts'
