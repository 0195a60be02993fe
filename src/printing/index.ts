/** The room of paper: what leaves the house as PDF, its templates, and the copies that are kept. */
export { purgeBatches } from './batches.ts'
export { runBatches } from './run-batches.ts'
export { printingRoutes as routes } from './routes.ts'
export { type BankTransfer, bankTransfer } from './bank-transfer.ts'
export { findHouse, groupedAccount } from './house.ts'
export { type PrintedKind, keepDocument, nameOfPrint, printDocument, printedKinds } from './print-document.ts'
export { printStatement } from './print-statement.ts'
export { Language, type Word, pageLanguage, printLanguage } from './words.ts'
