import { Trans, useLingui } from '@lingui/react/macro'
import { Alert, Button, Checkbox, Group, Stack } from '@mantine/core'
import { useState } from 'react'
import type { PostalAddress } from '../../../src/kernel/postal-address.ts'
import type { OneOf } from '../../api/index.ts'
import { postalText } from '../../ui/postal-address.ts'
import { useReturnFocus } from '../../ui/use-return-focus.ts'

export interface PartyOffer {
  readonly party: OneOf<'parties'>
  /** What would change; null: it stays as it is. */
  readonly terms: string | null
  readonly currency: string | null
  readonly address: PostalAddress | null
  readonly prices: boolean
}
export type Taken = 'terms' | 'currency' | 'address' | 'prices'

interface Props {
  readonly offer: PartyOffer
  readonly onTake: (taken: readonly Taken[]) => void
  readonly onClose: () => void
}

/** After another party was chosen: what to take from it. Nothing changes without a tick. */
export function PartyChange({ offer, onTake, onClose }: Props) {
  const { t, i18n } = useLingui()
  useReturnFocus()
  const { party, terms, currency, address, prices } = offer
  const place = address === null ? '' : postalText(address, i18n.locale)
  const choices: { id: Taken; label: string }[] = [
    ...(terms === null ? [] : [{ id: 'terms' as const, label: t`Payment term: ${terms} days` }]),
    ...(currency === null ? [] : [{ id: 'currency' as const, label: t`Currency: ${currency}` }]),
    ...(address === null ? [] : [{ id: 'address' as const, label: t`Delivery address: ${place}` }]),
    ...(prices ? [{ id: 'prices' as const, label: t`Prices that are not set by hand` }] : []),
  ]
  const [taken, setTaken] = useState<readonly Taken[]>(choices.map(({ id }) => id))
  const { name } = party
  return (
    <Alert color="blue" role="status" title={t`Take over from ${name}?`}>
      <Stack gap="xs">
        {choices.map(({ id, label }) => (
          <Checkbox
            key={id}
            label={label}
            checked={taken.includes(id)}
            onChange={(event) =>
              setTaken(event.currentTarget.checked ? [...taken, id] : taken.filter((each) => each !== id))
            }
          />
        ))}
        <Group gap="xs">
          <Button size="compact-sm" onClick={() => onTake(taken)}>
            <Trans>Take over</Trans>
          </Button>
          <Button size="compact-sm" variant="default" onClick={onClose}>
            <Trans>Keep everything</Trans>
          </Button>
        </Group>
      </Stack>
    </Alert>
  )
}
