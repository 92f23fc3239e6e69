-- What every part stands on: extensions, and the person on whose behalf a transaction acts.
create extension if not exists pg_trgm with schema public;
create extension if not exists btree_gist with schema public;
create extension if not exists unaccent with schema public;

create schema access;
grant usage on schema access to linden_program;

-- Set for one transaction by the program (platform/db); nobody is null. Policies read it as (select access.actor()).
create function access.actor() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('app.actor', true), '')::uuid $$;

create function access.locale() returns text language sql stable parallel safe
  as $$ select coalesce(nullif(current_setting('app.locale', true), ''), 'en') $$;

grant execute on function access.actor(), access.locale() to linden_program;
