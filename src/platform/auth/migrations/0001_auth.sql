-- How people prove who they are. The first six tables are better-auth's, with its names for their columns;
-- a test compares them with what better-auth itself would make. An id of auth.user is the id of access.account.
-- Lock: the program sees these rows only in connections and transactions whose purpose says so.

create schema auth;

create table auth."user" (
  id uuid primary key references access.account,
  name text not null,
  email text not null unique check (email = lower(email)),
  "emailVerified" boolean not null default false,
  image text,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now(),
  "twoFactorEnabled" boolean not null default false,
  -- ours: one of the accounts that come with demo data, whose code the sign-in page shows on loopback
  demo boolean not null default false
);

create table auth.session (
  id uuid primary key default uuidv7(),
  "expiresAt" timestamptz not null,
  token text not null unique,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now(),
  "ipAddress" text,
  "userAgent" text,
  "userId" uuid not null references auth."user" on delete cascade,
  -- ours: a second factor was shown in this session
  second_factor boolean not null default false,
  -- ours: last request, to the minute
  seen_at timestamptz not null default now()
);
create index session_of_user on auth.session ("userId");

create table auth.account (
  id uuid primary key default uuidv7(),
  "accountId" text not null,
  "providerId" text not null,
  "userId" uuid not null references auth."user" on delete cascade,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  scope text,
  password text,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now(),
  unique ("providerId", "accountId")
);
create index account_user on auth.account ("userId");

create table auth.verification (
  id uuid primary key default uuidv7(),
  identifier text not null,
  value text not null,
  "expiresAt" timestamptz not null,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now()
);
create index verification_identifier on auth.verification (identifier);
create index verification_expires on auth.verification ("expiresAt");

create table auth."twoFactor" (
  id uuid primary key default uuidv7(),
  secret text not null,
  "backupCodes" text not null,
  "userId" uuid not null unique references auth."user" on delete cascade,
  verified boolean not null default true,
  "failedVerificationCount" integer not null default 0,
  "lockedUntil" timestamptz
);

create table auth.passkey (
  id uuid primary key default uuidv7(),
  name text,
  "publicKey" text not null,
  "userId" uuid not null references auth."user" on delete cascade,
  "credentialID" text not null unique,
  counter integer not null,
  "deviceType" text not null,
  "backedUp" boolean not null,
  transports text,
  "createdAt" timestamptz default now(),
  aaguid text
);
create index passkey_user on auth.passkey ("userId");

-- A link that works once: to confirm a registration, to set a first password, to set a new one.
create table auth.link (
  -- SHA-256 of what stands in the letter; the letter's own text is kept nowhere
  hash bytea primary key check (length(hash) = 32),
  kind text not null check (kind in ('registration', 'invitation', 'reset')),
  account_id uuid references access.account,
  -- of somebody who has no account yet
  name text check (length(name) between 1 and 200),
  email text check (length(email) between 3 and 320),
  locale text check (locale in ('en', 'uk', 'da', 'de')),
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  check (case kind when 'registration' then account_id is null and name is not null and email is not null else account_id is not null end)
);
create index link_account on auth.link (account_id);
create index link_expires on auth.link (expires_at);

-- How often something was tried: several processes count together.
create table auth.attempt (
  -- what is counted, and a keyed hash of the account or address that tries
  key text primary key check (length(key) <= 200),
  count integer not null,
  until timestamptz not null
);
create index attempt_until on auth.attempt (until);

-- A code of an authenticator app counts once, although it stays right for up to 90 seconds.
create table auth.spent_code (
  account_id uuid not null references auth."user" on delete cascade,
  code text not null check (length(code) = 6),
  at timestamptz not null default now(),
  primary key (account_id, code)
);

-- Signing in sees all of it.
do $$
declare name text;
begin
  foreach name in array array['user', 'session', 'account', 'verification', 'twoFactor', 'passkey', 'link', 'attempt', 'spent_code'] loop
    execute format('alter table auth.%I enable row level security', name);
    execute format('alter table auth.%I force row level security', name);
    execute format('create policy sign_in on auth.%I to linden_program using (access.purpose() = ''sign-in'') with check (access.purpose() = ''sign-in'')', name);
  end loop;
end $$;

-- Opening an account writes here and reads nothing; an administration also sets factors, and ends sessions and links.
create policy open_user on auth."user" for insert to linden_program with check (access.purpose() in ('registration', 'administration'));
create policy open_account on auth.account for insert to linden_program with check (access.purpose() in ('registration', 'administration'));
create policy administer_factor on auth."twoFactor" for insert to linden_program with check (access.purpose() = 'administration');
create policy administer_session on auth.session to linden_program using (access.purpose() = 'administration');
create policy administer_link on auth.link to linden_program using (access.purpose() = 'administration') with check (access.purpose() = 'administration');

grant usage on schema auth to linden_program;
grant select, insert, update, delete on all tables in schema auth to linden_program;
