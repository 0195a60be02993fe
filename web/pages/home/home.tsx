import { Trans, useLingui } from '@lingui/react/macro'
import { Alert, Stack } from '@mantine/core'
import { PageTitle } from '../../page/index.ts'
import { PageLink } from '../../patterns/index.ts'
import { useMe, usePermissions } from '../../session/index.ts'
import { Checklist } from './checklist.tsx'
import classes from './home.module.css'
import { cardsOf } from './roles.tsx'

/** What a person of this role wants to know first; every number opens the list that makes it. */
export default function Home() {
  const { t } = useLingui()
  const { may } = usePermissions()
  const { role, company, companies } = useMe()
  const demo = companies.some(({ slug, demo: isDemo }) => isDemo && slug === company.slug)
  return (
    <Stack>
      <PageTitle title={t`Home`} />
      {demo && may('company:write') && (
        <Alert color="gray" variant="light">
          <Trans>
            This is the demo company: try whatever you like.{' '}
            <PageLink href="/settings/data">Delete it</PageLink> when it has served.
          </Trans>
        </Alert>
      )}
      {may('company:write') && <Checklist />}
      <div className={classes.cards}>{cardsOf(role)}</div>
    </Stack>
  )
}
