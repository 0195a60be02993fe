import { msg } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Skeleton } from '@mantine/core'
import { Suspense, lazy } from 'react'
import { type AnyKind, kinds, permissionFor, titles } from '../../../../src/kinds.ts'
import { offeredActions } from '../../../../src/offered-actions.ts'
import { runAction } from '../../../api/index.ts'
import { type BulkAction, type ListFilter, documentHref } from '../../../patterns/index.ts'
import { kindWords, madeByHand, pathOfKind } from '../../../ui/kinds.ts'
import { StatusBadge } from '../../../ui/status-badge.tsx'
import { lifecycleStatus, stateWords } from '../../../ui/status.ts'
import { emptyWords, words } from './words.ts'

// What a document looks like is not needed to see a list.
const DocumentPeek = lazy(async () => ({ default: (await import('../document/peek.tsx')).DocumentPeek }))

const PrintBatch = lazy(() => import('../../../patterns/list/print-batch-dialog.tsx'))

interface AnyRow {
  readonly id: string
  readonly number: string | null
  readonly state: string
  readonly party: { readonly name: string } | null
}

/** What every list of documents has, whatever its kind. */
export function sharedParts(kind: AnyKind) {
  return {
    resource: pathOfKind(kind),
    title: kindWords[kind].many,
    idOf: (row: AnyRow) => row.id,
    hrefOf: (row: AnyRow) => documentHref(kind, row.id),
    labelOf: (row: AnyRow) => [row.number, row.party?.name].filter((part) => part != null).join(' · '),
    empty: emptyWords[kind],
    // Reservations are held, not handed over.
    ...(kind !== 'stock-reservation' && {
      together: [
        {
          id: 'print',
          label: msg`Print to one PDF`,
          permission: permissionFor(kind, 'write'),
          dialog: ({ rows, onClose }: { readonly rows: readonly AnyRow[]; readonly onClose: () => void }) => (
            <PrintBatch resource={pathOfKind(kind)} ids={rows.map(({ id }) => id)} onClose={onClose} />
          ),
        },
      ],
    }),
    peek: (row: AnyRow) => (
      <Suspense fallback={<Skeleton height={160} />}>
        <DocumentPeek key={row.id} kind={kind} id={row.id} />
      </Suspense>
    ),
    ...(madeByHand(kind) && {
      create: {
        label: kindWords[kind].create,
        href: `/${titles[kind].path}/new`,
        // A reservation holds goods from the moment it is made: it has no draft.
        permission: permissionFor(kind, kind === 'stock-reservation' ? 'post' : 'write'),
      },
    }),
  } as const
}

export function numberColumn() {
  return {
    id: 'number',
    label: words.number,
    path: 'number',
    width: 'code' as const,
    sort: 'number',
    cell: (row: AnyRow) => row.number ?? <Unnumbered state={row.state} />,
  }
}

/** Only a draft is numbered later. */
function Unnumbered({ state }: { readonly state: string }) {
  return <i>{state === 'draft' ? <Trans>Draft</Trans> : <Trans>No number</Trans>}</i>
}

export function stateColumn(kind: AnyKind) {
  return {
    id: 'state',
    label: words.status,
    path: 'state',
    width: 'status' as const,
    words: stateWords(kind),
    cell: (row: AnyRow) => <StatusBadge kind={kind} state={row.state} />,
  }
}

export function stateFilter(kind: AnyKind, states: readonly string[]): ListFilter {
  return {
    id: 'state',
    label: words.status,
    type: 'choice',
    choices: states.flatMap((value) => {
      const status = lifecycleStatus(kind, value)
      return status === null ? [] : [{ value, label: status.label }]
    }),
  }
}

export const dateFilter: ListFilter = {
  id: 'date',
  label: words.date,
  type: 'period',
  from: 'from',
  to: 'to',
}
export const productFilter: ListFilter = { id: 'productId', label: words.product, type: 'product' }
export const warehouseFilter: ListFilter = { id: 'warehouseId', label: words.warehouse, type: 'warehouse' }
export const currencyFilter: ListFilter = { id: 'currency', label: words.currency, type: 'text' }

/** From and to in each document's own currency. */
export const totalFilter: ListFilter = {
  id: 'total',
  label: words.total,
  type: 'amount',
  from: 'grossFrom',
  to: 'grossTo',
}

export const viewAll = { id: 'all', label: msg({ message: 'All', context: 'view' }), query: {} }
/** What the person who looks has made. */
export const mineFilter: ListFilter = {
  id: 'createdBy',
  label: words.madeBy,
  type: 'choice',
  choices: [{ value: 'me', label: words.me }],
}
export const viewMine = { id: 'mine', label: msg`Mine`, query: { createdBy: 'me' } }
export const viewDrafts = { id: 'drafts', label: msg`Drafts`, query: { state: 'draft' } }

/**
 * Why some of these documents do not let it be done, as the table of kinds says it for the server too.
 * @param left why nothing is left to do, where a row tells it
 */
function refusedOf<Row extends AnyRow>(
  kind: AnyKind,
  name: string,
  rows: readonly Row[],
  left: (row: Row) => string | undefined,
): ReadonlyMap<string, string> {
  if (kind === 'payment' || kind === 'stock-reservation') return new Map()
  return new Map(
    rows.flatMap((row) => {
      const message = left(row)
      const refusals = message === undefined ? {} : { [name]: { message } }
      const offered = offeredActions(kinds[kind], row.state, refusals, [])
      const reason = offered.find((each) => each.name === name)?.reason
      return reason == null ? [] : [[row.id, reason.message]]
    }),
  )
}

/** An action or follow-up done to many documents, one request each. */
export function bulk<Row extends AnyRow>(
  kind: AnyKind,
  name: string,
  label: BulkAction<Row>['label'],
  permission: NonNullable<BulkAction<Row>['permission']>,
  makes?: AnyKind,
  left: (row: Row) => string | undefined = () => undefined,
): BulkAction<Row> {
  const resource = pathOfKind(kind)
  return {
    id: name,
    label,
    permission,
    foresee: async (rows) => refusedOf(kind, name, rows, left),
    async run(row, options) {
      const body = makes === undefined ? undefined : { post: true }
      const made = await runAction({ resource, id: row.id, name, body }, options)
      const answer = made as { readonly id: string; readonly number?: string | null }
      return { label: answer.number ?? null, href: documentHref(makes ?? kind, answer.id) }
    },
  }
}
