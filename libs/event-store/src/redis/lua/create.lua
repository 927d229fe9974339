-- Makes every key of a new partition exist, so that a script answers TRYAGAIN, and is not half-run, while a Cluster moves the slot.
--
-- KEYS  1 events  2 versions  3 head  4 idem  5 idem-old  6 snapshots  7 cold
-- Returns 1 when the partition was created now, else 0.

if redis.call('EXISTS', KEYS[3]) == 1 then return 0 end
-- A stream cannot be made empty by XADD; a consumer group made and destroyed leaves one.
redis.call('XGROUP', 'CREATE', KEYS[1], 'creating', '0', 'MKSTREAM')
redis.call('XGROUP', 'DESTROY', KEYS[1], 'creating')
redis.call('HSET', KEYS[2], '', '0@')
redis.call('HSET', KEYS[4], '', '')
redis.call('HSET', KEYS[5], '', '')
redis.call('HSET', KEYS[6], '', '')
redis.call('SETNX', KEYS[7], '')
redis.call('HSET', KEYS[3], 'position', 0)
return 1
