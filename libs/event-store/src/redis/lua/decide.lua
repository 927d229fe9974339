-- Takes one or all parked events of a key off without handling them, as an operator has decided, and records that.
--
-- KEYS  1 sub  2 parked  3 requests  4 decisions
-- ARGV  1 token  2 key  3 its first parked entry id must be  4 the next one, '' = none stays
--       5 action  6 operator  7 reason
-- Returns 'OK'      done, or done before (the reply was lost)
--         'FENCED'  another owner has the lease
--         'STALE'   other events are parked than the owner thinks

if redis.call('HGET', KEYS[1], 'token') ~= ARGV[1] then return 'FENCED' end
if redis.call('HEXISTS', KEYS[3], ARGV[2]) == 0 then return 'OK' end
local parked = redis.call('HGET', KEYS[2], ARGV[2]) or ''
local first, last, count, tail = string.match(parked, '^([^|]*)|([^|]*)|(%d+)|(.*)$')
if first ~= ARGV[3] then return 'STALE' end
local gone, until_entry = count, last
if ARGV[4] == '' then
  redis.call('HDEL', KEYS[2], ARGV[2])
else
  gone, until_entry = '1', first
  redis.call('HSET', KEYS[2], ARGV[2], ARGV[4] .. '|' .. last .. '|' .. (tonumber(count) - 1) .. '|' .. tail)
end
redis.call('XADD', KEYS[4], 'MAXLEN', '~', 10000, '*', 'action', ARGV[5], 'key', ARGV[2], 'first', first, 'last', until_entry,
  'events', gone, 'operator', ARGV[6], 'reason', ARGV[7], 'parked', tail)
redis.call('HDEL', KEYS[3], ARGV[2])
return 'OK'
