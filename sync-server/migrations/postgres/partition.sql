-- Spreads what belongs to spaces over 16 partitions a table, by a hash of the space. For an operator
-- whose log has outgrown one table; not needed before, and done once, while no relay runs:
--
--     psql --single-transaction --file partition.sql DATABASE
--
-- On a fresh database it takes no time (let `tungnha-relay pass` make the tables first); with rows in
-- it, each is copied. Every key begins with the space already, so nothing else changes.
DO $$
DECLARE
    parted CONSTANT int := 16;
    whole text;
BEGIN
    FOREACH whole IN ARRAY ARRAY['spaces', 'log', 'checkpoints', 'memberships'] LOOP
        EXECUTE format('ALTER TABLE %I RENAME TO %I', whole, whole || '_whole');
        EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING ALL) PARTITION BY HASH (space)', whole, whole || '_whole');
        FOR part IN 0 .. parted - 1 LOOP
            EXECUTE format(
                'CREATE TABLE %I PARTITION OF %I FOR VALUES WITH (MODULUS %s, REMAINDER %s)',
                whole || '_' || part, whole, parted, part
            );
        END LOOP;
        EXECUTE format('INSERT INTO %I SELECT * FROM %I', whole, whole || '_whole');
        EXECUTE format('DROP TABLE %I', whole || '_whole');
    END LOOP;
END $$;
