import { queryOptions } from '@tanstack/react-query'
import type { Static } from 'typebox'
import type { FileOut } from '../../../src/documents/attachments/routes.ts'
import { type Json, api, dataKey } from '../../api/index.ts'

export type AttachedFile = Json<Static<typeof FileOut>>

/** @param place of what they belong to: `/invoices/…`. */
export const filesQuery = (place: string) =>
  queryOptions({
    queryKey: dataKey('files', place),
    queryFn: ({ signal }) =>
      api.get<{ readonly items: readonly AttachedFile[] }>(`${place}/files`, {}, { signal }),
  })
