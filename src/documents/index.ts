/** What all documents have in common once they exist: chains, explanations, previews, search, views. */
export { documentRoutes as routes } from './routes.ts'
export { withChanges } from './preview.ts'
export { Changes } from './schemas.ts'
