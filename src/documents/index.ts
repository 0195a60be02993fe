import type { AnyRoute } from '../http/route.ts'
import { attachmentRoutes } from './attachments/routes.ts'
import { mergingRoutes } from './merging/routes.ts'
import { documentRoutes } from './routes.ts'

/** What all documents have in common once they exist: chains, explanations, previews, search, views. */
export { filesSentWith } from './attachments/sent-with.ts'
export { withChanges } from './preview.ts'
export { Changes } from './schemas.ts'

export const routes: AnyRoute[] = [...documentRoutes, ...attachmentRoutes, ...mergingRoutes]
