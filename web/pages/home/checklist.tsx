import { msg } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { ActionIcon, Anchor, Card, Group, Title } from '@mantine/core'
import { IconCircle, IconCircleCheck, IconX } from '@tabler/icons-react'
import { useQueries } from '@tanstack/react-query'
import { Link, type LinkProps, useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import { type Query, type Resource, countQuery } from '../../api/index.ts'
import { useCompany } from '../../session/index.ts'
import { kindOfPath } from '../../ui/kinds.ts'
import classes from './checklist.module.css'

interface Task {
  readonly label: ReturnType<typeof msg>
  /** Where it is done, below the company. */
  readonly path: string
  /** Done when the API counts at least so many of these. */
  readonly counts: Resource
  readonly search?: Query
  readonly least: number
}

const tasks: readonly Task[] = [
  { label: msg`Add or import products`, path: '/products', counts: 'products', least: 1 },
  {
    label: msg`Enter your opening stock`,
    path: '/stock-adjustments/new',
    counts: 'stock-adjustments',
    search: { state: 'posted' },
    least: 1,
  },
  {
    label: msg`Add a customer`,
    path: '/customers',
    counts: 'parties',
    search: { role: 'customer' },
    least: 1,
  },
  { label: msg`Enter your first order`, path: '/sales-orders/new', counts: 'sales-orders', least: 1 },
  {
    label: msg`Deliver it`,
    path: '/delivery-notes',
    counts: 'delivery-notes',
    search: { state: 'posted' },
    least: 1,
  },
  { label: msg`Invoice it`, path: '/invoices', counts: 'invoices', search: { state: 'posted' }, least: 1 },
  { label: msg`Invite a colleague`, path: '/settings/users', counts: 'users', least: 2 },
]

/** What to do first in a new company. Ticks itself by what the data says; gone when all is done or put away. */
export function Checklist() {
  const { t, i18n } = useLingui()
  const { slug } = useCompany()
  const { routesByPath } = useRouter()
  const [away, setAway] = useState(() => isAway(slug))
  const counts = useQueries({
    queries: tasks.map(({ counts: resource, search }) => ({
      ...countQuery(resource, search),
      enabled: !away,
    })),
  })
  if (away || counts.some(({ data }) => data === undefined)) return null
  const done = tasks.map(({ least }, index) => counts[index]!.data!.count >= least)
  if (done.every(Boolean)) return null
  const putAway = () => {
    keepAway(slug)
    setAway(true)
  }
  const hasPage = (path: string): boolean =>
    kindOfPath(path.split('/')[1] ?? '') !== null || `/c/$slug${path}` in routesByPath
  const left = done.filter((each) => !each).length
  return (
    <Card withBorder component="section" maw={520} aria-labelledby="first-steps">
      <Group justify="space-between" wrap="nowrap">
        <Title order={2} size="h4" id="first-steps">
          <Trans>
            First steps: {tasks.length - left} of {tasks.length} done
          </Trans>
        </Title>
        <ActionIcon variant="subtle" color="gray" aria-label={t`Put the first steps away`} onClick={putAway}>
          <IconX size={18} aria-hidden />
        </ActionIcon>
      </Group>
      <ol className={classes.tasks}>
        {tasks.map(({ label, path }, index) => {
          const text = i18n._(label)
          return (
            <li key={path} className={classes.task} data-done={done[index] || undefined}>
              {done[index] === true ? (
                <IconCircleCheck size={20} className={classes.done} aria-label={t`Done`} />
              ) : (
                <IconCircle size={20} aria-label={t`To do`} />
              )}
              {done[index] !== true && hasPage(path) ? (
                <Anchor
                  renderRoot={(props) => <Link {...({ to: `/c/${slug}${path}` } as LinkProps)} {...props} />}
                >
                  {text}
                </Anchor>
              ) : (
                text
              )}
            </li>
          )
        })}
      </ol>
    </Card>
  )
}

const name = (slug: string): string => `zapas-first-steps-away-${slug}`

function isAway(slug: string): boolean {
  try {
    return localStorage.getItem(name(slug)) === 'yes'
  } catch {
    return false
  }
}

function keepAway(slug: string): void {
  try {
    localStorage.setItem(name(slug), 'yes')
  } catch {
    // Storage is switched off: it is there again next time.
  }
}
