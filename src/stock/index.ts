/** The stock room: the ledger of goods, the promises on it, and what they are worth. */
export { loadStock, stockReader, type StockReader } from './load.ts'
export { saveStock } from './save.ts'
export { StockState } from './state.ts'
export type { Demand, Level, Location, Lot, Move } from './records.ts'
export { revalue, type NewValue } from './revalue.ts'
export { setAllowNegative } from './allow-negative.ts'
export { stockRoutes as routes } from './routes.ts'
