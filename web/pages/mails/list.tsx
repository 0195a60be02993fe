import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { type ItemOf, api } from '../../api/index.ts'
import {
  type ListDescription,
  ListPage,
  loaderOf,
  MailState,
  mailStates,
  troubleOf,
} from '../../patterns/index.ts'
import { useFormat } from '../../ui/format.ts'
import { About } from './about.tsx'

type Row = ItemOf<'mails'>

/** When it was sent, else when it was tried, else when it was written. */
function At({ row }: { readonly row: Row }) {
  const format = useFormat()
  return <span data-figure>{format.moment(row.sentAt ?? row.lastAt ?? row.createdAt)}</span>
}

function Refused({ row }: { readonly row: Row }) {
  const { t } = useLingui()
  const refused = row.refused.join(', ')
  return [refused === '' ? null : t`Not accepted: ${refused}`, troubleOf(row)].filter(Boolean).join(' · ')
}

const stateWords = Object.fromEntries(Object.entries(mailStates).map(([state, { label }]) => [state, label]))

const list: ListDescription<Row> = {
  resource: 'mails',
  title: msg`Mails`,
  idOf: (row) => row.id,
  hrefOf: (row) => `/mails/${row.id}`,
  labelOf: (row) => `${row.subject} · ${row.to.join(', ')}`,
  // They are found by their document or customer; the API neither searches nor counts them.
  searchable: false,
  countable: false,
  columns: [
    { id: 'subject', label: msg`Subject`, path: 'subject', grow: true, cell: (row) => row.subject },
    {
      id: 'state',
      width: 'status',
      label: msg`Status`,
      path: 'state',
      words: stateWords,
      cell: (row) => <MailState mail={row} />,
    },
    {
      id: 'to',
      label: msg({ message: 'To', context: 'mail' }),
      path: 'to',
      cell: (row) => row.to.join(', '),
    },
    {
      id: 'about',
      label: msg`Documents`,
      path: 'documents.number',
      cell: (row) => <About documents={row.documents} />,
    },
    {
      id: 'at',
      width: 'moment',
      label: msg`Time`,
      file: { path: 'sentAt', or: [{ path: 'lastAt' }, { path: 'createdAt' }] },
      cell: (row) => <At row={row} />,
    },
    {
      id: 'trouble',
      label: msg`What came in between`,
      file: [
        {
          path: 'bounceReason',
          or: [
            { path: 'answer', when: { state: Object.keys(mailStates).filter((state) => state !== 'sent') } },
          ],
        },
        { path: 'refused', label: msg`Not accepted` },
      ],
      cell: (row) => <Refused row={row} />,
    },
    { id: 'by', label: msg`By`, path: 'createdBy', hidden: true, cell: (row) => row.createdBy },
  ],
  filters: [
    {
      id: 'state',
      label: msg`Status`,
      type: 'choice',
      choices: Object.entries(mailStates).map(([value, { label }]) => ({ value, label })),
    },
    { id: 'trouble', label: msg`Did not arrive, or unclear`, type: 'flag' },
    { id: 'partyId', label: msg`Customer or vendor`, type: 'party' },
  ],
  views: [
    { id: 'all', label: msg({ message: 'All', context: 'view' }), query: {} },
    { id: 'trouble', label: msg`Did not arrive, or unclear`, query: { trouble: 'true' } },
    { id: 'waiting', label: msg`Waiting`, query: { state: 'waiting' } },
  ],
  bulk: [
    {
      id: 'send-again',
      label: msg`Send again`,
      permission: 'mails:write',
      async run(row, { key, company }) {
        await api.post(`/mails/${row.id}/send-again`, undefined, { key, company, ifMatch: row.version })
        return { label: row.to.join(', '), href: `/mails/${row.id}` }
      },
    },
  ],
  card: (row) => ({
    title: row.subject,
    badge: <MailState mail={row} />,
    second: row.to.join(', '),
    left: <At row={row} />,
  }),
  empty: {
    what: msg`No mails yet`,
    none: msg`No mails match`,
    fills: msg`What is sent by mail stands here: documents, reminders, and what became of them.`,
  },
}

export const loader = loaderOf(list)

export default function Mails() {
  return <ListPage list={list} />
}
