-- Does the link with this hash still open something? Asked before a mail leaves, by whoever holds the link and sees nothing behind it (INT-11).
create function intake.link_leads(hash bytea, at timestamptz) returns boolean language sql stable parallel safe security definer set search_path = ''
  as $$ select exists (select from intake.link l where l.token_hash = hash and l.revoked_at is null and l.expires_at > at) $$;
revoke all on function intake.link_leads from public;
grant execute on function intake.link_leads to linden_program;
