import { isMainThread, workerData } from 'node:worker_threads'

/** Ends the process that renders when it takes too much memory, or when the server that began it is gone. */
function watch(parent: number, mebibytes: number): void {
  setInterval(() => {
    if (process.ppid !== parent || process.memoryUsage.rss() > mebibytes * 1024 * 1024) {
      process.kill(process.pid, 'SIGKILL')
    }
  }, often)
}
const often = 50

const given = workerData as { parent: number; mebibytes: number } | null
if (!isMainThread && given?.mebibytes) watch(given.parent, given.mebibytes)
