-- Makes the version of a projection that was being built the live one, once.
--
-- KEYS  1 projection
-- ARGV  1 version that was built  2 milliseconds for which the old version is kept
-- Returns 1 when it was switched now, else 0.

local state = redis.call('HMGET', KEYS[1], 'live', 'building')
if state[2] ~= ARGV[1] then return 0 end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('HSET', KEYS[1], 'live', ARGV[1], 'retiring', state[1] or '1', 'retire_at', now + ARGV[2])
redis.call('HDEL', KEYS[1], 'building')
return 1
