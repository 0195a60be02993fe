import { Trans } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { type ItemOf, type Query, type Resource, listQuery } from '../../api/index.ts'
import { PageLink } from '../../patterns/index.ts'
import { HomeCard } from './card.tsx'
import classes from './home.module.css'

interface Props<R extends Resource> {
  readonly resource: R
  readonly search: Query
  readonly renderTitle: (rows: number, more: boolean) => ReactNode
  readonly empty: ReactNode
  /** The whole list. */
  readonly href: string
  readonly hrefOf: (row: ItemOf<R>) => string
  readonly label: (row: ItemOf<R>) => ReactNode
  readonly second?: (row: ItemOf<R>) => ReactNode
  readonly renderFigure: (row: ItemOf<R>) => ReactNode
}

const shown = 5

/** The first rows of a list, each a link, and the way to the rest. */
export function ListCard<R extends Resource>(props: Props<R>) {
  const { data, error, refetch } = useQuery(listQuery(props.resource, { ...props.search, limit: shown }))
  const rows = data?.items ?? []
  return (
    <HomeCard
      title={data === undefined ? '…' : props.renderTitle(rows.length, data.nextCursor !== null)}
      error={error}
      onRetry={() => void refetch()}
    >
      {data === undefined ? null : rows.length === 0 ? (
        <span className={classes.quiet}>{props.empty}</span>
      ) : (
        <>
          <ul className={classes.rows}>
            {rows.map((row) => (
              <li key={props.hrefOf(row)} className={classes.row}>
                <span className={classes.clip}>
                  <PageLink href={props.hrefOf(row)}>{props.label(row)}</PageLink>
                  {props.second !== undefined && <span className={classes.quiet}> {props.second(row)}</span>}
                </span>
                <span className={classes.figure}>{props.renderFigure(row)}</span>
              </li>
            ))}
          </ul>
          {data.nextCursor !== null && (
            <div className={classes.foot}>
              <PageLink href={props.href} size="sm">
                <Trans>Show all</Trans>
              </PageLink>
            </div>
          )}
        </>
      )}
    </HomeCard>
  )
}
