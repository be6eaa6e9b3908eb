import { emitKeypressEvents, type Key } from 'node:readline';

/** Whoever runs this through npx sends a Ctrl-C to both, and npx passes it on: that is one, not two. */
const SAME_MS = 500;

/** Tells when somebody asks for an end, by Ctrl-C or as service managers do; until then either would be the end. */
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

/** Tells of each key that is pressed, at once and without showing it. */
export function onKey(listener: (key: string) => void): () => void {
  const { stdin } = process;
  const onPress = (text: string | undefined, { ctrl, meta, name }: Key) => {
    // A terminal that passes on every key sends no signal for this one.
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
