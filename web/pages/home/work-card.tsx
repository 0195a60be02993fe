import type { MessageDescriptor } from '@lingui/core'
import { useLingui } from '@lingui/react/macro'
import { useQueries } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Permission } from '../../../src/permissions.ts'
import { type Query, type Resource, countQuery } from '../../api/index.ts'
import { PageLink } from '../../patterns/index.ts'
import { usePermissions } from '../../session/index.ts'
import { useFormat } from '../../ui/format.ts'
import { HomeCard } from './card.tsx'
import classes from './home.module.css'

export interface Work {
  readonly label: MessageDescriptor
  readonly resource: Resource
  readonly search: Query
  /** The list that makes the number. */
  readonly href: string
  readonly permission: Permission
  readonly late?: boolean
}

interface Props {
  readonly work: readonly Work[]
  /** The title when it is all zero, and when it is not. */
  readonly nothing: ReactNode
  readonly renderTitle: (sum: number) => ReactNode
}

/** What waits, as numbers that each open their list. */
export function WorkCard({ work, nothing, renderTitle }: Props) {
  const { i18n } = useLingui()
  const { may } = usePermissions()
  const format = useFormat()
  const mine = work.filter(({ permission }) => may(permission))
  const answers = useQueries({
    queries: mine.map(({ resource, search }) => ({ ...countQuery(resource, search), staleTime: 30_000 })),
  })
  const failed = answers.find(({ error }) => error !== null)
  const ready = answers.every(({ data }) => data !== undefined)
  const sum = answers.reduce((total, { data }) => total + (data?.count ?? 0), 0)
  const retry = () => {
    for (const answer of answers) if (answer.error !== null) void answer.refetch()
  }
  return (
    <HomeCard
      title={!ready ? '…' : sum === 0 ? nothing : renderTitle(sum)}
      error={failed?.error ?? null}
      onRetry={retry}
    >
      {ready ? (
        <ul className={classes.rows}>
          {mine.map(({ label, href, late = false }, index) => {
            const { count, capped } = answers[index]!.data!
            return (
              <li key={href} className={classes.row}>
                <PageLink href={href}>{i18n._(label)}</PageLink>
                <span className={`${classes.figure} ${classes.big} ${late && count > 0 ? classes.late : ''}`}>
                  {format.number(String(count))}
                  {capped ? '+' : ''}
                </span>
              </li>
            )
          })}
        </ul>
      ) : null}
    </HomeCard>
  )
}
