import { Trans, useLingui } from '@lingui/react/macro'
import { Anchor, Container, Stack, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { api } from '../../api/index.ts'
import { PageTitle } from '../../page/index.ts'
import { useMe } from '../../session/index.ts'
import { PasswordForm } from './password-form.tsx'
import { EnrolSecondFactor } from './second-factor.tsx'

/** In place of every page, until the one-time password is replaced and a required second factor is there. */
export default function Gate() {
  const { t } = useLingui()
  const { mustChangePassword, company, email } = useMe()
  const client = useQueryClient()
  // Whatever was refused until now is asked anew.
  const goOn = () => void client.invalidateQueries()
  const signOut = async () => {
    await api.post('/api/auth/sign-out', {}, { anonymous: true, company: null })
    location.assign('/sign-in')
  }
  return (
    <Container size="xs" py="xl" component="main" id="content">
      <Stack>
        {mustChangePassword ? (
          <>
            <PageTitle title={t`Choose a password of your own`} />
            <Text>
              <Trans>The one-time password that you were given has served. Choose another to go on.</Trans>
            </Text>
            <PasswordForm oneTime onDone={goOn} />
          </>
        ) : (
          <>
            <PageTitle title={t`Set up a second factor`} />
            <Text>
              <Trans>{company.name} asks for a code of an authenticator app besides the password.</Trans>
            </Text>
            <EnrolSecondFactor onDone={goOn} />
          </>
        )}
        <Text size="sm" c="dimmed">
          <Trans>You are signed in as {email}.</Trans>{' '}
          <Anchor component="button" type="button" size="sm" onClick={() => void signOut()}>
            <Trans>Sign out</Trans>
          </Anchor>
        </Text>
      </Stack>
    </Container>
  )
}
