-- Who is served before a line is said in one place, with who waits (src/stock/promise-dates/promised.ts).
drop function wanted_before(uuid, uuid, uuid, integer, date, timestamptz, uuid, timestamptz);
