import { Trans, useLingui } from '@lingui/react/macro'
import { Alert, Anchor, Button, Code, Group, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { api } from '../../api/index.ts'
import { QrCode } from './qr-code.tsx'

interface Enrolment {
  readonly totpURI: string
  readonly backupCodes: readonly string[]
}
const ofPerson = { anonymous: true, company: null } as const

/** Sets a second factor up: password, then the code to scan, then a first code, then the backup codes. */
export function EnrolSecondFactor({ onDone }: { readonly onDone: () => void }) {
  const [enrolment, setEnrolment] = useState<Enrolment | null>(null)
  const [proved, setProved] = useState(false)
  if (enrolment === null) {
    return (
      <AskPassword
        path="/api/auth/two-factor/enable"
        verb={<Trans>Set up a second factor</Trans>}
        onDone={(answer) => setEnrolment(answer as Enrolment)}
      />
    )
  }
  if (!proved) return <Prove uri={enrolment.totpURI} onDone={() => setProved(true)} />
  return (
    <Stack gap="sm" maw={480}>
      <Text fw={600}>
        <Trans>The second factor is on. Keep these codes where you find them without your phone.</Trans>
      </Text>
      <Text size="sm">
        <Trans>Each of them signs you in once in place of a code of the app.</Trans>
      </Text>
      <Code block>{enrolment.backupCodes.join('\n')}</Code>
      <Button onClick={onDone} style={{ alignSelf: 'start' }}>
        <Trans>I have kept the codes</Trans>
      </Button>
    </Stack>
  )
}

interface AskProps {
  readonly path: string
  readonly verb: React.ReactNode
  readonly onDone: (answer: unknown) => void
}

/** What concerns the second factor asks for the password first. */
export function AskPassword({ path, verb, onDone }: AskProps) {
  const { t } = useLingui()
  const [password, setPassword] = useState('')
  const ask = useMutation({
    mutationFn: () => api.post(path, { password }, ofPerson),
    onSuccess: (answer) => {
      setPassword('')
      onDone(answer)
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!ask.isPending) ask.mutate()
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="sm" maw={400}>
        {ask.error !== null && (
          <Alert color="red" role="alert">
            {ask.error.message}
          </Alert>
        )}
        <PasswordInput
          label={t`Your password`}
          visibilityToggleButtonProps={{ 'aria-label': t`Show password` }}
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" loading={ask.isPending} style={{ alignSelf: 'start' }}>
          {verb}
        </Button>
      </Stack>
    </form>
  )
}

function Prove({ uri, onDone }: { readonly uri: string; readonly onDone: () => void }) {
  const { t } = useLingui()
  const [code, setCode] = useState('')
  const key = new URL(uri).searchParams.get('secret') ?? ''
  const verify = useMutation({
    mutationFn: () =>
      api.post('/api/auth/two-factor/verify-totp', { code: code.replace(/\s/g, '') }, ofPerson),
    onSuccess: onDone,
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!verify.isPending) verify.mutate()
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="sm" maw={480}>
        <Text>
          <Trans>Scan this with an authenticator app, then enter the six digits that it shows.</Trans>
        </Text>
        <QrCode text={uri} label={t`QR code for the authenticator app`} />
        <Text size="sm">
          <Trans>
            Or enter this key by hand, or <Anchor href={uri}>open the app of this device</Anchor>:
          </Trans>
        </Text>
        <Code block>{key.replace(/(.{4})/g, '$1 ').trim()}</Code>
        {verify.error !== null && (
          <Alert color="red" role="alert">
            {verify.error.message}
          </Alert>
        )}
        <Group align="end">
          <TextInput
            label={t`Code of the app`}
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={8}
            required
            withAsterisk={false}
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
            w={160}
          />
          <Button type="submit" loading={verify.isPending}>
            <Trans>Confirm the code</Trans>
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
