import { Trans, useLingui } from '@lingui/react/macro'
import { Alert, Anchor, Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { api } from '../../api/index.ts'

interface Props {
  readonly onSignedIn: () => void
}

/** E-mail and password, and a code where the account has a second factor; on the page of its own and in the dialog over another one. */
export function SignInForm({ onSignedIn }: Props) {
  const { t } = useLingui()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [asksCode, setAsksCode] = useState(false)
  const signIn = useMutation({
    mutationFn: () =>
      api.post<{ twoFactorRedirect?: boolean } | null>(
        '/api/auth/sign-in/email',
        { email, password },
        { anonymous: true, company: null },
      ),
    onSuccess: (answer) => (answer?.twoFactorRedirect === true ? setAsksCode(true) : onSignedIn()),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!signIn.isPending) signIn.mutate()
  }
  if (asksCode) return <CodeForm onSignedIn={onSignedIn} onBack={() => setAsksCode(false)} />
  return (
    <form onSubmit={submit}>
      <Stack>
        {signIn.error !== null && (
          <Alert color="red" role="alert">
            {signIn.error.message}
          </Alert>
        )}
        <TextInput
          label={t`E-mail`}
          type="email"
          autoComplete="username"
          required
          withAsterisk={false}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          label={t`Password`}
          visibilityToggleButtonProps={{ 'aria-label': t`Show password` }}
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" loading={signIn.isPending}>
          <Trans>Sign in</Trans>
        </Button>
      </Stack>
    </form>
  )
}

/** The second factor: a code of the app, or one of the backup codes. */
function CodeForm({ onSignedIn, onBack }: Props & { readonly onBack: () => void }) {
  const { t } = useLingui()
  const [code, setCode] = useState('')
  const [backup, setBackup] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.focus(), [backup])
  const verify = useMutation({
    mutationFn: () =>
      api.post(
        backup ? '/api/auth/two-factor/verify-backup-code' : '/api/auth/two-factor/verify-totp',
        { code: code.replace(/\s/g, '') },
        { anonymous: true, company: null },
      ),
    onSuccess: onSignedIn,
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!verify.isPending) verify.mutate()
  }
  return (
    <form onSubmit={submit}>
      <Stack>
        {verify.error !== null && (
          <Alert color="red" role="alert">
            {verify.error.message}
          </Alert>
        )}
        <TextInput
          key={String(backup)}
          label={backup ? t`Backup code` : t`Code of your authenticator app`}
          inputMode={backup ? 'text' : 'numeric'}
          autoComplete="one-time-code"
          required
          withAsterisk={false}
          ref={field}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <Button type="submit" loading={verify.isPending}>
          <Trans>Sign in</Trans>
        </Button>
        <Anchor
          component="button"
          type="button"
          size="sm"
          onClick={() => {
            setBackup(!backup)
            setCode('')
          }}
        >
          {backup ? <Trans>Use a code of the app</Trans> : <Trans>Use a backup code</Trans>}
        </Anchor>
        <Anchor component="button" type="button" size="sm" onClick={onBack}>
          <Trans>Sign in as somebody else</Trans>
        </Anchor>
        <Text size="sm" c="dimmed">
          <Trans>
            Both lost? An owner of the company can take the second factor away and give you a one-time
            password.
          </Trans>
        </Text>
      </Stack>
    </form>
  )
}
