import { Trans, useLingui } from '@lingui/react/macro'
import { IconBulb } from '@tabler/icons-react'
import { cameraTroubles } from '../../grid/camera-words.ts'
import { useCamera } from '../../ui/scan/use-camera.ts'
import { scans } from '../scan/scanner.ts'
import { Button } from '../ui/button.tsx'
import classes from '../ui/w.module.css'

/** Reads codes as long as it is open. Loaded when it is first asked for. */
export default function Camera() {
  const { t, i18n } = useLingui()
  const { video, trouble, torch, light } = useCamera((code) => scans.take(code))
  if (trouble !== null)
    return (
      <p className={classes.card} data-tone="warn" role="alert">
        {i18n._(cameraTroubles[trouble])}
      </p>
    )
  return (
    <div className={classes.stack}>
      <video ref={video} className={classes.video} muted playsInline aria-label={t`Camera picture`} />
      {torch !== null && (
        <Button pressed={torch} onClick={() => void light()}>
          <IconBulb size={24} aria-hidden />
          <Trans context="lamp of the phone">Light</Trans>
        </Button>
      )}
    </div>
  )
}
