-- Notes what an owner is about to do that may end it, so that who claims after it knows.
--
-- KEYS  1 sub  2 replaying
-- ARGV  1 token  2 'try', 'replay' or 'replayed'  3 position of the event, or the parked key
-- Returns 1, or 0 when another owner has the lease.

if redis.call('HGET', KEYS[1], 'token') ~= ARGV[1] then return 0 end
if ARGV[2] == 'try' then
  redis.call('HSET', KEYS[1], 'trial', ARGV[3], 'trial_by', ARGV[1])
elseif ARGV[2] == 'replay' then
  redis.call('SADD', KEYS[2], ARGV[3])
else
  redis.call('SREM', KEYS[2], ARGV[3])
end
return 1
