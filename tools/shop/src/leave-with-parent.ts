// Loaded before a service by the supervisor: when that is gone, even by SIGKILL, its processes leave too.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
process.channel?.unref()
