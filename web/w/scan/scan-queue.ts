/** One code as it came in; what it means is found out later, in order. */
export interface Scan {
  readonly code: string
  /** When it came in, ms since 1970. */
  readonly at: number
}

type Handle = (scan: Scan) => void | Promise<void>

/**
 * Takes scans as fast as they come and hands them on one after the other. Taking is one step and never waits, so
 * no scan is lost while one before it is still looked up or a person decides about it.
 */
export class ScanQueue {
  private readonly waiting: Scan[] = []
  private handle: Handle | null = null
  private working = false
  private held = false
  private readonly watchers = new Set<() => void>()

  /** How many wait, the one at work left out. */
  get length(): number {
    return this.waiting.length
  }

  take(code: string, at = Date.now()): void {
    this.waiting.push({ code, at })
    this.tell()
    void this.work()
  }

  /** Who gets them from now on; null: they wait. Returns how to end it. */
  serve(handle: Handle | null): () => void {
    this.handle = handle
    void this.work()
    return () => {
      if (this.handle === handle) this.handle = null
    }
  }

  /** Scanning waits for a person. What comes in meanwhile is kept. */
  hold(): void {
    this.held = true
    this.tell()
  }

  release(): void {
    this.held = false
    this.tell()
    void this.work()
  }

  /** Drops what waits: the page that it was meant for is left. */
  clear(): void {
    this.waiting.length = 0
    this.held = false
    this.tell()
  }

  watch(told: () => void): () => void {
    this.watchers.add(told)
    return () => this.watchers.delete(told)
  }

  private async work(): Promise<void> {
    if (this.working) return
    this.working = true
    try {
      while (!this.held && this.handle !== null && this.waiting.length > 0) {
        const scan = this.waiting.shift()!
        this.tell()
        try {
          await this.handle(scan)
        } catch (error) {
          // One code that cannot be handled must not stop those behind it.
          reportError(error)
        }
      }
    } finally {
      this.working = false
    }
  }

  private tell(): void {
    for (const told of this.watchers) told()
  }
}
