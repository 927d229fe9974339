-- Keeps a snapshot of an entity, unless it is cold: it would stay for ever.
--
-- KEYS  1 versions  2 snapshots
-- ARGV  1 entity id  2 snapshot

if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 1 then redis.call('HSET', KEYS[2], ARGV[1], ARGV[2]) end
