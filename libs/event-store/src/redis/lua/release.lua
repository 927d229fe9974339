-- Gives a lease back; a token that is not the present one changes nothing.
--
-- KEYS  1 sub
-- ARGV  1 token
-- Returns 1 when the lease was given back, else 0.

if redis.call('HGET', KEYS[1], 'token') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'token', '', 'member', '', 'until', 0)
if redis.call('HGET', KEYS[1], 'trial_by') == ARGV[1] then redis.call('HDEL', KEYS[1], 'trial', 'trial_by') end
return 1
