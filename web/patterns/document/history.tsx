import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { Button, SegmentedControl, Skeleton, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { type ItemOf, type Page, api, dataKey } from '../../api/index.ts'
import { useActorName } from '../../ui/actors.ts'
import { useFormat } from '../../ui/format.ts'
import classes from './document.module.css'
import { useChanges } from './history-words.ts'

type Event = ItemOf<'events'>

const happened: Readonly<Record<string, MessageDescriptor>> = {
  created: msg`made it`,
  changed: msg`changed it`,
  deleted: msg`deleted it`,
  confirmed: msg`confirmed it`,
  posted: msg`booked it`,
  cancelled: msg`cancelled it`,
  closed: msg`closed it`,
  amended: msg`amended it`,
  reversed: msg`reversed it`,
  reopened: msg`reopened it`,
  received: msg`received what was in transit`,
  applied: msg`applied it`,
  allocated: msg`allocated it`,
  refunded: msg`paid it back`,
  released: msg`released it`,
  extended: msg`extended it`,
  ordered: msg`ordered it`,
  expired: msg`let it expire`,
  'differences-accepted': msg`accepted the differences`,
  'link-made': msg`made a link for the customer`,
  'link-revoked': msg`withdrew a link of the customer`,
  'link-opened': msg`opened it`,
  'link-downloaded': msg`saved the PDF`,
  asked: msg`asked for approval`,
  given: msg`approved of it`,
  refused: msg`refused to approve of it`,
  repeated: msg`made a schedule of it`,
  accepted: msg`accepted it`,
  disputed: msg`disputed it`,
  'dispute-resolved': msg`answered the dispute`,
  'online-payment-failed': msg`noted that an online payment failed`,
  'online-payment-expired': msg`noted that an online payment was not completed`,
  printed: msg`kept it as it was handed over`,
  mailed: msg`sent it by mail`,
  reminded: msg`sent a reminder of it`,
  'mail-sent': msg`handed the mail to the mail server`,
  'mail-refused': msg`could not bring the mail to all of its recipients`,
  'mail-failed': msg`could not send the mail`,
  'mail-unclear': msg`lost track of the mail: it may have arrived`,
  'mail-bounced': msg`noted that the mail came back`,
  'mail-cancelled': msg`took the mail back`,
  'mail-waiting': msg`sent the mail again`,
}

/** What booking is called where its kind has a word of its own, as on the button that does it. */
const booked: Readonly<Record<string, MessageDescriptor>> = {
  'delivery-note.posted': msg`delivered it`,
  'receipt-note.posted': msg`received it`,
  'sales-return.posted': msg`took the goods back`,
  'purchase-return.posted': msg`sent the goods back`,
  'stock-transfer.posted': msg`moved the goods`,
  'invoice.posted': msg`issued it`,
  'credit-note.posted': msg`issued it`,
}

interface Props {
  readonly id: string
  readonly currency: string
  /** Mails about it, for whoever may read them; they are messages. */
  readonly mails: ReactNode
}

/** Who did what with the document and when, the newest first: all of it, what was changed, or what was sent and looked at. */
export function History({ id, currency, mails }: Props) {
  const { t } = useLingui()
  const [about, setAbout] = useState<'all' | 'changes' | 'messages'>('all')
  const query = (cursor: string | null) => ({
    objectId: id,
    limit: 20,
    cursor,
    ...(about !== 'all' && { about }),
  })
  const found = useInfiniteQuery({
    queryKey: dataKey('audit', id, about),
    queryFn: ({ signal, pageParam }) => api.get<Page<Event>>('/audit', query(pageParam), { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
  })
  const events = found.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <section aria-label={t`History`}>
      <h2 className={classes.sectionTitle}>
        <Trans>History</Trans>
      </h2>
      <SegmentedControl
        aria-label={t`What of the history is shown`}
        size="xs"
        fullWidth
        value={about}
        onChange={(value) => setAbout(value as typeof about)}
        data={[
          { value: 'all', label: t({ message: 'All', context: 'history' }) },
          { value: 'changes', label: t`Changes` },
          { value: 'messages', label: t`Messages` },
        ]}
      />
      {about !== 'changes' && mails}
      {found.isPending && <Skeleton height={40} />}
      {found.data !== undefined && events.length === 0 && (
        <p className={classes.quiet}>
          <Trans>Nothing of that yet.</Trans>
        </p>
      )}
      {found.error !== null && <Text size="sm">{found.error.message}</Text>}
      <ol className={classes.history}>
        {events.map((event) => (
          <HistoryItem key={event.id} event={event} currency={currency} />
        ))}
      </ol>
      {found.hasNextPage && (
        <Button
          variant="subtle"
          size="compact-sm"
          loading={found.isFetchingNextPage}
          onClick={() => void found.fetchNextPage()}
        >
          <Trans>Show earlier</Trans>
        </Button>
      )}
    </section>
  )
}

function HistoryItem({ event, currency }: { readonly event: Event; readonly currency: string }) {
  const { i18n } = useLingui()
  const format = useFormat()
  const nameOf = useActorName()
  const what = event.type.split('.')[1] ?? event.type
  const words = booked[event.type] ?? happened[what]
  const fields = useChanges(currency)(event)
  return (
    <li>
      <div>
        <b>{event.actor.type === 'system' ? <Trans>The system</Trans> : nameOf(event.actor)}</b>{' '}
        {words === undefined ? what : i18n._(words)}
      </div>
      <div className={classes.quiet}>
        <time dateTime={event.at}>{format.moment(event.at)}</time>
      </div>
      {event.reason !== null && <div className={classes.historyReason}>{event.reason}</div>}
      {fields.length > 0 && (
        <details className={classes.historyDetails}>
          <summary>
            <Trans>What changed</Trans>
          </summary>
          <dl>
            {fields.map(({ name, label, before, after }) => (
              <div key={name}>
                <dt>{label}</dt>
                <dd>
                  {before !== '' && <del>{before}</del>} {after}
                </dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </li>
  )
}
