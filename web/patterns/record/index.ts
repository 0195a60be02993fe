export { FieldLines } from './field-lines.tsx'
export { FieldGroup, FieldRow, RecordFormPage } from './record-form.tsx'
export {
  FactList,
  type PlainColumn,
  PlainTable,
  RecordLoading,
  RecordMenu,
  RecordPage,
  Section,
} from './record-page.tsx'
export { useRecordForm } from './use-record-form.ts'
export { useRecordOnce } from './use-record-once.ts'
export { CountrySelect, CurrencySelect } from './selects.tsx'
export { useCreate } from './use-create.ts'
