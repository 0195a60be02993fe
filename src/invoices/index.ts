/** The room of money: invoices, bills, credits, payments and what settles what. */
export { invoiceRoutes as routes } from './routes.ts'
export { presentInvoice } from './present-invoice.ts'
export type { InvoiceOut } from './schemas.ts'
export { cancelPayment, createPayment, postPayment } from './payments/allocate.ts'
export { allocatable, selectPayable } from './payments/open-claims.ts'
export { pay } from './payments/pay.ts'
export { presentPayment } from './payments/present-payment.ts'
