import { Trans, useLingui } from '@lingui/react/macro'
import { Alert, Button, Group, Modal, NumberInput, Stack } from '@mantine/core'
import { useState } from 'react'
import { callFile } from '../../api/index.ts'
import { openInTab } from '../../ui/open-in-tab.ts'

interface Props {
  readonly rows: readonly { readonly id: string }[]
  readonly onClose: () => void
}

/** Labels of the products chosen, so many of each. */
export default function LabelsDialog({ rows, onClose }: Props) {
  const { t } = useLingui()
  const [copies, setCopies] = useState(1)
  const [failure, setFailure] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const print = async () => {
    setBusy(true)
    try {
      const lines = rows.map(({ id }) => ({ productId: id, copies }))
      await openInTab(() => callFile('/products/labels/pdf', { method: 'POST', body: { lines } }))
      onClose()
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error))
    } finally {
      setBusy(false)
    }
  }
  const count = rows.length
  return (
    <Modal
      opened
      onClose={onClose}
      title={t`Print labels (${count})`}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      <Stack>
        <NumberInput
          label={t`Labels of each`}
          value={copies}
          min={1}
          max={500}
          allowDecimal={false}
          allowNegative={false}
          onChange={(value) => setCopies(Math.min(500, Math.max(1, Number(value) || 1)))}
          data-autofocus
        />
        {failure !== null && (
          <Alert color="red" role="alert">
            {failure}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            <Trans>Not now</Trans>
          </Button>
          <Button loading={busy} onClick={() => void print()}>
            <Trans>Print labels</Trans>
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
