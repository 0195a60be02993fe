import { Trans, useLingui } from '@lingui/react/macro'
import { Alert, Button, FileButton, Group, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, callFile, dataKey, newKey, upload } from '../../api/index.ts'
import { BlobImage } from '../../ui/blob-image.tsx'
import { notify } from '../../ui/notify.tsx'
import { type PrintSettings, printSettingsQuery } from './print-settings-query.ts'
import classes from './settings.module.css'

interface Props {
  readonly settings: PrintSettings
  readonly allowed: boolean
}

/** The logo: shown as it is kept, chosen anew, taken away. It is saved at once. */
export function LogoField({ settings, allowed }: Props) {
  const { t } = useLingui()
  const client = useQueryClient()
  const { logo, version } = settings
  const picture = useLogo(logo?.sha256 ?? null)
  const change = useMutation({
    mutationFn: (file: File | null) =>
      file === null
        ? api.delete('/print-settings/logo', { ifMatch: version })
        : upload<PrintSettings>('PUT', '/print-settings/logo', file, { key: newKey(), ifMatch: version }),
    onSuccess: (saved) => {
      client.setQueryData(printSettingsQuery().queryKey, saved as unknown as PrintSettings)
      notify.done(t`Saved. It holds for what is printed from now on.`)
    },
  })
  return (
    <section aria-labelledby="logo-label">
      <Text id="logo-label" size="sm" fw={600}>
        <Trans>Logo (optional)</Trans>
      </Text>
      <Text size="xs" c="dimmed" mb="xs">
        <Trans>PNG, JPEG or SVG, 512 KiB at most. On every document, in place of the name at the top.</Trans>
      </Text>
      {change.error !== null && (
        <Alert color="red" role="alert" mb="xs">
          {change.error.message}
        </Alert>
      )}
      <Group>
        {picture !== null && (
          <BlobImage className={classes.logo} blob={picture} alt={t`The logo of documents`} />
        )}
        {allowed && (
          <FileButton
            accept="image/png,image/jpeg,image/svg+xml"
            onChange={(file) => file !== null && change.mutate(file)}
          >
            {(props) => (
              <Button variant="default" loading={change.isPending} {...props}>
                {logo === null ? <Trans>Choose a logo</Trans> : <Trans>Choose another logo</Trans>}
              </Button>
            )}
          </FileButton>
        )}
        {allowed && logo !== null && (
          <Button variant="default" disabled={change.isPending} onClick={() => change.mutate(null)}>
            <Trans>Take the logo away</Trans>
          </Button>
        )}
      </Group>
    </section>
  )
}

function useLogo(sha256: string | null): Blob | null {
  const { data } = useQuery({
    queryKey: dataKey('settings', 'logo', sha256),
    enabled: sha256 !== null,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) => callFile('/print-settings/logo', { signal }),
  })
  return sha256 === null ? null : (data ?? null)
}
