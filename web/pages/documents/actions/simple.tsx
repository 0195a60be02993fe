import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { Alert, Button, Group, Modal, Stack, Text, TextInput, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { titles } from '../../../../src/kinds.ts'
import { type OneOf, api, refreshData } from '../../../api/index.ts'
import { ActionDialog, inCompany } from '../../../patterns/index.ts'
import { useCompany } from '../../../session/index.ts'
import { useFormat } from '../../../ui/format.ts'
import { kindWords, pathOfKind } from '../../../ui/kinds.ts'
import { notify } from '../../../ui/notify.tsx'
import { useReturnFocus } from '../../../ui/use-return-focus.ts'
import type { DialogProps } from './dialog.tsx'
import { LegalFields } from './legal-fields.tsx'
import { actionWords } from './words.ts'

interface Text {
  /** The button that leaves everything as it is. */
  readonly keep?: MessageDescriptor
  readonly danger?: boolean
  /** A reason is asked for; kept in the history. */
  readonly reason?: 'optional' | 'required'
  readonly done: MessageDescriptor
  readonly hint?: MessageDescriptor
  readonly unpreviewed?: boolean
}

const texts: Readonly<Record<string, Text>> = {
  confirm: { done: msg`Confirmed:` },
  post: { done: msg`Booked:` },
  cancel: { done: msg`Cancelled:`, danger: true, reason: 'required', keep: msg`Keep it` },
  close: {
    done: msg`Closed:`,
    danger: true,
    reason: 'required',
    keep: msg`Keep it open`,
    hint: msg`What is still open is not expected any more.`,
  },
  reverse: {
    done: msg`Reversed:`,
    danger: true,
    reason: 'required',
    keep: msg`Keep it`,
    hint: msg`Exactly opposite movements undo it for good.`,
  },
  reopen: {
    done: msg`Reopened:`,
    reason: 'optional',
    keep: msg`Keep it`,
    hint: msg`Opposite movements undo it; it is a draft again and keeps its number.`,
  },
  'accept-differences': {
    done: msg`Differences accepted:`,
    reason: 'required',
    keep: msg`Leave them open`,
    unpreviewed: true,
    hint: msg`The bill can then be booked as the vendor wrote it. The decision is kept with its reason.`,
  },
}

/** An action without input of its own, or with a reason only. */
export function SimpleDialog({ kind, document, name, onClose }: DialogProps) {
  const { i18n, t } = useLingui()
  const [reason, setReason] = useState('')
  const text = texts[name] ?? { done: msg`Done:` }
  const label = i18n._(actionWords(kind, name))
  const title = document.number ?? i18n._(kindWords[kind].one)
  const body = text.reason !== undefined && reason.trim() !== '' ? { reason: reason.trim() } : undefined
  const issued = name === 'post' && (kind === 'invoice' || kind === 'credit-note') ? kind : null
  const missing = text.reason === 'required' && reason.trim() === '' ? t`Enter a reason` : null
  return (
    <ActionDialog
      title={`${label}: ${title}`}
      call={{ resource: pathOfKind(kind), id: document.id, name, ...(body && { body }) }}
      ifMatch={document.version}
      incomplete={missing}
      verb={label}
      {...(text.keep !== undefined && { keep: i18n._(text.keep) })}
      danger={text.danger ?? false}
      unpreviewed={text.unpreviewed ?? false}
      readOnly={text.reason === undefined}
      answers={kind}
      done={() => i18n._(text.done)}
      onClose={onClose}
    >
      {text.reason === undefined && text.hint === undefined && issued === null
        ? undefined
        : () => (
            <Stack gap="sm">
              {issued !== null && <LegalFields kind={issued} document={document} />}
              {text.hint !== undefined && <Text size="sm">{i18n._(text.hint)}</Text>}
              {text.reason !== undefined && (
                <Textarea
                  label={text.reason === 'required' ? t`Reason` : t`Reason (optional)`}
                  value={reason}
                  maxLength={500}
                  autosize
                  minRows={1}
                  onChange={(event) => setReason(event.currentTarget.value)}
                  data-autofocus
                />
              )}
            </Stack>
          )}
    </ActionDialog>
  )
}

/** Holds a reservation longer. */
export function ExtendDialog({ kind, document, name, onClose }: DialogProps) {
  const { t } = useLingui()
  const [until, setUntil] = useState('')
  const moment = until === '' ? null : new Date(until)
  const wrong = moment !== null && Number.isNaN(moment.getTime())
  const { reserveUntil } = document as unknown as OneOf<'stock-reservations'>
  const { reservationMinutes } = useCompany()
  const format = useFormat()
  const [now] = useState(() => Date.now())
  const end = moment ?? new Date(now + reservationMinutes * 60_000)
  const held = format.moment(reserveUntil)
  const then = wrong ? '' : format.moment(end.toISOString())
  // Said here, in the time of the field; the server knows the company's only.
  const refused = ((): string | null => {
    if (wrong) return t`Enter date and time`
    if (end.getTime() <= now) return t`This moment is past. Choose a later one.`
    if (end < new Date(reserveUntil)) return t`It is held until ${held} already. Choose a later end.`
    return null
  })()
  return (
    <ActionDialog
      title={t`Extend ${document.number ?? ''}`}
      call={{
        resource: pathOfKind(kind),
        id: document.id,
        name,
        ...(moment !== null && !wrong && { body: { reserveUntil: moment.toISOString() } }),
      }}
      ifMatch={document.version}
      incomplete={refused}
      verb={t`Extend`}
      answers={kind}
      done={() => t`Extended:`}
      onClose={onClose}
    >
      {() => (
        <Stack gap="xs">
          <TextInput
            type="datetime-local"
            label={t`Hold until`}
            description={t`Left empty: the company's reservation time from now on.`}
            value={until}
            onChange={(event) => setUntil(event.currentTarget.value)}
            error={refused}
            data-autofocus
          />
          {refused === null && (
            <Text size="sm" data-figure>
              <Trans>
                Held until <b>{then}</b>, before until {held}
              </Trans>
            </Text>
          )}
        </Stack>
      )}
    </ActionDialog>
  )
}

/** A draft counts for nothing, so there is nothing to preview; it is gone for good. */
export function DeleteDialog({ kind, document, onClose }: DialogProps) {
  const { t, i18n } = useLingui()
  const client = useQueryClient()
  const navigate = useNavigate()
  useReturnFocus()
  const word = i18n._(kindWords[kind].one)
  const remove = useMutation({
    mutationFn: () => api.delete(`/${pathOfKind(kind)}/${document.id}`, { ifMatch: document.version }),
    onSuccess: async () => {
      await navigate({ to: inCompany(`/${titles[kind].path}`) })
      notify.done(t`Draft deleted.`)
      await refreshData(client)
    },
  })
  return (
    <Modal
      opened
      onClose={onClose}
      title={t`Delete this draft?`}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      <Stack>
        <Text size="sm">
          <Trans>{word}: a draft counts for nothing, and it cannot be brought back.</Trans>
        </Text>
        {remove.error !== null && (
          <Alert color="red" variant="light" role="alert">
            {remove.error.message}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            <Trans>Keep draft</Trans>
          </Button>
          <Button color="red.9" loading={remove.isPending} onClick={() => remove.mutate()}>
            <Trans>Delete draft</Trans>
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
