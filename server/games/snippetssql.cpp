// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/games/snippettables.h"

namespace glasshouse {

namespace {

constexpr Snippet table[] = {
    {"sql", SnippetLength::Short, "Orders that wait", R"(SELECT id, customer, total
FROM orders
WHERE shipped_at IS NULL
ORDER BY created_at DESC
LIMIT 20;)"},
    {"sql", SnippetLength::Short, "Raise the small prices", R"(UPDATE products
SET price = ROUND(price * 1.05, 2)
WHERE price < 10
  AND discontinued = 0;)"},
    {"sql", SnippetLength::Medium, "Customers and what they spent",
     R"(SELECT c.name, COUNT(o.id) AS orders, SUM(o.total) AS spent
FROM customers AS c
LEFT JOIN orders AS o ON o.customer_id = c.id
WHERE c.active = 1
GROUP BY c.id, c.name
HAVING COUNT(o.id) > 2
ORDER BY spent DESC, c.name;)"},
    {"sql", SnippetLength::Medium, "A table of players", R"(CREATE TABLE players (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL CHECK (LENGTH(name) <= 32),
    team_id INTEGER REFERENCES teams (id) ON DELETE SET NULL,
    joined_on DATE NOT NULL DEFAULT CURRENT_DATE
);

CREATE UNIQUE INDEX players_by_name ON players (name);)"},
    {"sql", SnippetLength::Long, "Best month of each shop", R"(WITH monthly AS (
    SELECT shop_id,
           STRFTIME('%Y-%m', sold_at) AS month,
           SUM(price * quantity) AS revenue
    FROM sales
    GROUP BY shop_id, month
),
ranked AS (
    SELECT shop_id, month, revenue,
           RANK() OVER (
               PARTITION BY shop_id
               ORDER BY revenue DESC
           ) AS place
    FROM monthly
)
SELECT s.name, r.month, r.revenue
FROM ranked AS r
JOIN shops AS s ON s.id = r.shop_id
WHERE r.place = 1
ORDER BY r.revenue DESC;)"},
    {"sql", SnippetLength::Long, "Move money in one step", R"(BEGIN TRANSACTION;

UPDATE accounts
SET balance = balance - 250
WHERE id = 17;

UPDATE accounts
SET balance = balance + 250
WHERE id = 42;

INSERT INTO transfers (from_id, to_id, amount, note, made_at)
VALUES (17, 42, 250, 'rent for May', CURRENT_TIMESTAMP);

COMMIT;

SELECT a.owner, a.balance, COUNT(t.id) AS transfers
FROM accounts AS a
LEFT JOIN transfers AS t ON a.id IN (t.from_id, t.to_id)
WHERE a.id IN (17, 42)
GROUP BY a.id, a.owner, a.balance
ORDER BY a.owner;)"},
};

} // namespace

std::span<const Snippet> sqlSnippets() { return table; }

} // namespace glasshouse
