import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Alert, Button, Card, Group, Skeleton, Stack, Text, Title } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useId, useState } from 'react'
import { api, meQuery } from '../../api/index.ts'
import { PageTitle } from '../../page/index.ts'
import { useMe } from '../../session/index.ts'
import { useFormat } from '../../ui/format.ts'
import { notify } from '../../ui/notify.tsx'
import { PasswordForm } from './password-form.tsx'
import { AskPassword, EnrolSecondFactor } from './second-factor.tsx'

/** What belongs to a person whatever the company: password, second factor, where one is signed in. */
export default function Account() {
  const { t } = useLingui()
  const me = useMe()
  return (
    <Stack maw={720}>
      <div>
        <PageTitle title={t`My account`} />
        <Text c="dimmed">
          {me.name} · {me.email}
        </Text>
      </div>
      <Part title={t`Password`}>
        <PasswordForm onDone={() => notify.done(t`The password is changed. Other devices are signed out.`)} />
      </Part>
      <Part title={t`Second factor`}>
        <SecondFactor />
      </Part>
      <Part title={t`Where you are signed in`}>
        <Sessions />
      </Part>
    </Stack>
  )
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const id = useId()
  return (
    <Card withBorder component="section" aria-labelledby={id} padding="lg">
      <Title order={2} size="h4" id={id} mb="sm">
        {title}
      </Title>
      {children}
    </Card>
  )
}

function SecondFactor() {
  const { twoFactorEnabled } = useMe()
  const client = useQueryClient()
  const { t } = useLingui()
  // The answer of the server changes `me` while the backup codes are still to be read.
  const [enrolling, setEnrolling] = useState(!twoFactorEnabled)
  const again = () => client.invalidateQueries({ queryKey: meQuery().queryKey })
  if (!enrolling) {
    return (
      <Stack gap="sm">
        <Text>
          <Trans>It is on: signing in asks for a code of your authenticator app.</Trans>
        </Text>
        <AskPassword
          path="/api/auth/two-factor/disable"
          verb={<Trans>Turn the second factor off</Trans>}
          onDone={() => {
            setEnrolling(true)
            void again()
          }}
        />
      </Stack>
    )
  }
  return (
    <Stack gap="sm">
      <Text>
        <Trans>
          A code of an app on your phone besides the password: a stolen password is then not enough.
        </Trans>
      </Text>
      <EnrolSecondFactor
        onDone={() => {
          setEnrolling(false)
          notify.done(t`The second factor is on.`)
          void again()
        }}
      />
    </Stack>
  )
}

interface Session {
  readonly id: string
  readonly userAgent: string | null
  readonly createdAt: string
  readonly updatedAt: string
}

function Sessions() {
  const format = useFormat()
  const client = useQueryClient()
  const key = ['my-sessions']
  const sessions = useQuery({
    queryKey: key,
    queryFn: ({ signal }) =>
      api.get<readonly Session[]>('/api/auth/list-sessions', {}, { signal, company: null }),
  })
  const end = useMutation({
    mutationFn: () => api.post('/api/auth/revoke-other-sessions', {}, { company: null }),
    onSuccess: () => client.invalidateQueries({ queryKey: key }),
    onError: (error) => notify.error(error.message),
  })
  if (sessions.error !== null) {
    return (
      <Alert color="red" role="alert">
        {sessions.error.message}
      </Alert>
    )
  }
  if (sessions.data === undefined) return <Skeleton height={60} />
  const { length } = sessions.data
  return (
    <Stack gap="sm">
      {sessions.data.map((session) => {
        const since = format.moment(session.createdAt)
        return (
          <Group key={session.id} justify="space-between" gap="xs">
            <Text size="sm">{device(session.userAgent)}</Text>
            <Text size="sm" c="dimmed">
              <Trans>since {since}</Trans>
            </Text>
          </Group>
        )
      })}
      {length > 1 && (
        <Button
          variant="default"
          loading={end.isPending}
          onClick={() => end.mutate()}
          style={{ alignSelf: 'start' }}
        >
          <Plural value={length - 1} one="Sign out # other device" other="Sign out # other devices" />
        </Button>
      )}
    </Stack>
  )
}

/** 'Firefox, Linux' of what a browser says of itself; the text itself where nothing is known. */
function device(agent: string | null): string {
  if (agent === null || agent === '') return '–'
  const browser = /(Edg|OPR|Firefox|Chrome|Safari)\/\d+/.exec(agent)?.[1]
  const system = /(Windows|Android|iPhone|iPad|Mac OS X|Linux)/.exec(agent)?.[1]
  return [browser, system].filter(Boolean).join(', ') || agent.slice(0, 60)
}
