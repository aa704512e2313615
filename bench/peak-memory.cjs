// Loaded before the program with --require: writes the process's peak resident memory, in KiB, to PEAK_MEMORY_FILE.
const { writeFileSync } = require('node:fs');

process.on('exit', () => {
  writeFileSync(process.env.PEAK_MEMORY_FILE, String(process.resourceUsage().maxRSS));
});
