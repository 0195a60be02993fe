import './constraints.ts'

/** Customers and vendors, with their contacts and addresses. */
export { findPartiesAfterId, findPartiesByCodeOrName } from './find-parties-by-code.ts'
export { type Party, findParty } from './find-party.ts'
export { type PartyRow, loadParty } from './party-row.ts'
export { completeParty } from './party-rules.ts'
export { type MergedParties, mergeParty } from './merge-party.ts'
export { PartyBody, type PartyInput, PartyOut, PostalAddressBody, PostalAddressOut } from './schema.ts'
export { changeParty, createParties } from './write-parties.ts'
export { partyRoutes as routes } from './routes.ts'
