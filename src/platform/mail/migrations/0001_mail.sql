-- Letters that were sent, or could not be: who got which template when, without address or text.
create schema mail;

create table mail.letter (
  id uuid primary key default uuidv7(),
  -- the job that sends it: a job that runs again finds its letter here and does not send it twice
  job text not null unique,
  -- keyed hash of the address: finds the letters to an address that somebody names, and gives none away
  to_hash bytea not null check (length(to_hash) = 32),
  template text not null,
  locale text not null check (locale in ('en', 'uk', 'da', 'de')),
  message_id text not null unique,
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'refused')),
  -- what the mail server answered: numbers such as "250" or "550 5.1.1", never its words, which repeat the address
  answer text,
  made_at timestamptz not null default now(),
  sent_at timestamptz,
  check ((state = 'sent') = (sent_at is not null))
);
create index letter_to on mail.letter (to_hash, made_at);
create index letter_refused on mail.letter (made_at) where state = 'refused';

alter table mail.letter enable row level security;
alter table mail.letter force row level security;
create policy letter_mail on mail.letter to linden_program
  using (access.purpose() in ('mail', 'administration')) with check (access.purpose() = 'mail');

grant usage on schema mail to linden_program;
grant select, insert, update on mail.letter to linden_program;
