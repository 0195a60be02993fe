import { Trans, useLingui } from '@lingui/react/macro'
import { Alert, Button, PasswordInput, Stack } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useRef, useState } from 'react'
import { api, isProblem } from '../../api/index.ts'

interface Props {
  /** What the present password is called: a one-time password was handed over. */
  readonly oneTime?: boolean
  readonly onDone: () => void
}

/** Replaces the password; other devices are signed out. */
export function PasswordForm({ oneTime = false, onDone }: Props) {
  const { t } = useLingui()
  const [currentPassword, setCurrent] = useState('')
  const [newPassword, setNew] = useState('')
  const current = useRef<HTMLInputElement>(null)
  const next = useRef<HTMLInputElement>(null)
  const change = useMutation({
    mutationFn: () =>
      api.post(
        '/api/auth/change-password',
        { currentPassword, newPassword, revokeOtherSessions: true },
        { anonymous: true, company: null },
      ),
    onSuccess: () => {
      setCurrent('')
      setNew('')
      onDone()
    },
    onError: (error) => {
      if (isRefused(error, 'INVALID_PASSWORD')) current.current?.focus()
      if (isRefused(error, 'PASSWORD_UNCHANGED')) next.current?.focus()
    },
  })
  const wrong = isRefused(change.error, 'INVALID_PASSWORD')
  const unchanged = isRefused(change.error, 'PASSWORD_UNCHANGED')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!change.isPending) change.mutate()
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="sm" maw={400}>
        {change.error !== null && !wrong && !unchanged && (
          <Alert color="red" role="alert">
            {change.error.message}
          </Alert>
        )}
        <PasswordInput
          label={oneTime ? t`One-time password` : t`Present password`}
          visibilityToggleButtonProps={{ 'aria-label': t`Show password` }}
          autoComplete="current-password"
          required
          withAsterisk={false}
          ref={current}
          value={currentPassword}
          error={
            wrong && (oneTime ? t`This is not the one-time password.` : t`This is not your present password.`)
          }
          onChange={(event) => {
            setCurrent(event.currentTarget.value)
            if (wrong) change.reset()
          }}
        />
        <PasswordInput
          label={t`New password`}
          description={t`10 to 128 characters. Several words that only you would put together are best.`}
          visibilityToggleButtonProps={{ 'aria-label': t`Show password` }}
          autoComplete="new-password"
          minLength={10}
          maxLength={128}
          required
          withAsterisk={false}
          ref={next}
          value={newPassword}
          error={unchanged && t`This is the present password. Choose another.`}
          onChange={(event) => {
            setNew(event.currentTarget.value)
            if (unchanged) change.reset()
          }}
        />
        <Button type="submit" loading={change.isPending} style={{ alignSelf: 'start' }}>
          <Trans>Change the password</Trans>
        </Button>
      </Stack>
    </form>
  )
}

/** The API says it in bare words of English; the form says it at the field. */
function isRefused(error: unknown, code: string): boolean {
  return isProblem(error, 400) && error.code === code
}
