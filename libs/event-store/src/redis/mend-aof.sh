#!/bin/sh
# Cuts a torn write off the end of Redis' append-only file, before Redis is started: mend-aof.sh DIR
#
# Redis does that by itself, but where the tear goes through the effects of a script it cuts behind the last whole
# command, and their beginning stays: MULTI, some commands, no EXEC. The EXEC of the next transaction then ends it, too:
# at the start after the next, events appear in the log that were never acknowledged, or appear twice.
# Redis 7 and 8 do this; Valkey has fixed it: https://github.com/valkey-io/valkey/pull/4342
#
# What is broken elsewhere is left to Redis, which refuses to start and says why.
manifest=$1/appendonlydir/appendonly.aof.manifest
[ -f "$manifest" ] || exit 0
report=$(redis-check-aof "$manifest" 2>&1) && exit 0

found() { echo "$report" | sed -n "$1" | tail -1; }
broken_at=$(found 's/^0x *\([0-9a-f]*\): .*/\1/p')
size=$(found 's/^AOF analyzed: .*, size=\([0-9]*\),.*/\1/p')
case $report in
*'Expected to read'* | *'Reached EOF before reading EXEC'*) torn=yes ;;
# A line that the end of the file cuts short is told as one that ends wrongly; the longest is a length, `$1048576`.
*'Expected \r\n'*) [ $((size - 0x$broken_at)) -gt 16 ] || torn=yes ;;
esac
echo "$report"
[ -z "$torn" ] || yes | redis-check-aof --fix "$manifest"
exit 0
