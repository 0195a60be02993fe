-- A customer's login belongs to a party of the same company (S39).

alter table memberships add foreign key (company_id, party_id) references parties;
alter table api_keys add foreign key (company_id, party_id) references parties;
