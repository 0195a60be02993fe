import { Trans } from '@lingui/react/macro'
import { Alert, Button, Card, Skeleton, Text, Title } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import classes from './home.module.css'

interface Props {
  /** A statement: what the figures say. */
  readonly title: ReactNode
  /** While it is null the card keeps its place. */
  readonly children: ReactNode | null
  readonly error?: Error | null
  readonly onRetry?: () => void
  /** Two columns wide where there is room. */
  readonly wide?: boolean
}

/** One answer to one question. It fails by itself and says so; the others stay. */
export function HomeCard({ title, children, error = null, onRetry, wide = false }: Props) {
  const id = useId()
  return (
    <Card
      withBorder
      component="section"
      padding="md"
      aria-labelledby={id}
      className={classes.card}
      data-wide={wide || undefined}
    >
      <Title order={2} size="h5" id={id} className={classes.title}>
        {title}
      </Title>
      {error !== null ? (
        <Alert color="red" role="alert">
          <Text size="sm">{error.message}</Text>
          <Button size="xs" variant="default" mt="xs" onClick={onRetry}>
            <Trans>Try again</Trans>
          </Button>
        </Alert>
      ) : children === null ? (
        <Skeleton height={150} />
      ) : (
        children
      )}
    </Card>
  )
}
