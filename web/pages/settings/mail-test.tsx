import { Trans, useLingui } from '@lingui/react/macro'
import { Button, Group, Text, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type Mail, api, mailQuery } from '../../api/index.ts'
import { MailState, useReason } from '../../patterns/index.ts'
import { useCreate } from '../../patterns/record/index.ts'

/** Sends a mail that only tells whether mail gets through, and shows what became of it. */
export function MailTest({ proposed }: { readonly proposed: string }) {
  const { t } = useLingui()
  const reason = useReason()
  const [to, setTo] = useState(proposed)
  const [sent, setSent] = useState<Mail | null>(null)
  const { create, isPending, error, fault } = useCreate(
    (key) => api.post<Mail>('/mail-settings/test', { to }, { key }),
    setSent,
  )
  return (
    <section aria-label={t`Test mail`}>
      <Group align="end" gap="sm">
        <TextInput
          label={t`Send a test mail to`}
          type="email"
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
          error={fault('to')}
          maxLength={254}
          miw={260}
        />
        <Button variant="default" onClick={create} loading={isPending}>
          <Trans>Send a test</Trans>
        </Button>
      </Group>
      {error !== null && fault('to') === undefined && (
        <Text size="sm" c="red.9" role="alert">
          {reason(error.message)}
        </Text>
      )}
      {sent !== null && <Became id={sent.id} />}
    </section>
  )
}

function Became({ id }: { readonly id: string }) {
  const { data } = useQuery(mailQuery(id))
  if (data === undefined) return null
  return (
    <Text size="sm" mt="xs" role="status">
      <MailState mail={data} /> {data.answer}
    </Text>
  )
}
