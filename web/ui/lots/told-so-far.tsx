import { Trans } from '@lingui/react/macro'
import { useFormat } from '../format.ts'
import classes from './lots.module.css'
import { figure } from './lots.ts'

interface Props {
  /** What the lots account for and what the line says, base units. */
  readonly told: string
  readonly wanted: string
  readonly unit: string
}

/** What is missing in the lots of a line, or is too much. */
export function ToldSoFar({ told, wanted, unit }: Props) {
  const format = useFormat()
  const left = figure(wanted).minus(figure(told))
  const [missing, over] = [format.quantity(left.toFixed(), unit), format.quantity(left.neg().toFixed(), unit)]
  return (
    <span className={classes.hint} role="status">
      {left.gt('0') ? (
        <Trans>Not yet told: {missing}</Trans>
      ) : (
        left.lt('0') && <Trans>More than the line says: {over}</Trans>
      )}
    </span>
  )
}
