/** What should be bought, when and why: reorder levels, and proposals that are computed from them. */
export { findVendorsToOrderFrom } from './proposals/list-proposals.ts'
export { routes } from './routes.ts'
