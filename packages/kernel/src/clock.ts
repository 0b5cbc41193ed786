/** The calendar date in London at a moment, `YYYY-MM-DD`: deadlines and agreements count London's days. */
export function londonDate(at: Date): string {
  return LONDON_DATE.format(at);
}

const LONDON_DATE = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/London',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

/** Resolves after `milliseconds`, or at once when they are over or the signal fires. Never rejects. */
export function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, Math.max(milliseconds, 0));
    signal?.addEventListener('abort', done, { once: true });
  });
}
