import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { Button, Group, Stack, Textarea } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { api, dataKey, newKey, refreshData } from '../../api/index.ts'
import { usePermissions } from '../../session/index.ts'
import { useFormat } from '../../ui/format.ts'
import { notify } from '../../ui/notify.tsx'
import { useReason } from '../action/reasons.ts'
import { RefusedButton } from '../document/action-buttons.tsx'
import { noteOwnWrite } from '../document/own-writes.ts'
import { CustomerLinks } from './customer-links.tsx'
import classes from './portal.module.css'
import type { Acceptance, Dispute, OnlinePayment, RefundOffer } from './types.ts'

const kindsOfCustomers = ['sales-order', 'delivery-note', 'sales-return', 'invoice', 'credit-note']

interface Props {
  readonly kind: string
  readonly id: string
  readonly state: string
}

/** What the customer sees of a document, and what he answered; nothing where customers see no such document. */
export function CustomerPanel({ kind, id, state }: Props) {
  const { may } = usePermissions()
  const shown = kind === 'sales-order' ? state !== 'cancelled' : state === 'posted'
  if (!kindsOfCustomers.includes(kind) || !shown || !may('portal-links:read')) return null
  return (
    <>
      <Disputes documentId={id} />
      {kind === 'sales-order' && <Acceptances id={id} />}
      {kind === 'invoice' && <OnlinePayments id={id} />}
      {kind === 'credit-note' && may('payment:post') && <OnlineRefund id={id} />}
      <CustomerLinks target={{ documentKind: kind, documentId: id }} />
    </>
  )
}

function useItems<T>(
  key: string,
  id: string,
  ask: (signal: AbortSignal) => Promise<{ readonly items: readonly T[] }>,
): readonly T[] {
  const { data } = useQuery({ queryKey: dataKey(key, id), queryFn: ({ signal }) => ask(signal) })
  return data?.items ?? []
}

function Part({ title, children }: { readonly title: ReactNode; readonly children: ReactNode }) {
  return (
    <section>
      <h2 className={classes.title}>{title}</h2>
      <Stack gap="xs">{children}</Stack>
    </section>
  )
}

function Disputes({ documentId }: { readonly documentId: string }) {
  const disputes = useItems('portal-disputes', documentId, (signal) =>
    api.get<{ items: Dispute[] }>('/portal-disputes', { documentId }, { signal }),
  )
  if (disputes.length === 0) return null
  return (
    <Part title={<Trans>The customer disputes</Trans>}>
      {disputes.map((each) => (
        <OneDispute key={each.id} dispute={each} />
      ))}
    </Part>
  )
}

function OneDispute({ dispute }: { readonly dispute: Dispute }) {
  const { t } = useLingui()
  const format = useFormat()
  const client = useQueryClient()
  const { may } = usePermissions()
  const [answer, setAnswer] = useState<string | null>(null)
  const [key] = useState(newKey)
  const resolve = useMutation({
    mutationFn: () =>
      api.post(`/portal-disputes/${dispute.id}/resolve`, { resolution: answer ?? '' }, { key }),
    onSuccess: () => refreshData(client),
  })
  return (
    <div className={classes.row}>
      <div className={classes.quiet}>
        {dispute.lineText ?? <Trans>The document as a whole</Trans>} · {format.moment(dispute.at)}
        {dispute.name !== null && ` · ${dispute.name}`}
      </div>
      <p className={classes.text}>{dispute.text}</p>
      {dispute.resolution !== null ? (
        <p className={classes.text}>
          <b>
            <Trans>
              {dispute.resolvedBy} answered: {dispute.resolution}
            </Trans>
          </b>
        </p>
      ) : answer === null ? (
        may('portal-links:write') && (
          <Button variant="default" size="compact-sm" onClick={() => setAnswer('')}>
            <Trans>Answer</Trans>
          </Button>
        )
      ) : (
        <>
          <Textarea
            label={t`Answer, which the customer reads`}
            value={answer}
            maxLength={2000}
            autosize
            minRows={2}
            error={resolve.error?.message}
            onChange={(event) => setAnswer(event.currentTarget.value)}
          />
          <Group gap="xs" mt="xs">
            <Button size="compact-sm" loading={resolve.isPending} onClick={() => resolve.mutate()}>
              <Trans>Resolve with this answer</Trans>
            </Button>
            <Button variant="default" size="compact-sm" onClick={() => setAnswer(null)}>
              <Trans>Back</Trans>
            </Button>
          </Group>
        </>
      )}
    </div>
  )
}

