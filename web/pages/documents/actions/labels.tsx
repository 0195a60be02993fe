import { Trans, useLingui } from '@lingui/react/macro'
import { Alert, Button, Group, Modal, NumberInput, Stack } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { decimal } from '../../../../src/kernel/decimal.ts'
import { type OneOf, callFile } from '../../../api/index.ts'
import { usePhone } from '../../../patterns/use-screen.ts'
import { openInTab } from '../../../ui/open-in-tab.ts'
import { useReturnFocus } from '../../../ui/use-return-focus.ts'
import { useFormat } from '../../../ui/format.ts'
import classes from '../documents.module.css'
import { ProductName } from '../document/parts.tsx'
import type { DialogProps } from './dialog.tsx'

type Line = OneOf<'receipt-notes'>['lines'][number]

/** Of one product, as the API prints them. */
const mostOfEach = 500

/** A label for each pack that was accepted, unless another number is wanted; nothing for what was rejected. */
export default function LabelsDialog({ document, onClose }: DialogProps) {
  const { t } = useLingui()
  const format = useFormat()
  const phone = usePhone()
  useReturnFocus()
  const { lines } = document as unknown as OneOf<'receipt-notes'>
  const accepted = lines.filter((line) => decimal(line.quantity).gt('0'))
  const [copies, setCopies] = useState<ReadonlyMap<string, number>>(
    () => new Map(accepted.map((line) => [line.id, packsOf(line)])),
  )
  const wanted = accepted.flatMap(({ id, productId }) => {
    const count = copies.get(id)!
    return count > 0 ? [{ productId, copies: count }] : []
  })
  const all = wanted.reduce((sum, each) => sum + each.copies, 0)
  const print = useMutation({
    mutationFn: () =>
      openInTab(() => callFile('/products/labels/pdf', { method: 'POST', body: { lines: wanted } })),
    onSuccess: onClose,
  })
  return (
    <Modal
      opened
      onClose={onClose}
      title={t`Labels for ${document.number ?? ''}`}
      fullScreen={phone}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      <Stack>
        <ul className={classes.labels}>
          {accepted.map((line) => (
            <li key={line.id}>
              <div>
                <ProductName line={line} />
                <span className={classes.quiet}>
                  <Trans>Accepted</Trans> {format.quantity(line.quantity, line.unit)}
                </span>
              </div>
              <NumberInput
                aria-label={t`Labels of ${line.sku}`}
                w={90}
                value={copies.get(line.id)!}
                min={0}
                max={mostOfEach}
                allowDecimal={false}
                allowNegative={false}
                onChange={(value) =>
                  setCopies(
                    new Map(copies).set(line.id, Math.min(mostOfEach, Math.max(0, Number(value) || 0))),
                  )
                }
              />
            </li>
          ))}
        </ul>
        {print.error !== null && (
          <Alert color="red" role="alert">
            {print.error.message}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            <Trans>Not now</Trans>
          </Button>
          <Button
            loading={print.isPending}
            disabled={all === 0}
            onClick={() => print.mutate()}
            data-autofocus
          >
            <Trans>Print labels ({all})</Trans>
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

/** Packs of the unit that came; a part of one has a label as well. */
function packsOf({ quantity }: Line): number {
  return Math.min(mostOfEach, Math.ceil(Number(quantity)))
}
