import { Trans } from '@lingui/react/macro'
import { Alert, Button, Code, Group } from '@mantine/core'
import { IconAlertTriangle, IconWifiOff } from '@tabler/icons-react'
import { ApiProblem, NetworkFailure } from '../api/index.ts'

interface Props {
  readonly error: Error | null
  /** Saves again, with the same key. */
  readonly onRetry: () => void
}

/** Why it is not saved. What is wrong with single fields stands in the ErrorSummary; a 412 in CompareDialog. */
export function SaveFailure({ error, onRetry }: Props) {
  if (error === null) return null
  const offline = error instanceof NetworkFailure
  return (
    <Alert
      role="alert"
      color="red"
      icon={offline ? <IconWifiOff aria-hidden /> : <IconAlertTriangle aria-hidden />}
      title={offline ? <Trans>Not saved, no connection</Trans> : <Trans>Not saved</Trans>}
    >
      <Group justify="space-between" align="flex-start">
        <span>{offline ? <Trans>What you have typed is kept.</Trans> : error.message}</span>
        <Button size="compact-sm" variant="default" onClick={onRetry}>
          <Trans>Try again</Trans>
        </Button>
      </Group>
      {error instanceof ApiProblem && (
        <details>
          <summary>
            <Trans>Details</Trans>
          </summary>
          <Code block>{`${error.status} ${error.code}\n${error.requestId ?? ''}`}</Code>
        </details>
      )}
    </Alert>
  )
}
