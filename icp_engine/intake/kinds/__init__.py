"""What a row of a table is: an account, a deal, a lead, an order, a ticket, a step of a history."""
