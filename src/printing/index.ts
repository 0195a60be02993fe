/** The room of paper: what leaves the house as PDF, its templates, and the copies that are kept. */
export { printingRoutes as routes } from './routes.ts'
