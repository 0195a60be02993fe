/** The room of goods: deliveries, receipts, returns, adjustments, transfers. */
export { shipmentRoutes as routes } from './routes.ts'
export { createShipment } from './create-shipment.ts'
export { postShipment } from './post-shipment.ts'
export { findInvoicedThroughOrder } from './invoiced-through-order.ts'
export { inTransit } from './list-shipments.ts'
export { presentShipment } from './present-shipment.ts'
export { ShipmentOut } from './schemas.ts'
export {
  addShipmentProgress,
  lockShipment,
  selectShipment,
  selectShipmentLines,
  stayed,
  selectShipmentLinesOfInvoice,
  selectSourceLines,
  type MoveRow,
  type ShipmentLineRow,
  type ShipmentRow,
} from './records.ts'
