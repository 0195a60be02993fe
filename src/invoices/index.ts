/** The room of money: invoices, bills, credits, payments and what settles what. */
export { invoiceRoutes as routes } from './routes.ts'
export { presentInvoice } from './present-invoice.ts'
export type { InvoiceOut } from './schemas.ts'
export { presentPayment } from './payments/present-payment.ts'
