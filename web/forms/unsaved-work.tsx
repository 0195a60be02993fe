import { Trans, useLingui } from '@lingui/react/macro'
import { Button, Group, Modal, Text } from '@mantine/core'
import { useBlocker } from '@tanstack/react-router'
import { useState } from 'react'

interface Props {
  /** Something was typed that is not saved. Says so in the tab by `<PageTitle unsaved>`. */
  readonly unsaved: boolean
  /** Saves; false when it could not be saved, and one stays. */
  readonly save: () => Promise<boolean>
  /** Before one leaves without saving: drops the recovery copy. */
  readonly discard?: () => void
}

/** Asks before unsaved work is left: save, discard or stay. Closing the tab asks in the browser's own words. */
export function UnsavedWork({ unsaved, save, discard }: Props) {
  const { t } = useLingui()
  const [saving, setSaving] = useState(false)
  const { proceed, reset, status } = useBlocker({
    // A change of the search alone (a tab, a filter) stays on the page.
    shouldBlockFn: ({ current, next }) => unsaved && current.pathname !== next.pathname,
    enableBeforeUnload: () => unsaved,
    withResolver: true,
  })
  const saveAndGo = async () => {
    setSaving(true)
    const saved = await save().finally(() => setSaving(false))
    if (saved) proceed?.()
    else reset?.()
  }
  const discardAndGo = () => {
    discard?.()
    proceed?.()
  }
  return (
    <Modal
      opened={status === 'blocked'}
      onClose={() => reset?.()}
      title={t`This page has unsaved changes`}
      closeButtonProps={{ 'aria-label': t`Stay` }}
    >
      <Text size="sm" mb="md">
        <Trans>Save them before you leave, or discard them.</Trans>
      </Text>
      <Group justify="flex-end">
        <Button variant="default" onClick={() => reset?.()}>
          <Trans>Stay</Trans>
        </Button>
        <Button variant="default" onClick={discardAndGo}>
          <Trans>Discard</Trans>
        </Button>
        <Button onClick={() => void saveAndGo()} loading={saving} data-autofocus>
          <Trans>Save</Trans>
        </Button>
      </Group>
    </Modal>
  )
}
