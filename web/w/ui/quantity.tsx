import { useLingui } from '@lingui/react/macro'
import { IconMinus, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { type Decimal, decimal, fits, max, zero } from '../../../src/kernel/decimal.ts'
import { useFormat } from '../../ui/format.ts'
import classes from './w.module.css'

interface Props {
  readonly label: string
  /** Base unit. */
  readonly value: string
  readonly onChange: (value: Decimal) => void
  /** More is refused here, with `tooMuch` told. */
  readonly most?: string | null
  readonly tooMuch?: (most: string) => void
}

/** − figure +, with a number pad. A figure that cannot be read stays until it can. */
export function Quantity({ label, value, onChange, most = null, tooMuch }: Props) {
  const { t } = useLingui()
  const format = useFormat()
  const [typed, setTyped] = useState<string | null>(null)
  const give = (wanted: Decimal) => {
    if (most !== null && wanted.gt(decimal(most))) tooMuch?.(most)
    else onChange(max(wanted, zero))
  }
  const commit = () => {
    if (typed === null) return
    const text = typed.trim().replace(',', '.')
    setTyped(null)
    if (!/^\d{1,13}(?:\.\d{1,6})?$/.test(text)) return
    const wanted = decimal(text)
    if (fits(wanted, 6)) give(wanted)
  }
  return (
    <div className={classes.count} role="group" aria-label={label}>
      <button
        type="button"
        className={classes.button}
        aria-label={t`One less`}
        onClick={() => give(decimal(value).minus(decimal(1)))}
      >
        <IconMinus aria-hidden />
      </button>
      <input
        className={classes.input}
        inputMode="decimal"
        enterKeyHint="done"
        autoComplete="off"
        aria-label={label}
        value={typed ?? format.number(value)}
        onFocus={(event) => {
          setTyped(value)
          event.currentTarget.select()
        }}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return
          event.preventDefault()
          event.currentTarget.blur()
        }}
      />
      <button
        type="button"
        className={classes.button}
        aria-label={t`One more`}
        onClick={() => give(decimal(value).plus(decimal(1)))}
      >
        <IconPlus aria-hidden />
      </button>
    </div>
  )
}