function Acceptances({ id }: { readonly id: string }) {
  const format = useFormat()
  const accepted = useItems('acceptances', id, (signal) =>
    api.get<{ items: Acceptance[] }>(`/sales-orders/${id}/acceptances`, {}, { signal }),
  )
  if (accepted.length === 0) return null
  return (
    <Part title={<Trans>Accepted by the customer</Trans>}>
      {accepted.map((each) => (
        <div key={each.at} className={classes.row}>
          <div>
            <Trans>
              {each.name} accepted {format.money(each.amount, each.currency, 'currency')} on{' '}
              {format.moment(each.at)}
            </Trans>
          </div>
          {!each.current && (
            <div className={classes.quiet}>
              <Trans>The order was changed since.</Trans>
            </div>
          )}
        </div>
      ))}
    </Part>
  )
}

const states: Readonly<Record<OnlinePayment['state'], MessageDescriptor>> = {
  starting: msg`begun`,
  open: msg`not completed`,
  processing: msg`on its way`,
  paid: msg`paid`,
  failed: msg`failed`,
  expired: msg`not completed in time`,
}

function OnlinePayments({ id }: { readonly id: string }) {
  const { i18n } = useLingui()
  const format = useFormat()
  const payments = useItems('online-payments', id, (signal) =>
    api.get<{ items: OnlinePayment[] }>(`/invoices/${id}/online-payments`, {}, { signal }),
  )
  if (payments.length === 0) return null
  return (
    <Part title={<Trans>Online payments</Trans>}>
      {payments.map((each) => (
        <div key={each.id} className={classes.row}>
          <div>
            {format.money(each.amount, each.currency, 'currency')} · {i18n._(states[each.state])}
            {each.provider === 'test' && (
              <>
                {' · '}
                <b>
                  <Trans>Test payment, no money moved</Trans>
                </b>
              </>
            )}
          </div>
          <div className={classes.quiet}>{format.moment(each.createdAt)}</div>
          {each.error !== null && <div>{each.error}</div>}
        </div>
      ))}
    </Part>
  )
}

/** Gives back online what was paid online; where nothing was, it is refused with the server's reason. */
function OnlineRefund({ id }: { readonly id: string }) {
  const { t } = useLingui()
  const client = useQueryClient()
  const reason = useReason()
  const [key, setKey] = useState(newKey)
  const { data: offer } = useQuery({
    queryKey: dataKey('online-refunds', id),
    queryFn: ({ signal }) => api.get<RefundOffer>(`/credit-notes/${id}/online-refunds`, {}, { signal }),
  })
  const refund = useMutation({
    mutationFn: () => api.post(`/credit-notes/${id}/online-refunds`, undefined, { key }),
    onSuccess: async () => {
      noteOwnWrite()
      notify.done(t`Paid back by the way it was paid.`)
      await refreshData(client)
    },
    onError: (error) => notify.error(error.message),
    onSettled: () => setKey(newKey()),
  })
  return (
    <Part title={<Trans>Online refund</Trans>}>
      <div className={classes.quiet}>
        <Trans>Pays back what is left of this credit note by the way that its invoice was paid online.</Trans>
      </div>
      <div>
        {offer?.allowed === false ? (
          <RefusedButton
            action={{
              name: 'online-refunds',
              label: t`Refund online`,
              reason: offer.reason === null ? null : reason(offer.reason.message),
            }}
          />
        ) : (
          <Button
            variant="default"
            size="compact-md"
            loading={refund.isPending || offer === undefined}
            onClick={() => refund.mutate()}
          >
            <Trans>Refund online</Trans>
          </Button>
        )}
      </div>
    </Part>
  )
}
