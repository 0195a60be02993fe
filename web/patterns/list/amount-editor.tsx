import { Trans, useLingui } from '@lingui/react/macro'
import { Button, Group, Text } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { decimal } from '../../../src/kernel/decimal.ts'
import { useFormat } from '../../ui/format.ts'
import { DecimalInput, isDecimal } from '../../ui/inputs/index.ts'
import { readAmounts, writeAmounts } from './amounts.ts'
import classes from './list.module.css'

interface Props {
  readonly label: string
  /** See `amounts.ts`; '' for none. */
  readonly value: string
  /** null: the filter is taken away. */
  readonly onChange: (value: string | null) => void
  /** It takes the focus when it comes. */
  readonly alone: boolean
}

/** From and to, either of which may be left out. */
export default function AmountEditor({ label, value, onChange, alone }: Props) {
  const { t } = useLingui()
  const format = useFormat()
  const given = readAmounts(value)
  const [from, setFrom] = useState(given?.from ?? '')
  const [to, setTo] = useState(given?.to ?? '')
  const first = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (alone) first.current?.focus()
  }, [alone])
  const readable = [from, to].every((amount) => amount === '' || isDecimal(amount))
  const lowest =
    readable && from !== '' && to !== '' && decimal(to).lt(decimal(from)) ? format.number(from) : null
  const apply = () => {
    if (readable && lowest === null) onChange(writeAmounts({ from: from || null, to: to || null }))
  }
  return (
    <form
      role="group"
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault()
        apply()
      }}
    >
      <Group gap="xs" align="start" wrap="nowrap">
        <DecimalInput label={t`From`} value={from} onChange={setFrom} w={120} ref={first} allowNegative />
        <DecimalInput
          label={t`To`}
          value={to}
          onChange={setTo}
          w={120}
          allowNegative
          error={lowest === null ? undefined : t`At least ${lowest}`}
        />
        <Button type="submit" variant="default" className={classes.beside}>
          <Trans>Show</Trans>
        </Button>
      </Group>
      <Text size="sm" c="dimmed" mt={6}>
        <Trans>In the currency of each document</Trans>
      </Text>
    </form>
  )
}
