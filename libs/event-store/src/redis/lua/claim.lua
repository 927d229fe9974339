-- Takes the lease of a group on a partition, if it is free, has run out, or is held by the same member.
--
-- A lease that has run out was not given back: its owner died, hangs, or is cut off. Such claims are counted until the
-- cursor has passed all that the first of those owners may have had in hand: one of these events may be what ends them.
-- (Not just until it moves: the events around the deadly one make a little progress in each life.)
--
-- KEYS  1 sub  2 events  3 parked  4 head  5 requests  6 replaying
-- ARGV  1 fresh token  2 member  3 lease in milliseconds
--       4 entry id and 5 event id that the member remembers having read last, '' when none
--       6 so many claims make careful  7 events that an owner may have had in hand  8 position of what it remembers
-- Returns { 0, milliseconds until the lease ends } or
--         { 1, cursor entry id, cursor position, cursor event id, parked keys, 1 if what is remembered is in the log, or was trimmed from it, else 0,
--           position up to which events are taken one at a time or 0, position of the event that ended its owner or 0,
--           keys whose replay ended its owner, and is not asked for any more }

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local names = { 'token', 'member', 'until', 'entry_id', 'position', 'event_id',
  'claims', 'claims_until', 'careful', 'trial', 'trial_by' }
local sub = {}
for k, value in ipairs(redis.call('HMGET', KEYS[1], unpack(names))) do sub[names[k]] = value or '' end
local held = sub.token ~= '' and tonumber(sub['until']) > now
-- A member may take over from its own former self: it asks only after it has dropped what it remembers.
if held and sub.member ~= ARGV[2] then return { 0, tonumber(sub['until']) - now } end

redis.call('HSET', KEYS[1], 'token', ARGV[1], 'member', ARGV[2], 'until', now + ARGV[3])
local position = tonumber(sub.position) or 0
local careful, trial = tonumber(sub.careful) or 0, tonumber(sub.trial) or 0
local ended = redis.call('SMEMBERS', KEYS[6])
redis.call('DEL', KEYS[6])
if sub.token == '' or sub.member == ARGV[2] then
  -- Its owner lives, so what that tried has not ended it.
  ended = {}
  if sub.trial_by == sub.token then trial = 0 end
else
  local head = tonumber(redis.call('HGET', KEYS[4], 'position') or 0)
  if head > position then
    local in_hand, claims, claims_until = math.min(head, position + ARGV[7]), 1, tonumber(sub.claims_until) or 0
    if position < claims_until then claims = tonumber(sub.claims) + 1 else claims_until = in_hand end
    if claims >= tonumber(ARGV[6]) then careful = math.max(careful, in_hand) end
    redis.call('HSET', KEYS[1], 'claims', claims, 'claims_until', claims_until, 'careful', careful)
  end
end
if trial <= position then trial = 0 end
if trial == 0 then redis.call('HDEL', KEYS[1], 'trial', 'trial_by') end
for _, key in ipairs(ended) do redis.call('HDEL', KEYS[5], key) end

local same = 1
if ARGV[4] ~= '' then
  local entry = redis.call('XRANGE', KEYS[2], ARGV[4], ARGV[4])[1]
  if entry then
    if (place_of(entry) or entry[1]) ~= ARGV[5] then same = 0 end
  elseif tonumber(ARGV[8]) > tonumber(redis.call('HGET', KEYS[4], 'trimmed') or 0) then
    same = 0
  end
end
return { 1, sub.entry_id ~= '' and sub.entry_id or '0-0', tostring(position), sub.event_id, redis.call('HKEYS', KEYS[3]), same,
  careful > position and careful or 0, trial, ended }
