import { Trans } from '@lingui/react/macro'
import { Alert, Button, Group } from '@mantine/core'
import { useFormat } from '../ui/format.ts'
import type { RecoveryCopy } from './recovery.ts'

interface Props {
  readonly copy: RecoveryCopy<unknown> | null
  /** Of the document as it is shown. */
  readonly version: number | null
  readonly onRestore: () => void
  readonly onDiscard: () => void
}

/** 'Unsaved changes of 14:02: restore or discard'. */
export function RecoveryOffer({ copy, version, onRestore, onDiscard }: Props) {
  const format = useFormat()
  if (copy === null) return null
  const at = format.recent(copy.at)
  return (
    <Alert color="yellow" role="status">
      <Group justify="space-between">
        <span>
          <Trans>Unsaved changes of {at}.</Trans>{' '}
          {copy.version !== version && <Trans>The document has been changed since then.</Trans>}
        </span>
        <Group gap="xs">
          <Button size="compact-sm" onClick={onRestore}>
            <Trans>Restore</Trans>
          </Button>
          <Button size="compact-sm" variant="default" onClick={onDiscard}>
            <Trans>Discard</Trans>
          </Button>
        </Group>
      </Group>
    </Alert>
  )
}
