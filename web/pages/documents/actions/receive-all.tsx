import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Button, Text } from '@mantine/core'
import { useState } from 'react'
import { decimal } from '../../../../src/kernel/decimal.ts'
import type { OneOf } from '../../../api/index.ts'
import { ActionDialog } from '../../../patterns/index.ts'
import { pathOfKind } from '../../../ui/kinds.ts'
import type { DialogProps } from './dialog.tsx'
import { ShippingDialog } from './shipping.tsx'

/**
 * All that is open of a purchase order came as it was expected: nothing to enter, straight to what it changes. Where
 * something has to be said after all, such as lots, the lines are a click away.
 */
export function ReceiveAllDialog(props: DialogProps) {
  const { t } = useLingui()
  const [byLine, setByLine] = useState(false)
  const { kind, document, onClose } = props
  if (byLine) return <ShippingDialog {...props} name="receipt-notes" makes="receipt-note" />
  const { lines } = document as unknown as OneOf<'purchase-orders'>
  const open = lines.filter((line) => line.stocked && decimal(line.open).gt('0')).length
  return (
    <ActionDialog
      title={t`Receive ${document.number ?? ''} as expected`}
      call={{ resource: pathOfKind(kind), id: document.id, name: 'receipt-notes', body: { post: true } }}
      verb={t`Receive all`}
      answers="receipt-note"
      done={() => t`Received:`}
      onClose={onClose}
    >
      {() => (
        <>
          <Text size="sm">
            <Plural
              value={open}
              one="All that is open of # line has come, and nothing of it is rejected."
              other="All that is open of # lines has come, and nothing of it is rejected."
            />
          </Text>
          <Button variant="subtle" size="compact-sm" onClick={() => setByLine(true)}>
            <Trans>Enter quantities instead</Trans>
          </Button>
        </>
      )}
    </ActionDialog>
  )
}
