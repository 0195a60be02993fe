import { useParams } from '@tanstack/react-router'
import type { AnyKind } from '../../../src/kinds.ts'
import { type LoaderInput, NotFoundPage, useLoadedWhenCalm } from '../../page/index.ts'
import { type ListDescription, ListPage, startList } from '../../patterns/index.ts'
import { kindOfPath } from '../../ui/kinds.ts'
import { invoiceLists } from './lists/invoices.tsx'
import { useNamedRows } from './lists/labels.ts'
import { orderLists } from './lists/orders.tsx'
import { paymentList, reservationList } from './lists/others.tsx'
import { shipmentLists } from './lists/shipments.tsx'

const lists = {
  ...orderLists,
  ...shipmentLists,
  ...invoiceLists,
  payment: paymentList,
  'stock-reservation': reservationList,
} as const

const loadDocument = () => import('./document.tsx')

/** Asks for the rows while the page is still to be drawn. */
export async function loader({ client, params, search }: LoaderInput): Promise<void> {
  const kind = kindOfPath(params['list'] ?? '')
  if (kind !== null) await startList(listOf(kind), { client, search })
}

/** The list of any kind of document. */
export default function List() {
  const { list } = useParams({ strict: false })
  // Most who look at a list go on to one of its rows.
  useLoadedWhenCalm(loadDocument)
  const kind = kindOfPath(list ?? '')
  if (kind === null) return <NotFoundPage />
  return <NamedList key={kind} kind={kind} />
}

function NamedList({ kind }: { readonly kind: AnyKind }) {
  return <ListPage list={useNamedRows(kind, listOf(kind))} />
}

function listOf(kind: AnyKind): ListDescription<unknown> {
  return lists[kind] as unknown as ListDescription<unknown>
}
