import { Trans, useLingui } from '@lingui/react/macro'
import { useFormat } from '../../ui/format.ts'
import { useRejection } from '../rejections.ts'
import type { Entry } from '../work/entries.ts'
import { Button } from './button.tsx'
import classes from './w.module.css'

interface Props {
  readonly entries: readonly Entry[]
  readonly onUndo: (entry: Entry) => void
}

/** The last five, the newest on top. */
export function LastScans({ entries, onUndo }: Props) {
  const { t } = useLingui()
  const format = useFormat()
  const why = useRejection()
  if (entries.length === 0) return null
  return (
    <section>
      <h2 className={classes.section}>
        <Trans>Last scans</Trans>
      </h2>
      <ul className={classes.list}>
        {entries
          .slice(-5)
          .toReversed()
          .map((entry) => {
            const { sku, placeCode } = entry
            return (
              <li key={entry.id} className={classes.item}>
                <span className={classes.grow}>
                  <span className={classes.strong}>
                    {format.number(entry.quantity)} × {sku}
                  </span>
                  <br />
                  <span className={classes.quiet}>
                    {[
                      entry.serial ?? entry.lot,
                      placeCode,
                      entry.rejected === null ? null : why(entry.rejected),
                      format.time(new Date(entry.at).toISOString()),
                    ]
                      .filter((each) => each !== null)
                      .join(' · ')}
                  </span>
                </span>
                <Button label={t`Undo ${sku}`} onClick={() => onUndo(entry)}>
                  <Trans>Undo</Trans>
                </Button>
              </li>
            )
          })}
      </ul>
    </section>
  )
}
