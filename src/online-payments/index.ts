/** Payments that customers make by a provider: started by a link, told of by webhooks, booked by themselves. */
export { askProviders, completeTestPayment, currentState } from './ask.ts'
export { providers, states } from './provider.ts'
export { startAskingProviders } from './run.ts'
export { onlinePaymentRoutes as routes } from './routes.ts'
export { waysToPay } from './settings.ts'
export { openCheckout, startPayment } from './start.ts'
