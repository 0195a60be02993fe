import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import type { AnyKind } from '../../../src/kinds.ts'
import type { ItemOf } from '../../api/index.ts'
import { type ListDescription, ListPage, loaderOf, documentHref } from '../../patterns/index.ts'
import { useFormat } from '../../ui/format.ts'
import { kindNames, kindWords } from '../../ui/kinds.ts'
import { roleWords } from '../../ui/roles.ts'
import { labelsOf } from '../../ui/status.ts'
import { ApprovalState, approvalStates } from './states.tsx'

type Row = ItemOf<'approvals'>

function Document({ row }: { readonly row: Row }) {
  const { i18n } = useLingui()
  const kind = i18n._(kindWords[row.documentKind as AnyKind].one)
  return row.documentNumber === null ? kind : `${kind} ${row.documentNumber}`
}

function Amount({ row }: { readonly row: Row }) {
  const format = useFormat()
  if (row.amount === null || row.currency === null) return null
  return <span data-figure>{format.money(row.amount, row.currency, 'currency')}</span>
}

function Approver({ row }: { readonly row: Row }) {
  const { i18n } = useLingui()
  return i18n._(roleWords[row.role as keyof typeof roleWords])
}

function Asked({ row }: { readonly row: Row }) {
  const format = useFormat()
  return `${row.askedByName}, ${format.moment(row.askedAt)}`
}

const list: ListDescription<Row> = {
  resource: 'approvals',
  title: msg`Waiting for approval`,
  idOf: (row) => row.id,
  hrefOf: (row) => documentHref(row.documentKind as AnyKind, row.documentId),
  labelOf: (row) => `${row.party ?? ''} ${row.rule}`.trim(),
  searchable: false,
  columns: [
    {
      id: 'document',
      width: 'code',
      label: msg`Document`,
      file: [
        { path: 'documentKind', words: kindNames },
        { path: 'documentNumber', label: msg`Number` },
      ],
      cell: (row) => <Document row={row} />,
    },
    { id: 'party', label: msg`Customer or vendor`, grow: true, path: 'party', cell: (row) => row.party },
    {
      id: 'amount',
      width: 'money',
      label: msg`Total`,
      align: 'right',
      file: [{ path: 'amount' }, { path: 'currency', label: msg`Currency` }],
      cell: (row) => <Amount row={row} />,
    },
    { id: 'rule', label: msg`Rule`, path: 'rule', cell: (row) => row.rule },
    {
      id: 'role',
      label: msg`Who approves`,
      path: 'role',
      words: roleWords,
      cell: (row) => <Approver row={row} />,
    },
    {
      id: 'asked',
      label: msg`Asked by`,
      file: [{ path: 'askedByName' }, { path: 'askedAt', label: msg`Time` }],
      cell: (row) => <Asked row={row} />,
    },
    { id: 'comment', label: msg`Comment`, path: 'comment', cell: (row) => row.comment },
    {
      id: 'state',
      width: 'status',
      label: msg`Status`,
      path: 'state',
      words: labelsOf(approvalStates),
      cell: (row) => <ApprovalState state={row.state} />,
    },
  ],
  filters: [
    {
      id: 'state',
      label: msg`Status`,
      type: 'choice',
      choices: Object.entries(approvalStates).map(([value, { label }]) => ({ value, label })),
    },
    { id: 'forMe', label: msg`For me to answer`, type: 'flag' },
  ],
  views: [
    { id: 'mine', label: msg`For me`, query: { state: 'asked', forMe: 'true' } },
    { id: 'waiting', label: msg`Waiting`, query: { state: 'asked' } },
    { id: 'all', label: msg({ message: 'All', context: 'view' }), query: {} },
  ],
  card: (row) => ({
    title: row.party ?? row.rule,
    badge: <ApprovalState state={row.state} />,
    second: row.rule,
    left: <Document row={row} />,
    right: <Amount row={row} />,
  }),
  empty: {
    what: msg`Nothing was asked to be approved yet`,
    none: msg`No approvals match`,
    fills: msg`A recipe or a rule lets drafts wait until somebody has approved of them, such as discounts above a limit. What waits for you stands here.`,
  },
}

export const loader = loaderOf(list)

export default function Approvals() {
  return <ListPage list={list} />
}
