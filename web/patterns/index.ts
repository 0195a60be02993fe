export { ActionDialog } from './action/action-dialog.tsx'
export type { ActionAnswer } from './action/use-action.ts'
export { useReason } from './action/reasons.ts'
export type {
  DocumentAction,
  DocumentView,
  Fact,
  LineColumn,
  LineTable,
  Meter,
  ReasonRow,
  TotalRow,
} from './document/description.ts'
export { ActionButtons } from './document/action-buttons.tsx'
export { DocumentError, DocumentPage, DocumentSkeleton, Facts, HeadLine } from './document/document-page.tsx'
export { LinesTable } from './document/lines-table.tsx'
export { Meters } from './document/meters.tsx'
export { ReasonsOfTotal } from './document/why.tsx'
export { TotalsBox } from './document/totals-box.tsx'
export { useDocument } from './document/use-document.ts'
export { ChainList } from './document/chain-panel.tsx'
export { WhyCell } from './why-cell.tsx'
export { PageLink, documentHref, inCompany } from './links.tsx'
export * from './list/index.ts'
export { useAttachPhotos } from './quantities/photos.ts'
export { type QuantityFields, QuantityTable } from './quantities/quantity-table.tsx'
export { type QuantityRow, type RowInput, namesArriving } from './quantities/rows.ts'
export { type Quantities, useQuantities } from './quantities/use-quantities.ts'
export { MailSteps, troubleOf } from './mail/mail-log.tsx'
export { MailPreview } from './mail/mail-preview.tsx'
export { RemindDialog } from './mail/remind-dialog.tsx'
export { MailState, mailStates } from './mail/mail-state.tsx'
