import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { ActionIcon, Button, Group, TextInput, Textarea } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useQueries } from '@tanstack/react-query'
import { documentQuery } from '../../api/index.ts'
import { DateField, DecimalInput } from '../../ui/inputs/index.ts'
import { LotChoice } from './lot-choice.tsx'
import { type LotInput, type QuantityRow, type RowInput, serialsOf } from './rows.ts'

export type Tracking = 'none' | 'lot' | 'serial'

/** Whether lots or serial numbers of these products are told apart. */
export function useTrackings(productIds: readonly (string | null)[]): ReadonlyMap<string, Tracking> {
  const ids = [...new Set(productIds.filter((id) => id !== null))]
  const found = useQueries({
    queries: ids.map((id) => ({ ...documentQuery('products', id), staleTime: 60_000 })),
  })
  return new Map(
    found.flatMap(({ data }) => (data === undefined ? [] : [[data.id, data.tracking as Tracking]])),
  )
}

interface Props {
  readonly row: QuantityRow
  readonly tracking: Exclude<Tracking, 'none'>
  /** Goods that come in name theirs; of those that go out the first to expire are taken unless named. */
  readonly required: boolean
  readonly input: RowInput
  readonly onChange: (change: Partial<RowInput>) => void
}

/** The lots or serial numbers of a line. */
export function TrackedFields({ row, tracking, required, input, onChange }: Props) {
  const { t } = useLingui()
  const { name } = row
  if (tracking === 'serial') {
    const serials = serialsOf(input)
    const count = serials.length
    const twice = serials.find((serial, at) => serials.indexOf(serial) !== at)
    return (
      <Textarea
        label={t`Serial numbers: ${name}`}
        description={
          required ? (
            <Trans>One a line; a scanner may type them.</Trans>
          ) : (
            <Trans>One a line. Left empty, they are chosen for you.</Trans>
          )
        }
        rightSection={
          count > 0 && (
            <span aria-live="polite">
              <Plural value={count} one="#" other="#" />
            </span>
          )
        }
        autosize
        minRows={2}
        maxRows={8}
        size="xs"
        maw={420}
        error={twice === undefined ? null : t`${twice} stands here twice`}
        value={input.serials}
        onChange={(event) => onChange({ serials: event.currentTarget.value })}
      />
    )
  }
  if (!required)
    return (
      <LotChoice
        row={row}
        quantity={input.quantity}
        lots={input.lots}
        onChange={(chosen) => onChange({ lots: chosen })}
      />
    )
  const lots: readonly LotInput[] =
    input.lots.length === 0 ? [{ number: '', expiresOn: '', quantity: '' }] : input.lots
  const setLot = (at: number, change: Partial<LotInput>) =>
    onChange({ lots: lots.map((lot, index) => (index === at ? { ...lot, ...change } : lot)) })
  return (
    <div>
      {lots.map((lot, at) => (
        // Lots have no identity of their own before they are booked.
        // eslint-disable-next-line react/no-array-index-key
        <Group key={at} gap="xs" wrap="nowrap" mb={4} align="end" maw={560}>
          <TextInput
            size="xs"
            label={at === 0 ? t`Lot` : undefined}
            aria-label={t`Lot ${at + 1}: ${name}`}
            value={lot.number}
            onChange={(event) => setLot(at, { number: event.currentTarget.value })}
            flex={1}
          />
          <DateField
            size="xs"
            label={at === 0 ? t`Expires` : undefined}
            aria-label={t`Expires: lot ${at + 1} of ${name}`}
            value={lot.expiresOn}
            onChange={(expiresOn) => setLot(at, { expiresOn })}
            w={140}
          />
          {lots.length > 1 && (
            <DecimalInput
              size="xs"
              label={at === 0 ? t`Quantity` : undefined}
              aria-label={t`Quantity of lot ${at + 1}: ${name}`}
              value={lot.quantity}
              onChange={(quantity) => setLot(at, { quantity })}
              w={100}
            />
          )}
          {lots.length > 1 && (
            <ActionIcon
              variant="subtle"
              aria-label={t`Remove lot ${at + 1}: ${name}`}
              onClick={() => onChange({ lots: lots.filter((_, index) => index !== at) })}
            >
              <IconX size={16} aria-hidden />
            </ActionIcon>
          )}
        </Group>
      ))}
      <Button
        size="compact-xs"
        variant="subtle"
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={() => onChange({ lots: [...lots, { number: '', expiresOn: '', quantity: '' }] })}
      >
        <Trans>Another lot</Trans>
      </Button>
    </div>
  )
}
