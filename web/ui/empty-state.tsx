import { EmptyState as Empty, Group, Text } from '@mantine/core'
import type { ReactNode } from 'react'

interface Props {
  readonly title: string
  /** One sentence what the page is for, one what fills it. */
  readonly purpose: string
  readonly filledBy?: string
  /** The primary button first, then 'Import' and the like. */
  readonly actions?: ReactNode
  /** Where this kind stands in the flow. */
  readonly picture?: ReactNode
}

/** An empty page teaches. Never shown when only a filter hides rows. */
export function EmptyState({ title, purpose, filledBy, actions, picture }: Props) {
  return (
    <Empty py="xl">
      <Empty.Title>{title}</Empty.Title>
      <Empty.Description>
        {purpose}
        {filledBy !== undefined && (
          <Text size="sm" mt={4}>
            {filledBy}
          </Text>
        )}
      </Empty.Description>
      {actions !== undefined && <Group justify="center">{actions}</Group>}
      {picture}
    </Empty>
  )
}
