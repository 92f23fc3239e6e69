-- What somebody typed when their session had ended, until they have signed in again. Sealed under a key that is made from the secret of
-- the instance and one that only their browser holds: nobody reads it here, not even with both database and secret.
create table http.kept_form (
  id uuid primary key,
  sealed bytea not null check (length(sealed) <= 400000),
  expires_at timestamptz not null,
  -- the first who opened it; from then on nobody else does, whoever uses that browser
  opened_by uuid references access.account
);
create index kept_form_expires on http.kept_form (expires_at);
create index kept_form_opened_by on http.kept_form (opened_by);

alter table http.kept_form enable row level security;
alter table http.kept_form force row level security;
create policy kept_form_keep on http.kept_form for insert to linden_program
  with check (access.purpose() = 'keeping' and opened_by is null);
create policy kept_form_read on http.kept_form for select to linden_program
  using (access.purpose() = 'keeping' and (opened_by is null or opened_by = access.actor()));
create policy kept_form_open on http.kept_form for update to linden_program
  using (access.purpose() = 'keeping' and (opened_by is null or opened_by = access.actor()))
  with check (access.purpose() = 'keeping' and opened_by = access.actor());
create policy kept_form_forget on http.kept_form to linden_program
  using (access.purpose() = 'forgetting') with check (false);

grant select, insert, update, delete on http.kept_form to linden_program;
