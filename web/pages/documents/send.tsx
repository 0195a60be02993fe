import { Trans, useLingui } from '@lingui/react/macro'
import {
  Alert,
  Button,
  Checkbox,
  Group,
  Loader,
  Modal,
  Stack,
  TagsInput,
  Text,
  TextInput,
  Textarea,
} from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type KeyboardEvent, useState } from 'react'
import { type AnyKind, titles } from '../../../src/kinds.ts'
import { ApiProblem, type SentMail, api, newKey, refreshData } from '../../api/index.ts'
import { MailPreview, useReason } from '../../patterns/index.ts'
import { notify } from '../../ui/notify.tsx'
import { useReturnFocus } from '../../ui/use-return-focus.ts'
import { usePhone } from '../../patterns/use-screen.ts'

interface Props {
  readonly kind: AnyKind
  readonly id: string
  /** The number, or the kind of a draft. */
  readonly name: string
  readonly onClose: () => void
}

/** What somebody typed; what is left out is as proposed. */
interface Typed {
  readonly to?: readonly string[]
  readonly cc?: readonly string[]
  readonly subject?: string
  readonly body?: string
  readonly attach?: boolean
}

/** Sends a document by mail: proposed from the contacts and the template, changed at will, shown before. */
export function SendDialog({ kind, id, name, onClose }: Props) {
  const { t } = useLingui()
  const phone = usePhone()
  useReturnFocus()
  const [typed, setTyped] = useState<Typed>({})
  const path = `/${titles[kind].path}/${id}/send`
  const text = JSON.stringify(typed)
  const [asked] = useDebouncedValue(text, 300)
  const preview = useQuery({
    queryKey: ['preview', path, asked],
    queryFn: ({ signal }) =>
      api.post<SentMail>(path, JSON.parse(asked) as Typed, { query: { preview: true }, signal }),
    staleTime: 0,
    gcTime: 0,
    retry: false,
    placeholderData: keepPreviousData,
  })
  const { send, busy, error } = useSend(path, typed, onClose)
  const shown = preview.data?.mail
  const to = typed.to ?? shown?.to ?? []
  const stale = asked !== text || preview.isFetching
  const ready = shown !== undefined && to.length > 0 && preview.error === null
  const run = () => {
    if (ready && !busy) send()
  }
  const keyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    run()
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t`Send ${name}`}
      size="lg"
      fullScreen={phone}
      closeButtonProps={{ 'aria-label': t`Close` }}
      closeOnClickOutside={false}
      onKeyDown={keyDown}
    >
      <Stack gap="sm">
        <Troubles error={error ?? preview.error} mail={preview.data ?? null} to={to} />
        {shown === undefined ? (
          preview.error === null && <Loader size="sm" aria-label={t`The mail is being prepared`} />
        ) : (
          <Fields typed={typed} proposed={shown} onChange={setTyped} />
        )}
        {shown !== undefined && (
          <MailPreview
            to={to}
            cc={typed.cc ?? shown.cc}
            subject={shown.subject}
            text={shown.body}
            attachments={shown.attachments}
            stale={stale}
          />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            <Trans>Not now</Trans>
          </Button>
          <Button
            onClick={run}
            loading={busy}
            aria-disabled={!ready}
            data-disabled={!ready || undefined}
            aria-keyshortcuts="Control+Enter"
            data-dialog-verb
          >
            <Trans>Send</Trans>
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

interface FieldsProps {
  readonly typed: Typed
  readonly proposed: SentMail['mail']
  readonly onChange: (typed: Typed) => void
}

function Fields({ typed, proposed, onChange }: FieldsProps) {
  const { t } = useLingui()
  const placeholder = '{{link}}'
  // As they were proposed first: what is typed comes back with its values filled in.
  const [first] = useState(proposed)
  const attached = first.attachments[0]?.fileName ?? ''
  return (
    <>
      <TagsInput
        label={t({ message: 'To', context: 'mail' })}
        value={[...(typed.to ?? proposed.to)]}
        onChange={(to) => onChange({ ...typed, to })}
        splitChars={[',', ';', ' ']}
        acceptValueOnBlur
        type="email"
        data-autofocus
      />
      <TagsInput
        label={t`Copy to`}
        value={[...(typed.cc ?? proposed.cc)]}
        onChange={(cc) => onChange({ ...typed, cc })}
        splitChars={[',', ';', ' ']}
        acceptValueOnBlur
        type="email"
      />
      <TextInput
        label={t`Subject`}
        value={typed.subject ?? first.subject}
        onChange={(event) => onChange({ ...typed, subject: event.currentTarget.value })}
        maxLength={300}
      />
      <Textarea
        label={t`Text`}
        description={t`${placeholder} becomes the link to the document when the mail is sent.`}
        value={typed.body ?? first.body}
        onChange={(event) => onChange({ ...typed, body: event.currentTarget.value })}
        autosize
        minRows={6}
        maxRows={14}
        maxLength={20_000}
      />
      {attached !== '' && (
        <Checkbox
          label={t`Attach ${attached}`}
          checked={typed.attach ?? true}
          onChange={(event) => onChange({ ...typed, attach: event.currentTarget.checked })}
        />
      )}
    </>
  )
}

interface TroublesProps {
  readonly error: Error | null
  readonly mail: SentMail | null
  readonly to: readonly string[]
}

function Troubles({ error, mail, to }: TroublesProps) {
  const { t } = useLingui()
  const reason = useReason()
  const noServer = mail?.hindrances.some(({ code }) => code === 'no-mail-server') ?? false
  return (
    <>
      {error !== null && (
        <Alert color="red" role="alert" title={t`It cannot be sent like this`}>
          {reason(error.message)}
        </Alert>
      )}
      {noServer && (
        <Alert color="yellow" role="status">
          <Trans>No mail server is set up yet. The owner does so in Settings, Mail.</Trans>
        </Alert>
      )}
      {mail !== null && to.length === 0 && (
        <Text size="sm" role="status">
          <Trans>The customer has no address for this. Enter one.</Trans>
        </Text>
      )}
    </>
  )
}

function useSend(path: string, typed: Typed, onClose: () => void) {
  const { t } = useLingui()
  const client = useQueryClient()
  const [key, setKey] = useState(newKey)
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => api.post<SentMail>(path, typed, { key }),
    onSuccess: async ({ mail }) => {
      const to = mail.to.join(', ')
      notify.done(t`On its way to ${to}.`)
      onClose()
      await refreshData(client)
    },
    onError: (failure) => {
      if (failure instanceof ApiProblem) setKey(newKey())
    },
  })
  return { send: () => mutate(), busy: isPending, error }
}
