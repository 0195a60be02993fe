import { Trans, useLingui } from '@lingui/react/macro'
import { IconCheck } from '@tabler/icons-react'
import { decimal } from '../../../src/kernel/decimal.ts'
import { useFormat } from '../../ui/format.ts'
import type { Product, TaskLine } from '../data/types.ts'
import { type Entry, countedOn } from '../work/entries.ts'
import classes from './w.module.css'

interface Props {
  readonly lines: readonly TaskLine[]
  readonly entries: readonly Entry[]
  readonly products: ReadonlyMap<string, Product>
  /** Counts the line by hand, for goods without a code. */
  readonly onChoose: (line: TaskLine) => void
}

/** The lines of an order with what is counted of them; open ones first. */
export function Lines({ lines, entries, products, onChoose }: Props) {
  const { t } = useLingui()
  const format = useFormat()
  const rows = lines
    .map((line) => ({ line, counted: countedOn(entries, line.id) }))
    .filter(({ line, counted }) => line.open !== '0' || !counted.eq('0'))
    .map((row) => ({ ...row, full: row.counted.gte(decimal(row.line.open)) }))
    .toSorted((a, b) => Number(a.full) - Number(b.full))
  const full = rows.filter((row) => row.full).length
  return (
    <section>
      <h2 className={classes.section}>
        <Trans>
          Lines counted: {full} of {rows.length}
        </Trans>
      </h2>
      <ul className={classes.list}>
        {rows.map(({ line, counted, full: done }) => {
          const { sku } = line
          return (
            <li key={line.id} className={classes.item}>
              <button type="button" className={classes.link} onClick={() => onChoose(line)}>
                <span className={classes.grow}>
                  <span className="visually-hidden">{t`Count by hand:`} </span>
                  <span className={classes.strong}>{sku}</span>
                  <br />
                  <span className={classes.quiet}>{line.name}</span>
                </span>
                <span className={classes.number} data-line={sku}>
                  {done && <IconCheck size={22} aria-hidden style={{ verticalAlign: '-0.2em' }} />}{' '}
                  {format.number(counted.toFixed())} / {format.number(line.open)}{' '}
                  {products.get(line.productId)?.unit}
                </span>
              </button>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
