-- The entities that are cold: their last event is only in the archive, and `versions` does not have them. A Bloom filter
-- says which entities may be among them: a few in a thousand of the others, and never one too few.
-- https://en.wikipedia.org/wiki/Bloom_filter, in blocks: https://www.cs.amherst.edu/~ccmcgeoch/cs34/papers/cacheefficientbloomfilters-jea.pdf
--
-- It is one string, in generations: the first has 1,024 blocks of 256 bits, each next one twice as many as the one before
-- it. An entity sets eight bits of one block, in the newest generation; one is full at twelve entities for each block.

local first_blocks, entities_per_block = 1024, 12

-- How many generations hold so many entities, the one with room for the next included.
local function generations_of(entities)
  local generations = 1
  while entities >= entities_per_block * first_blocks * (2 ^ generations - 1) do generations = generations + 1 end
  return generations
end

-- The block of an entity in a generation, from 0; its eight bits are bytes 9 to 24 of the hash, two digits each.
local function block_of(hash, generation)
  local blocks = first_blocks * 2 ^ generation
  return blocks - first_blocks + tonumber(string.sub(hash, 1, 8), 16) % blocks
end

local function may_be_cold(filter, entities, entity)
  local hash = redis.sha1hex(entity)
  for generation = generations_of(entities) - 1, 0, -1 do
    local start = 32 * block_of(hash, generation)
    local bytes = redis.call('GETRANGE', filter, start, start + 31)
    local found = true
    for k = 9, 23, 2 do
      local n = tonumber(string.sub(hash, k, k + 1), 16)
      local byte = string.byte(bytes, math.floor(n / 8) + 1) or 0
      if bit.band(byte, bit.rshift(128, n % 8)) == 0 then
        found = false
        break
      end
    end
    if found then return true end
  end
  return false
end

-- Adds one that is not in it, when it holds so many.
local function add_cold(filter, entities, entity)
  local hash = redis.sha1hex(entity)
  local start = 256 * block_of(hash, generations_of(entities) - 1)
  for k = 9, 23, 2 do redis.call('SETBIT', filter, start + tonumber(string.sub(hash, k, k + 1), 16), 1) end
end

