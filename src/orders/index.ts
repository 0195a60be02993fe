/** The room of promises: sales and purchase orders. */
export { orderRoutes as routes, Count, Reason } from './routes.ts'
export { createOrder, type FromReservation } from './create-order.ts'
export { inUnit, presentOrder, canShip } from './present-order.ts'
export {
  addProgress,
  lockOrder,
  refreshOrder,
  selectOrder,
  selectOrderLines,
  storeTaxTotals,
  storeTaxes,
  orderLineColumns,
  type LineProgress,
  type OrderLineRow,
  type OrderRow,
} from './records.ts'
export {
  Faults,
  buildLines,
  lineTaxes,
  loadLineData,
  requireDiscount,
  requireDiscountWithin,
  totalsOf,
  type DraftLine,
} from './draft-lines.ts'
export { requireCurrency, requireParty, requireRate, requireWarehouse, snapshot } from './head.ts'
export {
  LineInput,
  Offered,
  PartyOut,
  TaxOut,
  TaxTotalOut,
  TotalsOut,
  type PartySnapshot,
  type OrderInput,
} from './schemas.ts'
