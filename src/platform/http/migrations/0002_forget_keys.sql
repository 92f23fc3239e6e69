-- Senders repeat within days; after that the outcome of an act of theirs is kept for nobody.
create policy idempotency_forget on http.idempotency to linden_program
  using (access.purpose() = 'forgetting') with check (false);
grant delete on http.idempotency to linden_program;
