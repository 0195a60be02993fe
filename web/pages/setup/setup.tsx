import { useLingui } from '@lingui/react/macro'
import { Container, Stack } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Navigate, useSearch } from '@tanstack/react-router'
import { meQuery, setupQuery } from '../../api/index.ts'
import { PageTitle } from '../../page/index.ts'
import { FirstSteps } from './first-steps.tsx'
import { OwnerForm } from './owner-form.tsx'

/** The owner's account first; then three steps, each of which can be skipped, and a choice. */
export default function Setup() {
  const { t } = useLingui()
  const { step = 1 } = useSearch({ from: '/setup' })
  const { data: setup } = useSuspenseQuery(setupQuery())
  const { data: me } = useSuspenseQuery(meQuery())
  if (setup.needsOwner) {
    return (
      <Container size="xs" py="xl" component="main">
        <Stack>
          <PageTitle title={t`Make the owner account`} />
          <OwnerForm />
        </Stack>
      </Container>
    )
  }
  if (me === null) return <Navigate to="/sign-in" />
  return <FirstSteps me={me} step={step} />
}
