import { Trans, useLingui } from '@lingui/react/macro'
import { Alert, Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { api, meQuery, newKey } from '../../api/index.ts'

/** The first account of an installation, which owns its first company. */
export function OwnerForm() {
  const { t, i18n } = useLingui()
  const navigate = useNavigate()
  const client = useQueryClient()
  const [key] = useState(newKey)
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const make = useMutation({
    mutationFn: async () => {
      const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone
      const body = { name, email, password, timeZone, language: i18n.locale }
      await api.post('/setup/owner', body, { key, anonymous: true, company: null })
      await api.post('/api/auth/sign-in/email', { email, password }, { anonymous: true, company: null })
    },
    onSuccess: async () => {
      // First who is here: an installation that has an owner sends nobody on to sign in.
      await client.fetchQuery({ ...meQuery(), staleTime: 0 })
      await client.invalidateQueries()
      await navigate({ to: '/setup', search: { step: 1 } })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!make.isPending) make.mutate()
  }
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text>
          <Trans>Nobody can sign in yet. Whoever makes this account owns the first company.</Trans>
        </Text>
        {make.error !== null && (
          <Alert color="red" role="alert">
            {make.error.message}
          </Alert>
        )}
        <TextInput
          label={t`Your name`}
          autoComplete="name"
          required
          withAsterisk={false}
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          label={t`E-mail`}
          type="email"
          autoComplete="username"
          required
          withAsterisk={false}
          maxLength={254}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          label={t`Password`}
          visibilityToggleButtonProps={{ 'aria-label': t`Show password` }}
          description={t`At least 10 characters.`}
          autoComplete="new-password"
          required
          withAsterisk={false}
          minLength={10}
          maxLength={128}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" loading={make.isPending}>
          <Trans>Make the account</Trans>
        </Button>
      </Stack>
    </form>
  )
}
