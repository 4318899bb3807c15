CREATE TABLE IF NOT EXISTS orders (
    id bigint GENERATED ALWAYS AS IDENTITY,
    reference bigint NOT NULL,
    article text NOT NULL,
    quantity int NOT NULL
);
