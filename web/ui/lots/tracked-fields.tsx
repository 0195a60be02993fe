import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { ActionIcon, Button, Group, TextInput, Textarea } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { DateField, DecimalInput } from '../inputs/index.ts'
import { LotChoice } from './lot-choice.tsx'
import classes from './lots.module.css'
import {
  type LotInput,
  type LotsInput,
  type TrackedGoods,
  type Tracking,
  namedTwice,
  serialsOf,
  toldOf,
} from './lots.ts'
import { ToldSoFar } from './told-so-far.tsx'

interface Props {
  readonly goods: TrackedGoods
  readonly tracking: Exclude<Tracking, 'none'>
  /** Goods that come in name theirs; of those that go out they are chosen among those that are there. */
  readonly way: 'in' | 'out'
  /** Left empty, the server chooses; otherwise whoever looks at it does, and a proposal is filled in. */
  readonly chosenForYou: boolean
  /** What the line says, base units. */
  readonly wanted: string
  /** The base unit. */
  readonly unit: string
  /** One lot only: it is counted lot by lot. */
  readonly single?: boolean
  /** They stand by themselves: the first field is to take the focus, and quantities are asked for from the first lot on. */
  readonly focused?: boolean
  readonly input: LotsInput
  readonly onChange: (change: Partial<LotsInput>) => void
}

const noLot: LotInput = { number: '', expiresOn: '', quantity: '' }

/** The lots or serial numbers of a line. */
export function TrackedFields(props: Props) {
  if (props.tracking === 'serial') return <Serials {...props} />
  if (props.way === 'in') return <NamedLots {...props} />
  const { goods, wanted, unit, chosenForYou, focused = false, input, onChange } = props
  return (
    <LotChoice
      goods={goods}
      wanted={wanted}
      unit={unit}
      lots={input.lots}
      onChange={(lots) => onChange({ lots })}
      filledIn={!chosenForYou}
      focused={focused}
    />
  )
}

function Serials({
  goods: { name, lots: offered },
  chosenForYou,
  wanted,
  unit,
  focused,
  input,
  onChange,
}: Props) {
  const { t } = useLingui()
  const count = serialsOf(input).length
  const twice = namedTwice(input)
  return (
    <div>
      <Textarea
        label={t`Serial numbers: ${name}`}
        placeholder={offered?.map(({ number }) => number).join('\n')}
        description={
          chosenForYou ? (
            <Trans>One a line. Left empty, they are chosen for you.</Trans>
          ) : (
            <Trans>One a line; a scanner may type them.</Trans>
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
        error={twice === null ? null : t`${twice} stands here twice`}
        value={input.serials}
        onChange={(event) => onChange({ serials: event.currentTarget.value })}
        {...(focused === true && { 'data-autofocus': true })}
      />
      {(count > 0 || !chosenForYou) && <ToldSoFar told={String(count)} wanted={wanted} unit={unit} />}
    </div>
  )
}

function NamedLots({ goods: { name }, wanted, unit, single, focused, input, onChange }: Props) {
  const { t } = useLingui()
  const lots: readonly LotInput[] = input.lots.length === 0 ? [noLot] : input.lots
  const setLot = (at: number, change: Partial<LotInput>) =>
    onChange({ lots: lots.map((lot, index) => (index === at ? { ...lot, ...change } : lot)) })
  const twice = namedTwice(input)
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
            maxLength={100}
            error={twice !== null && lot.number.trim() === twice ? t`${twice} stands here twice` : null}
            onChange={(event) => setLot(at, { number: event.currentTarget.value })}
            flex={1}
            data-lot-field
            {...(focused === true && at === lots.length - 1 && { 'data-autofocus': true })}
          />
          <DateField
            size="xs"
            label={at === 0 ? t`Expires` : undefined}
            aria-label={t`Expires: lot ${at + 1} of ${name}`}
            value={lot.expiresOn}
            onChange={(expiresOn) => setLot(at, { expiresOn })}
            w={140}
            data-lot-field
          />
          {(lots.length > 1 || focused === true) && single !== true && (
            <DecimalInput
              size="xs"
              label={at === 0 ? t`Quantity` : undefined}
              aria-label={t`Quantity of lot ${at + 1}: ${name}`}
              placeholder={lots.length === 1 ? wanted : undefined}
              value={lot.quantity}
              onChange={(quantity) => setLot(at, { quantity })}
              w={100}
              data-lot-field
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
      <div className={classes.lots}>
        {single === true ? (
          <span className={classes.hint}>
            <Trans>Counted lot by lot: a line for each.</Trans>
          </span>
        ) : (
          <Button
            size="compact-xs"
            variant="subtle"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => onChange({ lots: [...lots, noLot] })}
          >
            <Trans>Another lot</Trans>
          </Button>
        )}
        {lots.length > 1 && <ToldSoFar told={toldOf(input, wanted) ?? '0'} wanted={wanted} unit={unit} />}
      </div>
    </div>
  )
}
