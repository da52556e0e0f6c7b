/**
 * Preloaded into every supervised process: when the supervisor says so, or is gone, the process ends in order instead
 * of holding on to its port. Works where there are no signals, too.
 */
if (process.channel) {
  const end = () => {
    if (process.listenerCount("SIGTERM") > 0) process.emit("SIGTERM", "SIGTERM");
    else process.exit(0);
  };
  process.on("message", (message) => message === "stop" && end());
  process.on("disconnect", end);
  process.channel.unref();
}
