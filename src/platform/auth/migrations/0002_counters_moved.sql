-- Tries are counted in limits.counter, beside all else that is counted. Who was locked out when this runs may try again.
drop table auth.attempt;
