import { Trans, useLingui } from '@lingui/react/macro'
import { Button, Group, Modal, Skeleton } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { callFile, dataKey } from '../../api/index.ts'
import { BlobImage } from '../../ui/blob-image.tsx'
import { saveBlob } from '../../ui/save-blob.ts'
import { PdfView } from '../pdf/index.tsx'
import { usePhone } from '../use-screen.ts'
import classes from './files.module.css'
import type { AttachedFile } from './files-query.ts'

interface Props {
  readonly place: string
  readonly file: AttachedFile
  readonly onClose: () => void
}

/** Pictures that every browser draws. */
const pictures = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp'])

/** A picture or a PDF as it is; anything else can be saved. */
export default function FilePreview({ place, file, onClose }: Props) {
  const { t } = useLingui()
  const phone = usePhone()
  const { name } = file
  const { data, error } = useQuery({
    queryKey: dataKey('file', place, file.id),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
    queryFn: ({ signal }) => callFile(`${place}/files/${file.id}`, { signal }),
  })
  const pdf = file.type === 'application/pdf'
  return (
    <Modal
      opened
      onClose={onClose}
      title={name}
      size="xl"
      fullScreen={phone}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      <Group justify="flex-end" mb="sm">
        <Button
          variant="default"
          disabled={data === undefined}
          leftSection={<IconDownload size={16} aria-hidden />}
          onClick={() => data !== undefined && saveBlob(data, name)}
        >
          <Trans>Save to this device</Trans>
        </Button>
      </Group>
      {error !== null && <p role="alert">{error.message}</p>}
      {pdf && <PdfView file={data ?? null} label={name} thumbnails />}
      {pictures.has(file.type) &&
        (data === undefined ? (
          <Skeleton height={300} />
        ) : (
          <BlobImage className={classes.picture} blob={data} alt={name} />
        ))}
      {!pdf && !pictures.has(file.type) && (
        <p>
          <Trans>There is no preview of this kind of file.</Trans>
        </p>
      )}
    </Modal>
  )
}
