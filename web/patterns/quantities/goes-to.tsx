import { useLingui } from '@lingui/react/macro'
import { NativeSelect, Switch } from '@mantine/core'
import classes from './quantities.module.css'
import type { DispositionName } from './rows.ts'

interface GoesToProps {
  readonly name: string
  readonly value: DispositionName
  readonly replace: boolean
  readonly onChange: (value: DispositionName) => void
  readonly onReplace: (value: boolean) => void
}

/** Where returned goods go, and whether others are delivered in their place. */
export function GoesTo({ name, value, replace, onChange, onReplace }: GoesToProps) {
  const { t } = useLingui()
  return (
    <div className={classes.goesTo}>
      <NativeSelect
        aria-label={t`Goes to: ${name}`}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value as DispositionName)}
        data={[
          { value: 'restock', label: t`Back to stock` },
          { value: 'quarantine', label: t`Quarantine` },
          { value: 'scrap', label: t`Scrap` },
        ]}
      />
      <Switch
        size="xs"
        label={t`Replace it`}
        checked={replace}
        onChange={(event) => onReplace(event.currentTarget.checked)}
      />
    </div>
  )
}
