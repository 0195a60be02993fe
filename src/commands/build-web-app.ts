import type { Logger } from 'pino'
import { ensureBuilt } from '../web/index.ts'

/** A server without its web app still serves the API; its pages then say what is missing. */
export async function buildWebApp(log: Logger): Promise<void> {
  const tell = (message: string): void => {
    if (log.isLevelEnabled('info')) log.info(message)
    else console.log(message)
  }
  try {
    const built = await ensureBuilt(tell, process.env)
    if (built === 'no tools') {
      log.warn('the web app is not built from these sources, and what builds it is not installed (npm ci)')
    }
  } catch (error) {
    // What the bundler printed says it all; the stacks of three processes around it would bury that.
    log.error((error as Error).message)
  }
}
