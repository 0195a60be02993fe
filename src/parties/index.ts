/** Customers and vendors, with their contacts and addresses. */
export { type Address, addressFor } from './addresses.ts'
export { type Party, findParty } from './find-party.ts'
