/** The room of money: invoices, bills, credits, payments and what settles what. */
export { invoiceRoutes as routes } from './routes.ts'
