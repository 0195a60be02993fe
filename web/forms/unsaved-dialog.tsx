import { Trans, useLingui } from '@lingui/react/macro'
import { Button, Group, Modal, Text } from '@mantine/core'
import { useState } from 'react'
import { useReturnFocus } from '../ui/use-return-focus.ts'

interface Props {
  readonly onStay: () => void
  readonly onDiscard: () => void
  /** Settles when it is saved, or could not be. */
  readonly onSave: () => Promise<void>
}

/** The question of {@link UnsavedWork}. */
export function UnsavedDialog({ onStay, onDiscard, onSave }: Props) {
  const { t } = useLingui()
  const [saving, setSaving] = useState(false)
  useReturnFocus()
  const save = () => {
    setSaving(true)
    void onSave().finally(() => setSaving(false))
  }
  return (
    <Modal
      opened
      onClose={onStay}
      title={t`This page has unsaved changes`}
      closeButtonProps={{ 'aria-label': t`Stay` }}
    >
      <Text size="sm" mb="md">
        <Trans>Save them before you leave, or discard them.</Trans>
      </Text>
      <Group justify="flex-end">
        <Button variant="default" onClick={onStay}>
          <Trans>Stay</Trans>
        </Button>
        <Button variant="default" onClick={onDiscard}>
          <Trans>Discard</Trans>
        </Button>
        <Button onClick={save} loading={saving} data-autofocus>
          <Trans>Save</Trans>
        </Button>
      </Group>
    </Modal>
  )
}
