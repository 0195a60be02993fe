-- Where the goods of a sales order go: {name, line1, line2, city, region, postalCode, country} as it was when the order was
-- written (R16). Null: of an order or delivery note from before, or the customer had no address; then the customer's own is printed.
alter table orders add delivery_address jsonb;
alter table shipments add delivery_address jsonb;
