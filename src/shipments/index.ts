/** The room of goods: deliveries, receipts, returns, adjustments, transfers. */
export { shipmentRoutes as routes } from './routes.ts'
export {
  addShipmentProgress,
  lockShipment,
  selectShipment,
  selectShipmentLines,
  selectShipmentLinesOfInvoice,
  selectSourceLines,
  type MoveRow,
  type ShipmentLineRow,
  type ShipmentRow,
} from './records.ts'
