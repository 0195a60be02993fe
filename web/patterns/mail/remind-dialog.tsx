import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Alert, Button, Group, Loader, Modal, Stack, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ApiProblem, type Reminders, api, newKey, refreshData } from '../../api/index.ts'
import { notify } from '../../ui/notify.tsx'
import { useReturnFocus } from '../../ui/use-return-focus.ts'
import { useReason } from '../action/reasons.ts'
import { usePhone } from '../use-screen.ts'
import { MailPreview } from './mail-preview.tsx'

interface Props {
  /** Of whom, or of what, is reminded. */
  readonly of: { readonly partyIds: readonly string[] } | { readonly invoiceIds: readonly string[] }
  readonly onClose: () => void
}

/** Shows the reminders that customers would get, and sends exactly those. */
export function RemindDialog({ of, onClose }: Props) {
  const { t } = useLingui()
  const phone = usePhone()
  const reason = useReason()
  useReturnFocus()
  const preview = useQuery({
    queryKey: ['preview', 'reminders', of],
    queryFn: ({ signal }) => api.post<Reminders>('/reminders', of, { query: { preview: true }, signal }),
    staleTime: 0,
    gcTime: 0,
    retry: false,
  })
  const { send, busy, error } = useSend(of, onClose)
  const mails = preview.data?.mails ?? []
  const failure = error ?? preview.error
  const ready = mails.length > 0 && !busy
  return (
    <Modal
      opened
      onClose={onClose}
      title={t`Send reminders`}
      size="lg"
      fullScreen={phone}
      closeButtonProps={{ 'aria-label': t`Close` }}
      closeOnClickOutside={false}
    >
      <Stack gap="sm">
        {failure !== null && (
          <Alert color="red" role="alert" title={t`It cannot be sent like this`}>
            {reason(failure.message)}
          </Alert>
        )}
        {preview.data === undefined
          ? preview.error === null && <Loader size="sm" aria-label={t`The reminders are being prepared`} />
          : mails.length === 0 && (
              <Text role="status">
                <Trans>No reminder is due now.</Trans>
              </Text>
            )}
        {mails.map((mail) => (
          <MailPreview
            key={mail.id}
            to={mail.to}
            subject={mail.subject}
            text={mail.body}
            attachments={mail.attachments}
          />
        ))}
        {preview.data !== undefined && preview.data.skipped.length > 0 && (
          <details>
            <summary>
              <Plural value={preview.data.skipped.length} one="# is left out" other="# are left out" />
            </summary>
            <ul>
              {preview.data.skipped.map((each) => (
                <li key={`${each.partyId} ${each.invoiceId}`}>
                  {each.partyName}: {reason(each.message)}
                </li>
              ))}
            </ul>
          </details>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            <Trans>Not now</Trans>
          </Button>
          <Button
            loading={busy}
            aria-disabled={!ready}
            data-disabled={!ready || undefined}
            onClick={() => ready && send()}
            data-dialog-verb
          >
            <Plural value={mails.length} one="Send # reminder" other="Send # reminders" />
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

function useSend(body: object, onClose: () => void) {
  const { t } = useLingui()
  const client = useQueryClient()
  const [key, setKey] = useState(newKey)
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => api.post<Reminders>('/reminders', body, { key }),
    onSuccess: async () => {
      notify.done(t`The reminders are on their way.`)
      onClose()
      await refreshData(client)
    },
    onError: (failure) => {
      if (failure instanceof ApiProblem) setKey(newKey())
    },
  })
  return { send: () => mutate(), busy: isPending, error }
}
