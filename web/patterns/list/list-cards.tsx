import { useLingui } from '@lingui/react/macro'
import { Skeleton } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { inCompany } from '../links.tsx'
import type { ListDescription } from './description.ts'
import classes from './list.module.css'

interface Props<Row> {
  readonly list: ListDescription<Row>
  readonly rows: readonly Row[]
  readonly loading: boolean
  readonly onOpen: (row: Row) => void
}

/** On a phone a row is a card of three lines, and the whole of it is the link. */
export function ListCards<Row>({ list, rows, loading, onOpen }: Props<Row>) {
  const { i18n } = useLingui()
  if (loading)
    return (
      <div aria-hidden className={classes.cards}>
        {Array.from({ length: 8 }, (_, index) => (
          <div key={index} className={classes.card}>
            <Skeleton height={12} width="45%" />
            <Skeleton height={12} width="70%" mt={10} />
            <Skeleton height={12} width="90%" mt={10} />
          </div>
        ))}
      </div>
    )
  return (
    <ul className={classes.cards} aria-label={i18n._(list.title)}>
      {rows.map((row) => {
        const card = list.card(row)
        return (
          <li key={list.idOf(row)}>
            <Link to={inCompany(list.hrefOf(row))} className={classes.card} onClick={() => onOpen(row)}>
              <span className={classes.cardLine}>
                <span className={classes.cardTitle}>{card.title}</span>
                {card.badge}
              </span>
              {card.second !== undefined && <span className={classes.cardSecond}>{card.second}</span>}
              <span className={classes.cardLine}>
                <span className={classes.quiet}>{card.left}</span>
                <span data-figure>{card.right}</span>
              </span>
            </Link>
          </li>
        )
      })}
    </ul>
  )
}
