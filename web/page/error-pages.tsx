import { Trans, useLingui } from '@lingui/react/macro'
import { Anchor, Button, Code, Container, Group, Stack, Text } from '@mantine/core'
import type { ErrorComponentProps } from '@tanstack/react-router'
import { ApiProblem, NetworkFailure, api, isProblem } from '../api/index.ts'
import { PageTitle } from './page-title.tsx'

export function NotFoundPage() {
  const { t } = useLingui()
  return (
    <Container size="sm" py="xl">
      <Stack>
        <PageTitle title={t`There is nothing at this address`} />
        <Text>
          <Trans>It may have been deleted, or the link is incomplete.</Trans>
        </Text>
        <Anchor href="/">
          <Trans>Go to the start page</Trans>
        </Anchor>
      </Stack>
    </Container>
  )
}

/** For somebody who was taken out of the last company: there is nothing to be shown, and no way to sign out elsewhere. */
function NoCompanyPage() {
  const { t } = useLingui()
  const signOut = async () => {
    await api.post('/api/auth/sign-out', {}, { anonymous: true, company: null })
    location.assign('/sign-in')
  }
  return (
    <Container size="sm" py="xl">
      <Stack>
        <PageTitle title={t`You belong to no company any more`} />
        <Text role="alert">
          <Trans>
            An owner can give you access again, in the settings under Users. You can also sign in as somebody
            else.
          </Trans>
        </Text>
        <Group>
          <Button onClick={() => void signOut()}>
            <Trans>Sign out</Trans>
          </Button>
          <Anchor href="/">
            <Trans>Try again</Trans>
          </Anchor>
        </Group>
      </Stack>
    </Container>
  )
}

/** A page that could not be drawn: what happened, and a way on. */
export function ErrorPage({ error, reset }: ErrorComponentProps) {
  const { t } = useLingui()
  if (error instanceof ApiProblem && error.status === 404) return <NotFoundPage />
  if (isProblem(error, 403) && error.code === 'no-company') return <NoCompanyPage />
  const title =
    error instanceof NetworkFailure ? t`The server cannot be reached` : t`This page could not be shown`
  return (
    <Container size="sm" py="xl">
      <Stack>
        <PageTitle title={title} />
        <Text role="alert">{error instanceof Error ? error.message : String(error)}</Text>
        <Group>
          <Button onClick={reset}>
            <Trans>Try again</Trans>
          </Button>
          <Anchor href="/">
            <Trans>Go to the start page</Trans>
          </Anchor>
        </Group>
        {error instanceof ApiProblem && (
          <details>
            <summary>
              <Trans>Details</Trans>
            </summary>
            <Code block>{`${error.status} ${error.code}\n${error.requestId ?? ''}`}</Code>
          </details>
        )}
      </Stack>
    </Container>
  )
}
