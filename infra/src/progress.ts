/** Tells the person at the terminal what is done, and when, in seconds since the beginning. */
export type Report = (line: string) => void;

export function createProgress(write: (text: string) => void): Report {
  const start = performance.now();
  return (line) => {
    const seconds = ((performance.now() - start) / 1000).toFixed(1).padStart(5);
    write(`${seconds} s  ${line}\n`);
  };
}
