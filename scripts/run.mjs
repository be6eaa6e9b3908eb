import { spawnSync } from 'node:child_process';

process.exitCode = spawnSync('npx', ['jest', ...process.argv.slice(3)], { stdio: 'inherit' }).status ?? 1;
