import { queryOptions } from '@tanstack/react-query'
import type { Static } from 'typebox'
import type { PrintSettingsOut } from '../../../src/printing/settings.ts'
import { type Json, api, dataKey } from '../../api/index.ts'

export type PrintSettings = Json<Static<typeof PrintSettingsOut>>

export const printSettingsQuery = () =>
  queryOptions({
    queryKey: dataKey('settings', 'print'),
    queryFn: ({ signal }) => api.get<PrintSettings>('/print-settings', {}, { signal }),
  })
