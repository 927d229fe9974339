-- Tells a group that a member lives, and the member who else does.
--
-- KEYS  1 members
-- ARGV  1 member and its topics, always as one text  2 time to live in milliseconds, 0 = the member leaves
-- Returns the live members.

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if ARGV[2] == '0' then
  redis.call('ZREM', KEYS[1], ARGV[1])
else
  redis.call('ZADD', KEYS[1], now + ARGV[2], ARGV[1])
end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
return redis.call('ZRANGE', KEYS[1], 0, -1)
