-- The program may queue a job in the transaction that causes it; it may not read or change the queue.
create schema jobs;

create function jobs.add(task text, payload json, run_at timestamptz default null, job_key text default null, attempts integer default 8)
  returns void language plpgsql security definer set search_path = '' as $$
begin
  perform graphile_worker.add_job(task, payload, null, run_at, attempts, job_key);
end $$;
revoke all on function jobs.add from public;

-- Workers that take jobs, each with the connection on which it listens: when that ends, the worker is gone and its jobs go back.
create table jobs.worker (
  id text primary key,
  backend integer not null,
  backend_start timestamptz not null,
  since timestamptz not null default now()
);

create function jobs.is_alive(worker jobs.worker) returns boolean language sql stable set search_path = ''
  return exists (select from pg_catalog.pg_stat_activity a where a.pid = worker.backend and a.backend_start = worker.backend_start);

-- For the probe: does anybody take jobs?
create function jobs.alive() returns boolean language sql stable security definer set search_path = ''
  return exists (select from jobs.worker w where jobs.is_alive(w));
revoke all on function jobs.alive from public;

-- Gives back the jobs of workers that ended without saying so; the queue alone would wait four hours for them.
create function jobs.release_lost() returns bigint language plpgsql set search_path = '' as $$
declare lost text[];
begin
  with gone as (delete from jobs.worker w where not jobs.is_alive(w) returning w.id)
  select coalesce(array_agg(id), '{}') into lost from gone;
  -- One that died before it could announce itself is known by nothing but its locks.
  select lost || coalesce(array_agg(distinct j.locked_by), '{}') into lost from graphile_worker.jobs j
    where j.locked_at < now() - interval '1 minute' and not exists (select from jobs.worker w where w.id = j.locked_by);
  perform graphile_worker.force_unlock_workers(lost);
  return cardinality(lost);
end $$;
revoke all on function jobs.release_lost from public;

grant usage on schema jobs to linden_program;
grant execute on function jobs.add, jobs.alive to linden_program;
