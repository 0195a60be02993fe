/** The room of promises: sales and purchase orders. */
export { orderRoutes as routes, Count, Reason } from './routes.ts'
export { endOrder } from './cancel-order.ts'
export { confirmOrder } from './confirm-order.ts'
export { createOrder } from './create-order.ts'
export { canShip, presentOrder } from './present-order.ts'
export {
  addProgress,
  lockOrder,
  refreshInvoicing,
  refreshOrder,
  selectOrderLines,
  storeTaxTotals,
  storeTaxes,
  orderLineColumns,
  type LineProgress,
  type OrderLineRow,
  type OrderRow,
} from './records.ts'
export { creditForReturns, creditForReturnsOf, whatStayed } from './to-credit.ts'
export {
  Faults,
  buildLines,
  lineTaxes,
  loadLineData,
  requireDiscount,
  requireDiscountWithin,
  type DraftLine,
} from './draft-lines.ts'
export { requireCurrency, requireParty, requireRate, requireWarehouse, snapshot } from './head.ts'
export {
  LineInput,
  Offered,
  DeliveryAddressOut,
  PartyOut,
  TaxOut,
  TaxTotalOut,
  TotalsOut,
  type PartySnapshot,
  OrderInput,
  OrderOut,
} from './schemas.ts'
