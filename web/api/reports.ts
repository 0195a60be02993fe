import { queryOptions } from '@tanstack/react-query'
import type { Static } from 'typebox'
import type { AgeingOut } from '../../src/invoices/ageing.ts'
import type { SalesByMonthOut } from '../../src/invoices/sales-by-month.ts'
import type { StockValueOut } from '../../src/stock/value/stock-value.ts'
import { api } from './client.ts'
import type { Json } from './json.ts'
import { dataKey } from './queries.ts'

export type Ageing = Json<Static<typeof AgeingOut>>
export type SalesByMonth = Json<Static<typeof SalesByMonthOut>>
export type StockValue = Json<Static<typeof StockValueOut>>

/** What customers owe, or vendors are owed, by how long it is due; of one party or of all. */
export const ageingQuery = (side: 'receivables' | 'payables', partyId?: string) =>
  queryOptions({
    queryKey: dataKey('ageing', side, partyId),
    queryFn: ({ signal }) => api.get<Ageing>(`/${side}`, { partyId }, { signal }),
  })

export const salesByMonthQuery = (months: number) =>
  queryOptions({
    queryKey: dataKey('sales-by-month', months),
    queryFn: ({ signal }) => api.get<SalesByMonth>('/sales-by-month', { months }, { signal }),
  })

export const stockValueQuery = () =>
  queryOptions({
    queryKey: dataKey('stock-value'),
    queryFn: ({ signal }) => api.get<StockValue>('/stock/value', {}, { signal }),
  })
