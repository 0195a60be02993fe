import './constraints.ts'

/** Customers and vendors, with their contacts and addresses. */
export type { Address } from './addresses.ts'
export { type Party, findParty } from './find-party.ts'
export { partyRoutes as routes } from './routes.ts'
