import { useLingui } from '@lingui/react/macro'
import { Container, Stack } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useQueryClient } from '@tanstack/react-query'
import { PageTitle } from '../../page/index.ts'
import { SignInForm } from './sign-in-form.tsx'

export default function SignIn() {
  const { t } = useLingui()
  const { next } = useSearch({ strict: false })
  const navigate = useNavigate()
  const client = useQueryClient()
  const goOn = async () => {
    client.clear()
    // Only addresses of this app: a link must not lead a fresh session elsewhere.
    const own = typeof next === 'string' && /^\/(?:c\/|w(?:\/|$))/.test(next)
    await navigate({ href: own ? next : '/', replace: true })
  }
  return (
    <Container size="xs" py="xl" component="main">
      <Stack>
        <PageTitle title={t`Sign in`} />
        <SignInForm onSignedIn={() => void goOn()} />
      </Stack>
    </Container>
  )
}
