//! What processes cost, as Linux counts it. 0 elsewhere.

/// `/proc/PID/stat` counts in hundredths of a second, whatever the kernel's own clock does.
const TICKS: f64 = 100.0;

/// Seconds of processor that these processes have had so far, kernel time and ended children included.
pub fn processor(processes: &[u32]) -> f64 {
    processes.iter().map(|process| ticks(*process).unwrap_or_default() / TICKS).sum()
}

/// Megabytes (of 1,000,000 bytes) that a process has in memory.
pub fn memory(process: u32) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:")?.trim().strip_suffix(" kB"));
    resident.and_then(|kilobytes| kilobytes.parse::<f64>().ok()).unwrap_or_default() * 1024.0 / 1e6
}

fn ticks(process: u32) -> Option<f64> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The program's name is in brackets and may hold anything. From the 12th word after it: utime, stime, cutime, cstime.
    let words = stat.rsplit_once(')')?.1.split_whitespace().skip(11).take(4);
    words.map(|word| word.parse::<f64>().ok()).sum()
}
