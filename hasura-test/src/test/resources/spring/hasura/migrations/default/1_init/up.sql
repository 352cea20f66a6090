CREATE TABLE country (code text PRIMARY KEY, name text NOT NULL);
CREATE TABLE note (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, text text NOT NULL, country text REFERENCES country);
INSERT INTO country VALUES ('at', 'Austria'), ('nz', 'New Zealand');
