import { emitKeypressEvents, type Key } from 'node:readline';

/** Under npx, one Ctrl-C arrives twice: from the terminal and from npx. */
const SAME_MS = 500;

/** Calls the listener on SIGINT and SIGTERM, which then do not end the process. Returns a function that stops that. */
export function onInterrupt(listener: () => void): () => void {
  let lastMs = Number.NEGATIVE_INFINITY;
  const onSignal = () => {
    const nowMs = performance.now();
    if (nowMs - lastMs < SAME_MS) return;
    lastMs = nowMs;
    listener();
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  return () => process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
}

/** Calls the listener for each key, immediately and without echo. Returns a function that stops that. */
export function onKey(listener: (key: string) => void): () => void {
  const { stdin } = process;
  const onPress = (text: string | undefined, { ctrl, meta, name }: Key) => {
    // In raw mode, the terminal sends no signal for Ctrl-C.
    if (ctrl && name === 'c') process.kill(process.pid, 'SIGINT');
    else if (!ctrl && !meta) listener(name ?? text ?? '');
  };
  emitKeypressEvents(stdin);
  stdin.setRawMode(true);
  stdin.on('keypress', onPress).resume();
  return () => {
    stdin.off('keypress', onPress).pause();
    stdin.setRawMode(false);
  };
}
