import { Trans, useLingui } from '@lingui/react/macro'
import { Anchor, Button, Code, Container, Group, Stack, Text } from '@mantine/core'
import type { ErrorComponentProps } from '@tanstack/react-router'
import { ApiProblem, NetworkFailure } from '../api/index.ts'
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

/** A page that could not be drawn: what happened, and a way on. */
export function ErrorPage({ error, reset }: ErrorComponentProps) {
  const { t } = useLingui()
  if (error instanceof ApiProblem && error.status === 404) return <NotFoundPage />
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
