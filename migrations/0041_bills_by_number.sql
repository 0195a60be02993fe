-- Whether a vendor's bill was entered before is asked of every bill of a list, and when one is posted: by the number that
-- the vendor gave it, not among all that this vendor ever sent.
create index invoices_of_party_by_reference on invoices (company_id, party_id, reference)
  where kind = 'bill' and reference is not null;
