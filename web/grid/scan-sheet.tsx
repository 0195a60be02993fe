import { Trans, useLingui } from '@lingui/react/macro'
import { Alert, Button, Modal, Stack, Title } from '@mantine/core'
import { IconBulb } from '@tabler/icons-react'
import { useEffect, useEffectEvent, useState, useSyncExternalStore } from 'react'
import { settings } from '../ui/scan/device-settings.ts'
import { listenForScans } from '../ui/scan/listen.ts'
import { useCamera } from '../ui/scan/use-camera.ts'
import { cameraTroubles } from './camera-words.ts'
import { CellText } from './cell-text.tsx'
import { useGrid } from './grid-context.ts'
import classes from './grid.module.css'

interface Scanned {
  readonly id: number
  readonly code: string
  /** The line that it went to; null: no product has the code. */
  readonly key: string | null
}
/** As many of the last scans are shown. */
const most = 5

/** Scanning into the lines on a phone: by camera or a scanner, one after the other, until it is closed. */
export function ScanSheet({ onClose }: { readonly onClose: () => void }) {
  const { t } = useLingui()
  const { model } = useGrid()
  const [last, setLast] = useState<readonly Scanned[]>([])
  const take = async (code: string) => {
    const key = await model.scan(code)
    if (settings().vibration) navigator.vibrate?.(key === null ? 200 : 60)
    setLast((before) => [{ id: (before[0]?.id ?? 0) + 1, code, key }, ...before].slice(0, most))
  }
  const heard = useEffectEvent((code: string) => void take(code))
  useEffect(() => listenForScans({ take: (code) => heard(code), prefix: () => settings().prefix }), [])
  const unknown = last[0]?.key === null ? last[0].code : null
  return (
    <Modal
      opened
      fullScreen
      onClose={onClose}
      title={t`Scan products`}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      <Stack gap="sm">
        <Camera onCode={(code) => void take(code)} />
        <div role="status">
          {unknown !== null && (
            <Alert color="red" title={t`Not known: ${unknown}`}>
              <Trans>Its line waits for a product. Choose one there, or remove the line.</Trans>
            </Alert>
          )}
        </div>
        {last.length > 0 && (
          <section aria-label={t`Last scans`}>
            <Title order={2} size="h5">
              <Trans>Last scans</Trans>
            </Title>
            <ol className={classes.scans} aria-live="polite">
              {last.map((scan) => (
                <li key={scan.id}>{scan.key === null ? scan.code : <Line of={scan.key} />}</li>
              ))}
            </ol>
          </section>
        )}
        <Button size="md" onClick={onClose}>
          <Trans context="closes a sheet">Done</Trans>
        </Button>
      </Stack>
    </Modal>
  )
}

/** What a scan came to: the product, and how many there are by now. */
function Line({ of }: { readonly of: string }) {
  const { model } = useGrid()
  const line = useSyncExternalStore(
    (listener) => model.store.subscribeRow(of, listener),
    () => model.store.line(of),
  )
  if (line === undefined) return <Trans>removed</Trans>
  return (
    <>
      <span>
        <span className={classes.code}>{line.product?.sku}</span> {line.description}
      </span>
      <b>
        <CellText line={line} column={model.kind.columns.includes('quantity') ? 'quantity' : 'counted'} />{' '}
        {line.unit}
      </b>
    </>
  )
}

function Camera({ onCode }: { readonly onCode: (code: string) => void }) {
  const { t, i18n } = useLingui()
  const { video, trouble, torch, light } = useCamera(onCode)
  if (trouble !== null)
    return (
      <Alert color="yellow" role="alert">
        {i18n._(cameraTroubles[trouble])}
      </Alert>
    )
  return (
    <>
      <video ref={video} className={classes.camera} muted playsInline aria-label={t`Camera picture`} />
      {torch !== null && (
        <Button
          variant="default"
          leftSection={<IconBulb size={18} aria-hidden />}
          aria-pressed={torch}
          onClick={() => void light()}
        >
          <Trans context="lamp of the phone">Light</Trans>
        </Button>
      )}
    </>
  )
}
