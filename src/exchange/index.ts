/** Data in and out: files of other programs become rows of ours, and the other way. */
export {
  type DateOrder,
  type DecimalSign,
  type Delimiter,
  type Encoding,
  type FileSource,
  type Format,
  dateOrders,
  decimalSigns,
  encodings,
} from './files/format.ts'
export { proposeFormat } from './files/propose-format.ts'
export type { ImportReport } from './imports/run-import.ts'
export { runImport } from './imports/run-import.ts'
export { importerOf, importers } from './imports/importers.ts'
export { layoutOf } from './imports/mapping.ts'
export { propose } from './imports/propose.ts'
export { rememberMapping, rememberedMapping } from './imports/remembered.ts'
export { type ExportFormat, exportCsv } from './exports/exporter.ts'
export { purgeImports } from './jobs/records.ts'
export { importRoutes } from './jobs/routes.ts'
export { runImports } from './jobs/run-imports.ts'
export { viewExportRoutes } from './views/routes.ts'
export { exporters } from './exports/exporters.ts'
export { csvCell, xlsxCell } from './views/cells.ts'
export { byteOrderMark, csvLines } from './files/csv.ts'
export { workbook } from './files/workbook.ts'
